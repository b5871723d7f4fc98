"""Who may come in."""

import msgspec

from realtime.rooms.commands import Observers, Widen
from realtime.rooms.deciding.texts import clean
from realtime.rooms.events import Invited, ObserversChanged, Removed, Widened
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.rooms.switching import switch_of

REACHES = ("team", "institution", "network", "world")


def invite(room: Room, person: str) -> Invited:
    """Let `person` in, unless they are invited already."""
    if person == room.presenter:
        raise Refused(Refusal.PRESENTER_STAYS)
    if person in room.card.invited:
        raise Refused(Refusal.ALREADY_INVITED)
    return Invited(person=person)


def remove(room: Room, person: str, reason: str | None) -> Removed:
    """Keep `person` out; the presenter stays."""
    if person == room.presenter:
        raise Refused(Refusal.PRESENTER_STAYS)
    if person in room.card.removed:
        raise Refused(Refusal.NOT_HERE)
    return Removed(person=person, reason=clean(reason) if reason else None)


def widen(room: Room, command: Widen) -> Widened:
    """Widen the reach, never narrow it."""
    if REACHES.index(command.reach) <= REACHES.index(room.card.case.reach):
        raise Refused(Refusal.NOT_WIDER)
    return Widened(reach=command.reach)


def observers(room: Room, command: Observers) -> ObserversChanged:
    """Set the observers' switch to another position."""
    switch = switch_of(command)
    if switch == room.observers:
        raise Refused(Refusal.SAME_OBSERVERS)
    return ObserversChanged(**msgspec.structs.asdict(switch))
