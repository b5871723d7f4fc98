"""People, a case, a room: the small parts from which tests tell their story. Ids are made: the nth event is `e<n>`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

import msgspec

from realtime.rooms.body import Body
from realtime.rooms.chain import EMPTY, Record, Salts, recorded
from realtime.rooms.command import Command
from realtime.rooms.commands import AnyCommand, Post
from realtime.rooms.decide import decide
from realtime.rooms.events import Event, Opined, Paged
from realtime.rooms.fold import fold
from realtime.rooms.opening import OpenCase, opened
from realtime.rooms.people import SYSTEM, By, Mode, Person
from realtime.rooms.pictures import Picture
from realtime.rooms.room import Room

ROOM = "case1"
AT = 1_800_000_000_000

ana = Person("ana", "dr_ana", "physician", "cardiology", "CH", 3, "heart_centre", "alpine_net")
ben = Person("ben", "dr_ben", "physician", "toxicology", "KE", 2, "lake_hospital", "lake_net")
cleo = Person("cleo", "nurse_cleo", "clinician", "primary_care", "PE", 1, "hill_clinic", "andes_net")
obi = Person("obi", "obi_corp", "observer", institution="corp", kind="pharma")
mo = Person("mo", "mo_mod", "moderator", "emergency_medicine", "FR", 3)
PEOPLE = {person.id: person for person in (ana, ben, cleo, obi, mo)}

C = TypeVar("C", bound=Command)

Step = tuple[Person, AnyCommand] | Body


@dataclass(frozen=True)
class Seat:
    """A seat as far as decisions need to know it; contributors, unless a test says otherwise."""

    person: Person
    mode: Mode = "contribute"


def ask(kind: type[C], /, **fields: Any) -> C:
    """A command of `kind` for the test's room."""
    return kind(**{"id": "c", "room": ROOM} | fields)


def wish(**parts: Any) -> OpenCase:
    """A case as its presenter sends it, `parts` changed."""
    given: dict[str, Any] = {
        "title": "Chest pain after a bite",
        "acuity": "urgent",
        "specialties": ["cardiology"],
        "situation": "Adult with chest pain, two hours.",
        "assessment": "Unsure: cardiac or toxic.",
        "request": "Antivenom before transfer?",
        "observers": "live",
        "reach": "world",
    }
    return OpenCase(**given | parts)


def opening(presenter: Person = cleo, **parts: Any) -> Event:
    """The first event of the test's room."""
    return Event(1, "e1", AT, presenter.by, opened(wish(**parts), presenter, ROOM, AT))


def opened_room(presenter: Person = cleo, **parts: Any) -> Room:
    """The test's room, just opened."""
    return fold(None, opening(presenter, **parts))


def happened(room: Room, seat: Seat, command: AnyCommand) -> list[Event]:
    """The events that `command` makes, a second after what was last."""
    bodies = decide(room, seat, command, room.at + 1_000, brought(command))
    return [
        Event(seq, f"e{seq}", room.at + 1_000, seat.person.by, body) for seq, body in enumerate(bodies, room.seq + 1)
    ]


def brought(command: AnyCommand) -> list[Picture]:
    """The pictures that `command` names, as their author would have brought them."""
    names = command.images if isinstance(command, Post) else []
    return [
        Picture(id=name, type="png", width=1_200, height=900, bytes=90_000, sha256=sha256(name.encode()).hexdigest())
        for name in names
    ]


def said(room: Room, body: Body) -> Event:
    """What the server itself says, a second after what was last."""
    return Event(room.seq + 1, f"e{room.seq + 1}", room.at + 1_000, By(SYSTEM), body)


def rung(room: Room, page: str, *people: str, tier: int = 1, seconds: int = 120) -> Room:
    """`room` after a tier of `page` has rung `people` for so many `seconds`."""
    deadline_at = room.at + 1_000 * (seconds + 1)
    return fold(room, said(room, Paged(page=page, tier=tier, people=list(people), deadline_at=deadline_at)))


def after(room: Room, seat: Seat, command: AnyCommand) -> Room:
    """`room` after `command`."""
    for event in happened(room, seat, command):
        room = fold(room, event)
    return room


def story(*steps: "Step", first: Event | None = None) -> list[Event]:
    """The log of a room in which these people, and the server, did this, one after another."""
    events = [first or opening()]
    room = fold(None, events[0])
    for step in steps:
        for event in [said(room, step)] if isinstance(step, Body) else happened(room, Seat(step[0]), step[1]):
            events.append(event)
            room = fold(room, event)
    return events


def weighing(events: list[Event], weights: Mapping[int, float]) -> list[Event]:
    """`events` as a node records them that knows what the opinions at these places weigh."""
    return [_weighing(event, weights.get(event.seq)) for event in events]


def _weighing(event: Event, weight: float | None) -> Event:
    if not isinstance(event.body, Opined):
        return event
    return msgspec.structs.replace(event, body=msgspec.structs.replace(event.body, weight=weight))


def records(events: Iterable[Event]) -> list[Record]:
    """`events` as the journal keeps them, with salts that a test can foresee."""
    kept: list[Record] = []
    for event in events:
        kept.append(recorded(ROOM, kept[-1].head if kept else EMPTY, event, salts(event.seq)))
    return kept


def salts(seq: int) -> Salts:
    """The made salts of the event at `seq`."""
    made = sha256(b"salts of a test" + seq.to_bytes(4, "big")).digest()
    return Salts(made[:16], made[16:])
