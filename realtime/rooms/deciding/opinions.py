"""What people think it is, and showing it to all."""

from typing import Final

from realtime.rooms.blind import OPINIONS
from realtime.rooms.commands import Opine
from realtime.rooms.deciding.texts import said
from realtime.rooms.events import Opined, Revealed
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room

MOST_TIMES: Final = 5
_ROUNDING: Final = 1e-6
"""Ten probabilities that make 1 in decimals may make a little more in floating point."""


def opine(room: Room, person: str, command: Opine) -> Opined:
    """What `person` thinks it is, where each diagnosis is named once and all together are at most certain."""
    held = room.opinions.get(person)
    if held is not None and held.times >= MOST_TIMES:
        raise Refused(Refusal.TOO_MANY_OPINIONS)
    differential = command.differential
    for one in differential:
        said(one.dx)
    if not sum(one.probability for one in differential) <= 1 + _ROUNDING:
        raise Refused(Refusal.OVER_CERTAIN)
    if len({one.key for one in differential}) < len(differential):
        raise Refused(Refusal.NAMED_TWICE)
    return Opined(differential=differential)


def reveal(room: Room) -> Revealed:
    """Show all what each thinks it is, once there is something to show."""
    blind = room.blinds.get(OPINIONS)
    if blind is None:
        raise Refused(Refusal.NO_OPINIONS)
    if blind.opened is not None:
        raise Refused(Refusal.REVEALED)
    return Revealed()
