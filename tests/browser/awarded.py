"""Awards for the pictures, as the server would tell of them: fiction."""

from typing import Any, Final

from tests.browser.night import NOW_MS

HOUR_MS: Final = 3_600_000


def _received(number: int, cents: int, **parts: Any) -> dict[str, Any]:
    return {
        "room": "case1",
        "number": number,
        "target": "post1",
        "cents": cents,
        "paid_cents": cents,
        "currency": "USD",
        "revealed_at": NOW_MS - number * 30 * HOUR_MS,
        "commitment": "ab" * 32,
        "nonce": "cd" * 32,
        "kind": "pharma",
        "payer": None,
        "state": "revealed",
        "void": None,
        "way": None,
        "form": None,
        **parts,
    }


RECEIVED: Final[dict[str, Any]] = {
    "awards": [
        _received(1, 1_500),
        _received(2, 2_500, payer="Mirador Biologics"),
        _received(3, 1_000, state="accepted", way="blind", form="charity"),
        _received(4, 500, state="void", void="refuted"),
    ],
    "choice": {"way": "blind", "form": "cash"},
    "policy": "ppp_with_floor",
}
