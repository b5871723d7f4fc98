"""What is known of what people think it is, after one more has said it, or all may read it."""

import msgspec

from realtime.rooms.blind import OPINIONS
from realtime.rooms.events import Event, Opined
from realtime.rooms.opinions.opinion import Opinion
from realtime.rooms.room import Room


def opined(room: Room, event: Event, body: Opined) -> Room:
    """One has said it; from the first on, the time runs after which all may read it."""
    held = room.opinions.get(event.by.person)
    blind = room.blinds.get(OPINIONS)
    late = blind is not None and blind.opened is not None
    differential = tuple(body.differential)
    counted, weight = (held.counted, held.weight) if held is not None else ((), None)
    opinion = Opinion(
        by=event.by,
        seq=event.seq,
        at=event.at,
        times=1 if held is None else held.times + 1,
        differential=differential,
        counted=counted if late else differential,
        weight=weight if late else body.weight,
    )
    known = msgspec.structs.replace(room, opinions=room.opinions.set(event.by.person, opinion))
    return known if blind is not None else _waiting_since(known, event.at)


def revealed(room: Room) -> Room:
    """All may read it: nothing waits for that any more."""
    return _waiting_since(room, None)


def _waiting_since(room: Room, at: int | None) -> Room:
    return msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, opined_at=at))
