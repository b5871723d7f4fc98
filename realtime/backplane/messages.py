"""What nodes say to each other."""

from typing import Literal

import msgspec

from realtime.presence.roster import Statement
from realtime.rooms.card import Card, Change
from realtime.rooms.chain import Record
from realtime.rooms.notices import Notice
from realtime.rooms.wordless import wordless
from realtime.wire.server import Provisional


class Records(msgspec.Struct, frozen=True, array_like=True, tag="records"):
    """Events of one room that were just committed, in order; `card` where they changed it."""

    room: str
    records: list[Record]
    card: Card | None = None


class Typed(msgspec.Struct, frozen=True, array_like=True, tag="typed"):
    """Someone began or ended typing."""

    room: str
    who: str
    on: bool


class Unrecorded(msgspec.Struct, frozen=True, array_like=True, tag="unrecorded"):
    """What contributors are shown though it is not on record, or, where it is `gone`, no longer."""

    frame: Provisional


class Asked(msgspec.Struct, frozen=True, array_like=True, tag="asked"):
    """A node wants to know who is in a room: every other node with seats there answers with a `Statement`."""

    room: str


class CardChanged(msgspec.Struct, frozen=True, array_like=True, tag="card"):
    """A line of the worklist as of `seq` of its room. `here` is the number of contributors present."""

    card: Card
    seq: int
    change: Change
    here: int


class SessionsRevoked(msgspec.Struct, frozen=True, array_like=True, tag="revoked"):
    """These sign-in sessions are over, whenever they would have ended (Unix ms): their connections end now."""

    sessions: dict[str, int]


class Crowded(msgspec.Struct, frozen=True, array_like=True, tag="crowded"):
    """Who has many connections on `node`: people by id, and networks as `realtime.addresses` counts them."""

    node: str
    people: dict[str, int]
    networks: dict[str, int]


class PeopleChanged(msgspec.Struct, frozen=True, array_like=True, tag="people"):
    """Something about these people is new: their tier, their role, what they show of themselves."""

    people: list[str]


How = Literal["taken", "gone", "foreign", "busy"]
"""What became of a post: its connection has taken it, is gone, is another person's, or has another one under way."""


class Posted(msgspec.Struct, frozen=True, array_like=True, tag="posted"):
    """`node` has taken a post for the event stream `connection` of whoever hears this: frames in JSON, in order."""

    __repr__ = wordless

    node: str
    number: int
    connection: str
    person: str | None
    frames: list[bytes]


class HandedOver(msgspec.Struct, frozen=True, array_like=True, tag="handed"):
    """What became of the post that the hearer gave this number."""

    number: int
    how: How


class Rang(msgspec.Struct, frozen=True, array_like=True, tag="rang"):
    """Notices that must not wait until they are read from the journal, and for whom one has `ended`."""

    notices: list[Notice]
    ended: list[str]


Message = (
    Records
    | Typed
    | Unrecorded
    | Statement
    | Asked
    | CardChanged
    | SessionsRevoked
    | Crowded
    | PeopleChanged
    | Posted
    | HandedOver
    | Rang
)
