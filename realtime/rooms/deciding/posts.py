"""What people say, and what becomes of it: posts, their pictures, what is flagged."""

from collections.abc import Sequence
from typing import Final

from realtime.rooms.body import Body
from realtime.rooms.commands import Amend, Flag, Post
from realtime.rooms.deciding.texts import clean, said
from realtime.rooms.events import Amended, Posted, Released, Unpinned, Withheld
from realtime.rooms.evidence.checking import checked
from realtime.rooms.evidence.support import unsupported
from realtime.rooms.flags import flagged, is_told
from realtime.rooms.interests.stating import stated
from realtime.rooms.people import Person
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.roles import Seat
from realtime.rooms.room import Room

MOST_OPEN_QUESTIONS: Final = 20


def post(room: Room, person: Person, command: Post, pictures: Sequence[Picture]) -> Posted:
    """A post with what it refers to, all of it in this room, and what interests its author has."""
    for target in (command.reply_to, command.contradicts):
        if target is not None and target not in room.posts:
            raise Refused(Refusal.NO_SUCH_REPLY)
    if command.kind == "question" and command.to and len(room.open_questions) >= MOST_OPEN_QUESTIONS:
        raise Refused(Refusal.TOO_MANY_QUESTIONS)
    known = {picture.id: picture for picture in pictures}
    fresh = known.keys() - room.pictures.keys()
    if len(set(command.images)) < len(command.images) or not fresh.issuperset(command.images):
        raise Refused(Refusal.UNKNOWN_IMAGE)
    return Posted(
        text=said(command.text),
        kind=command.kind,
        reply_to=command.reply_to,
        contradicts=command.contradicts,
        to=command.to,
        evidence=checked(command.evidence),
        images=command.images,
        pictures=[known[image] for image in command.images],
        lang=clean(command.lang) if command.lang else None,
        trial_data=command.trial_data,
        interests=stated(person.interests, command.text),
    )


def amend(room: Room, command: Amend) -> list[Body]:
    """Another text for a post, or other evidence. What claims a dose or a drug without evidence is pinned no longer."""
    post = room.posts[command.target]
    evidence = None if command.evidence is None else checked(command.evidence)
    same_text = post.text == command.text
    if same_text and (evidence is None or evidence == list(post.evidence)):
        raise Refused(Refusal.SAME_TEXT)
    amended = Amended(target=post.id, text=said(command.text), evidence=evidence, same_text=same_text)
    if post.id in room.pinned and unsupported(post.amended(amended)):
        return [amended, Unpinned(target=post.id)]
    return [amended]


def withhold(room: Room, target: str, reason: str) -> Withheld:
    """Keep a post from observers."""
    if room.posts[target].withheld:
        raise Refused(Refusal.ALREADY_WITHHELD)
    return Withheld(target=target, reason=reason)


def release(room: Room, target: str) -> Released:
    """Show a post's pictures to observers, as its room has them."""
    post = room.posts[target]
    if not post.pictures:
        raise Refused(Refusal.NO_PICTURES)
    if post.released:
        raise Refused(Refusal.RELEASED)
    if post.hidden:
        raise Refused(Refusal.HIDDEN)
    return Released(target=target, pictures=list(post.pictures))


def flag(room: Room, seat: Seat, command: Flag) -> list[Body]:
    """What the room is told of a flag: at least one event. Raises `Refused` where only moderators are."""
    if not is_told(room, seat.person, seat.mode, command):
        raise Refused(Refusal.NOT_TOLD)
    return flagged(room, seat.person, command)
