"""A year of made-up closed cases as the workers would have counted them: rows for the tables, the same each time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any, Final, NamedTuple

from realtime.rooms.card import Card
from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.events import canonical
from realtime.rooms.figures import MEASURES
from realtime.rooms.tallies import TALLIES

EVENTS_A_CASE: Final = 20
PHYSICIANS: Final = 2_000
PARTS: Final = 5
ACUITIES: Final = ("stat", "asap", "urgent", "routine")
SPECIALTIES: Final = tuple(f"specialty_{n:02}" for n in range(30))
COUNTRIES: Final = tuple(f"{one}{other}" for one in "ABCD" for other in "KLMNO")
YEAR_MS: Final = 365 * 24 * 3_600_000
OPEN_MS: Final = 2 * 3_600_000
SWITCH: Final = ObserverSwitch(mode="live", delay_s=0)

Row = Mapping[str, Any]


class Told(NamedTuple):
    """What a made-up case counts as."""

    room: str
    acuity: str
    specialty: str
    country: str
    opened_at: int

    @property
    def month(self) -> str:
        return datetime.fromtimestamp(self.opened_at / 1_000, UTC).strftime("%Y-%m")

    @property
    def of(self) -> dict[str, str]:
        named = {"acuity": self.acuity, "specialty": self.specialty, "country": self.country, "month": self.month}
        return {"room": self.room, **named}


def cases(count: int, until_ms: int) -> list[Told]:
    """So many cases of the year before `until_ms`. Some specialties and countries have many, most have few."""
    random = Random(count)
    return [
        Told(
            f"bench{n:06}",
            random.choice(ACUITIES),
            SPECIALTIES[int(len(SPECIALTIES) * random.random() ** 2)],
            COUNTRIES[int(len(COUNTRIES) * random.random() ** 2)],
            until_ms - YEAR_MS + n * YEAR_MS // count,
        )
        for n in range(count)
    ]


def rows(found: Sequence[Told]) -> Iterator[tuple[str, Iterator[Row]]]:
    """By table, its rows."""
    yield "person", _people()
    yield "room", map(_room, found)
    yield "case_wait", (row for case in found for row in _waits(case))
    yield "case_tally", (row for case in found for row in _tallies(case))
    yield "case_part", (row for case in found for row in _parts(case))
    yield "case_shown", map(_shown, found)
    months = sorted({case.month for case in found})
    yield "figure_month", ({"month": month, "version": 1, "made": 0} for month in months)


def _people() -> Iterator[Row]:
    for n in range(PHYSICIANS):
        named = {"id": f"doctor{n}", "handle": f"dr_{n}", "role": "physician", "tier": 2, "created_at": 0}
        where = {"specialty": SPECIALTIES[n % len(SPECIALTIES)], "country": COUNTRIES[n % len(COUNTRIES)]}
        yield {**named, **where, "institution": "", "network": "", "kind": "", "name": ""}


def _room(told: Told) -> Row:
    closed_at = told.opened_at + OPEN_MS
    case = Case(
        id=told.room,
        title="Chest pain after a bite",
        acuity=told.acuity,  # type: ignore[arg-type]
        specialties=[told.specialty],
        languages=["en"],
        situation="Adult with chest pain, two hours. " * 5,
        assessment="Unsure: cardiac or toxic. " * 5,
        request="Antivenom before transfer?",
        opened_at=told.opened_at,
        presenter="doctor0",
        reach="world",
        observers=SWITCH,
        status="closed",
    )
    card = canonical(Card(case=case, waiting=False, closed_at=closed_at, outcome="confirmed"))
    place = {"seq": EVENTS_A_CASE, "sealed_upto": EVENTS_A_CASE, "head": bytes(32), "card": card}
    times = {"opened_at": told.opened_at, "closed_at": closed_at, "touched_at": closed_at}
    return {"id": told.room, "status": "closed", "acuity": told.acuity, "reach": "world", **place, **times} | {
        "presenter": "doctor0"
    }


def _shown(told: Told) -> Row:
    named = {"room": told.room, "acuity": told.acuity, "specialty": told.specialty, "month": told.month}
    return {**named, "switch": canonical(SWITCH), "closed_at": told.opened_at + OPEN_MS}


def _waits(told: Told) -> Iterator[Row]:
    random, ms = Random(told.room), 0
    for measure in MEASURES:
        ms += int(random.expovariate(1 / 60_000))
        yield {**told.of, "measure": measure, "ms": ms}


def _tallies(told: Told) -> Iterator[Row]:
    random = Random(told.room)
    for measure in TALLIES:
        n = 1 if measure in ("leading", "first_three") else random.randrange(1, 6)
        yield {
            **told.of,
            "measure": measure,
            "n": n,
            "hits": random.randrange(n + 1),
            "sum": random.randrange(1_000 * n),
        }


def _parts(told: Told) -> Iterator[Row]:
    random = Random(told.room)
    for doctor in sorted({int(PHYSICIANS * random.random() ** 2) for _ in range(PARTS)}):
        opinions = random.randrange(2)
        said = {"opinions": opinions, "hits": random.randrange(opinions + 1), "brier": 500 * opinions}
        asked = {"asked": random.randrange(2), "answered": random.randrange(2)}
        yield (
            {"room": told.room, "person": f"doctor{doctor}", "acuity": told.acuity, "month": told.month} | asked | said
        )
