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


def _given(number: int, cents: int, state: str, **parts: Any) -> dict[str, Any]:
    return {
        "room": f"case{number}",
        "number": 1,
        "target": "post1",
        "cents": cents,
        "currency": "USD",
        "at": NOW_MS - number * 9 * HOUR_MS,
        "commitment": "ab" * 32,
        "nonce": "cd" * 32,
        "state": state,
        "void": None,
        **parts,
    }


GIVEN: Final[dict[str, Any]] = {
    "awards": [
        _given(1, 1_500, "sealed"),
        _given(2, 500, "sealed"),
        _given(3, 2_500, "revealed"),
        _given(4, 1_500, "accepted"),
        _given(5, 1_500, "declined"),
        _given(6, 1_000, "void", void="refuted"),
        _given(7, 2_500, "exported"),
    ],
    "budget": {"year": 2026, "year_cents": 250_000, "spent_cents": 9_500},
    "exports": [],
    "currency": "USD",
    "least_cents": 500,
    "most_cents": 2_500,
    "case_cents": 10_000,
}
"""To an observer: what is sealed, and what was revealed."""

BUDGET: Final[dict[str, Any]] = {
    "year_cents": 250_000,
    "exports": [{"number": 3, "year": 2026, "at": NOW_MS - 20 * HOUR_MS, "key_id": "ab" * 8}],
    "currency": "USD",
    "least_cents": 500,
    "most_cents": 2_500,
    "case_cents": 10_000,
    "author_cents": 100_000,
    "policy": "ppp_with_floor",
}
PAYEES: Final[dict[str, Any]] = {
    "payees": [
        {"person": "ana", "case": "case7", "post": "post1", "paid_cents": 2_500, "form": "charity", "way": "blind"},
        {"person": "ben", "case": "case8", "post": "post4", "paid_cents": 1_500, "form": "cash", "way": "identified"},
    ]
}
"""To a moderator: what an institution may award, and whom an export pays."""
