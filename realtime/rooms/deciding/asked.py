"""The case while it is open: what is measured, and what its presenter says anew."""

from realtime.rooms.asking import wording
from realtime.rooms.commands import Revise, Vitals
from realtime.rooms.events import Revised, VitalsAdded
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.revising import REVISABLE, revised
from realtime.rooms.room import Room
from realtime.rooms.vitals.checks import check, check_taken


def vitals(command: Vitals, now_ms: int) -> VitalsAdded:
    """Take what was measured, where a patient may have it and it may have been measured then."""
    check(command.values)
    check_taken(command.taken_at, now_ms)
    return VitalsAdded(taken_at=command.taken_at, values=command.values)


def revise(room: Room, command: Revise) -> Revised:
    """Take what is new; the case must still be one that could have been opened."""
    case = room.card.case
    new = {name: said for name in REVISABLE if (said := getattr(command, name)) is not None}
    changed = {name: said for name, said in new.items() if said != getattr(case, name)}
    if not changed:
        raise Refused(Refusal.SAME_CASE)
    wording.check(revised(case, Revised(**changed)))
    return Revised(**changed)
