"""What stays in everybody's sight."""

from typing import Final

from realtime.rooms.events import Pinned, Unpinned
from realtime.rooms.evidence.support import unsupported
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room

MOST_PINS = 20
UNSUPPORTED: Final = {"dose": Refusal.PIN_DOSE, "drug": Refusal.PIN_DRUG}


def pin(room: Room, target: str) -> Pinned:
    """Keep a post in sight; at most `MOST_PINS` are, and none that claims a dose or a drug without evidence."""
    if target in room.pinned:
        raise Refused(Refusal.ALREADY_PINNED)
    if len(room.pinned) >= MOST_PINS:
        raise Refused(Refusal.TOO_MANY_PINS)
    if claim := unsupported(room.posts[target]):
        raise Refused(UNSUPPORTED[claim])
    return Pinned(target=target)


def unpin(room: Room, target: str) -> Unpinned:
    """Let go of a pinned post."""
    if target not in room.pinned:
        raise Refused(Refusal.NOT_PINNED)
    return Unpinned(target=target)
