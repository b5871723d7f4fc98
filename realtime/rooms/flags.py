"""Flags: which of them the room is told of, and what they make there. The rest goes to moderators alone."""

from typing import Final

from realtime.rooms.body import Body
from realtime.rooms.command import FlagReason
from realtime.rooms.commands import Flag
from realtime.rooms.events import Collapsed, Warned
from realtime.rooms.people import Mode, Person
from realtime.rooms.post import Post
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room

TOLD: Final[frozenset[FlagReason]] = frozenset({"danger", "identifying"})
"""What the room must know at once."""
ENOUGH: Final = 2
"""So many independent warnings fold a post away."""


def is_told(room: Room, person: Person, mode: Mode, flag: Flag) -> bool:
    """Whether `flag` is an event of the room. Any other, an observer's above all, changes no byte there."""
    trusted = person.verified or person.role == "moderator"
    return room.card.open and mode == "contribute" and trusted and flag.reason in TOLD


def flagged(room: Room, person: Person, flag: Flag) -> list[Body]:
    """What a flag that is told makes. Raises `Refused` where the same person has warned of the same already."""
    post = room.posts[flag.target]
    warners = post.warnings.get(flag.reason, frozenset())
    if person.id in warners:
        raise Refused(Refusal.SAME_FLAG)
    made: list[Body] = [Warned(target=flag.target, reason=flag.reason)]
    if _folds(post, person, len(warners) + 1):
        made.append(Collapsed(target=flag.target, reason=flag.reason))
    return made


def _folds(post: Post, person: Person, warners: int) -> bool:
    return not post.collapsed and (person.role == "moderator" or warners >= ENOUGH)
