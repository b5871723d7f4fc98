"""The frames that clients send. Commands that make events stand in realtime/rooms/commands.py."""

from typing import Annotated, Literal

import msgspec

from realtime.rooms.awarding import Cents, Currency
from realtime.rooms.command import Target, Word
from realtime.rooms.commands import AnyCommand
from realtime.rooms.notices import How
from realtime.rooms.people import Id, RoomId
from realtime.wire.frame import Frame, Number, Seq


class Join(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="join"):
    """Take a seat in a room, from (`after`, `check`) on where this log has that position.

    `as: brief`: a second seat, on a connection of its own, for whoever is behind on a bad line with their first. It is
    sent no `event` frames but `ahead`: what is to be done, and what is asked of its person.
    """

    id: Id
    room: RoomId
    as_: Literal["contribute", "follow", "brief"] | None = msgspec.field(default=None, name="as")
    after: Seq | None = None
    check: Word | None = None


class StepUp(Frame, frozen=True, kw_only=True, tag="step_up"):
    """From viewer to contributor, on the same connection; nothing is sent again."""

    id: Id
    room: RoomId


class Leave(Frame, frozen=True, kw_only=True, tag="leave"):
    """Give the seat back."""

    id: Id
    room: RoomId


class Watch(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="watch"):
    """Follow the live worklist: `case` frames from now on, of these specialties and languages (all unless named)."""

    id: Id
    specialties: Annotated[list[Word], msgspec.Meta(max_length=50)] = msgspec.field(default_factory=list)
    languages: Annotated[list[Word], msgspec.Meta(max_length=50)] = msgspec.field(default_factory=list)


class Unwatch(Frame, frozen=True, kw_only=True, tag="unwatch"):
    """End `watch`."""

    id: Id


class Typing(Frame, frozen=True, kw_only=True, tag="typing"):
    """Say that one is typing; renewed at least every 6 s."""

    room: RoomId
    on: bool


class Seen(Frame, frozen=True, kw_only=True, tag="seen"):
    """Say up to where one has read."""

    room: RoomId
    seq: Seq


class Ping(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="ping"):
    """Say that one is there."""

    n: Number | None = None


class Noticed(Frame, frozen=True, kw_only=True, tag="noticed"):
    """A notice has come to a device of its person, or they have seen it."""

    notice: Annotated[str, msgspec.Meta(max_length=64)]
    how: How


class Award(Frame, frozen=True, kw_only=True, tag="award"):
    """Award a post, or the opening question, by the id of its event. It stays sealed until the room closes.

    Its `ack` has no `seq`: an award is no event, and no byte that anybody else is sent differs for it.
    """

    id: Id
    room: RoomId
    target: Target
    cents: Cents
    currency: Currency


ClientFrame = Join | StepUp | Leave | Watch | Unwatch | Typing | Seen | Noticed | Ping | Award | AnyCommand
