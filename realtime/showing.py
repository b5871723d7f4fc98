"""What those who may enter a room may bring and see, and who is of it, on the state of the room as it is now."""

from typing import Protocol

from realtime.host import Host
from realtime.office import check_reason
from realtime.rooms.card import may_enter, modes
from realtime.rooms.people import Person
from realtime.rooms.pictures import Picture
from realtime.rooms.post import Post
from realtime.rooms.refusals import Refusal, Refused


class Rooms(Protocol):
    """The rooms of this node."""

    async def host(self, room: str) -> Host | None:
        """The room, or None where there is none. Raises `Unavailable`."""


async def entered(rooms: Rooms, room: str, person: Person) -> Host:
    """The room, if `person` may enter it. Raises `Refused` (`NOT_FOUND`, `SAY_WHY`) or `Unavailable`."""
    host = await rooms.host(room)
    if host is None or not may_enter(host.room.card, person):
        raise Refused(Refusal.NOT_FOUND)
    await check_reason(host, person)
    return host


def is_of(host: Host, person: str) -> bool:
    """Whether `person` presents the case, was invited, has posted, or is here."""
    room = host.room
    if person == room.presenter or person in room.card.invited or person in room.authors:
        return True
    return any(here.person == person for here in host.here.snapshot())


def check_bringing(host: Host, person: Person) -> None:
    """Return if `person`, who may enter, may bring pictures. Raises `Refused`."""
    if "contribute" not in modes(person):
        raise Refused(Refusal.OBSERVER)
    if not host.room.card.open:
        raise Refused(Refusal.CLOSED)


async def posted(host: Host, person: Person, name: str) -> Picture | None:
    """The picture `name`, which `person` may see now, or None where no post has it.

    Raises `Refused` (`NOT_FOUND`) where they may not; `Unavailable`.
    """
    if name not in host.room.pictures:  # whoever asks may have heard of it on another node
        await host.catch_up()
    post = host.room.posts.get(host.room.pictures.get(name, ""))
    if post is None:
        return None
    if not _may_see(host, post, person):
        raise Refused(Refusal.NOT_FOUND)
    return next(picture for picture in post.pictures if picture.id == name)


def _may_see(host: Host, post: Post, person: Person) -> bool:
    """A retracted post's pictures are for moderators; observers wait for a second look, and for their delay."""
    if post.retracted:
        return person.role == "moderator"
    return "observe" not in modes(person) or (post.released and not post.hidden and post.seq <= host.due_seq())
