"""Whom the case of the story has rung, for the pictures, as the server would tell it: fiction."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.browser.night import NOW_MS
from tests.endtoend.raw import Frame

SYSTEM: Final = {"person": "system"}
EVA: Final = {
    "person": "eva",
    "handle": "eva",
    "role": "physician",
    "specialty": "toxicology",
    "country": "ES",
    "tier": 3,
}
FIRST_MS: Final = NOW_MS - 160_000
SECOND_MS: Final = NOW_MS - 40_000
CIRCLE_MS: Final = 120_000

HANDLES: Final = ("eva", "finn", "gita", "hal", "ines", "jo", "kaya")
FIRST: Final = HANDLES[:2]
SECOND: Final = HANDLES[2:]


def rung_in(room: str, seq: int) -> Iterator[Frame]:
    """The events of the page, from `seq` on."""
    said: list[tuple[int, Mapping[str, Any], str, dict[str, Any]]] = [
        (FIRST_MS, SYSTEM, "paged", _ring(1, FIRST_MS, FIRST)),
        (FIRST_MS + 30_000, EVA, "responded", {"answer": "decline", "reason": "In theatre for another hour."}),
        (SECOND_MS, SYSTEM, "escalated", {"tier": 1, "why": "lapsed"}),
        (SECOND_MS, SYSTEM, "paged", _ring(2, SECOND_MS, SECOND)),
    ]
    for number, (at, by, kind, body) in enumerate(said, seq):
        place = {"seq": number, "check": f"{number:016x}", "id": f"rung{number}", "at": at, "by": by}
        yield {"t": "event", "room": room, **place, "kind": kind, "body": {"page": "page", **body}}


def _ring(tier: int, at: int, people: tuple[str, ...]) -> dict[str, Any]:
    return {"tier": tier, "people": list(people), "deadline_at": at + CIRCLE_MS}


def _circle(tier: int, role: str, at: int, people: tuple[str, ...], states: tuple[str, ...]) -> dict[str, Any]:
    each = zip(people, states, strict=True)
    rows = [{"person": one, "handle": one, "state": state, "at": at + 20_000} for one, state in each]
    return {"tier": tier, "role": role, "at": at, "deadline_at": at + CIRCLE_MS, "people": rows}


RUNG: Final = {
    "pages": [
        {
            "id": "page",
            "tiers": [
                _circle(1, "on_call_network", FIRST_MS, FIRST, ("declined", "lapsed")),
                _circle(2, "on_call", SECOND_MS, SECOND, ("seen", "seen", "delivered", "delivered", "paged")),
            ],
        }
    ]
}
