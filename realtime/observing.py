"""What an observer is shown of a room, as a stretch of its log: kept on record from before the first byte."""

from secrets import token_bytes
from typing import Literal, Protocol

from realtime.rooms.observing import Permit
from realtime.rooms.people import Person

Way = Literal["stream", "read"]
"""A seat in a room, or pages over HTTP."""


class Reader(Protocol):
    """A seat, as far as a stretch follows it."""

    @property
    def cursor(self) -> int:
        """The last `seq` that was written to it."""


class Stretch:
    """What one observer is shown of one room, from `after` on, at one time. `began_ms`: Unix time.

    `reader`: whom it follows once seated. A stretch is known by its random `id`.
    """

    __slots__ = ("_id", "after", "began_ms", "listened_until_ms", "permit", "person", "reader", "room", "way")

    def __init__(self, person: Person, permit: Permit, room: str, after: int, began_ms: int, way: Way) -> None:
        self._id = token_bytes(16)
        self.person = person.id
        self.permit = permit
        self.room = room
        self.after = after
        self.began_ms = began_ms
        self.listened_until_ms = began_ms
        self.way: Way = way
        self.reader: Reader | None = None

    @property
    def id(self) -> str:
        """Of 32 characters, made when it is asked for: thousands listen."""
        return self._id.hex()

    @property
    def upto(self) -> int:
        """The last `seq` that was shown; `after` where none was yet."""
        return self.after if self.reader is None else max(self.after, self.reader.cursor)
