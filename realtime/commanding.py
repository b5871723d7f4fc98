"""A command's way from its connection to the turn of its room: what it must not be, and what it waits for first."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from realtime.host import Host
from realtime.hub import Hub
from realtime.node import Node
from realtime.ports import Flagged
from realtime.rooms.card import let_in_by_reach, may_enter
from realtime.rooms.chain import digest_of_command
from realtime.rooms.commands import AnyCommand, Close, Flag, HandOver, Invite, Lead, Page, Post
from realtime.rooms.decide import decide
from realtime.rooms.deciding.texts import clean
from realtime.rooms.flags import is_told
from realtime.rooms.identifiers.finding import Span
from realtime.rooms.refusals import Refusal, Refused
from realtime.socket import Connection, Seat
from realtime.turns import Asked
from realtime.wire.server import Ack

Work = Coroutine[Any, Any, None]


def command(hub: Hub, connection: Connection, frame: AnyCommand) -> Work | None:
    """Hand a command to its room, or return what must be waited for before that. Raises `Refused`."""
    if connection.seat(frame.room) is None:
        return _resent(hub.node, connection, frame)
    if hub.node.moderation.muted(connection.person.id):
        raise Refused(Refusal.MUTED)
    host, seat = hub.rooms.place(connection, frame.room)
    if isinstance(frame, Flag):
        return _flagged(hub.node, host, seat, frame)
    if isinstance(frame, Invite | HandOver | Lead):
        return _named(hub.node, host, seat, frame)
    if isinstance(frame, Page) and not hub.node.rings:
        # What the room itself refuses comes first.
        decide(host.room, seat, frame, hub.node.now_ms(), find=_nothing)
        raise Refused(Refusal.NOBODY_RUNG_HERE)
    if isinstance(frame, Page) and frame.person is not None:
        return _paged(hub.node, host, seat, frame, frame.person)
    if isinstance(frame, Post) and frame.images:
        return _pictured(hub.node, host, seat, frame)
    if isinstance(frame, Close):
        return _closing(hub.node, host, seat, frame)
    host.submit(Asked(seat, frame, _now_s()))
    return None


async def _resent(node: Node, connection: Connection, frame: AnyCommand) -> None:
    """A command without a seat: it may be on record from when its author had one, and then they are told so."""
    record = (await node.journal.lookup(frame.room, [frame.id])).get(frame.id)
    if record is None or record.command_digest != digest_of_command(record.salt_body, connection.person.id, frame):
        raise Refused(Refusal.NOT_JOINED)
    connection.send(Ack(re=frame.id, room=frame.room, seq=record.seq, at=record.at, duplicate=True))


async def _named(node: Node, host: Host, seat: Seat, frame: Invite | HandOver | Lead) -> None:
    refusal = await _unfit(node, host, frame)
    if refusal is not None:
        # What the room itself refuses comes first: whoever may not ask learns nothing of persons.
        decide(host.room, seat, frame, node.now_ms(), find=_nothing)
        raise Refused(refusal)
    host.submit(Asked(seat, frame, _now_s()))


async def _unfit(node: Node, host: Host, frame: Invite | HandOver | Lead) -> Refusal | None:
    """Why the person that `frame` names cannot be named in it, or None."""
    person = await node.directory.person(frame.person)
    if person is None or person.role == "observer":
        return Refusal.NO_SUCH_PERSON
    if isinstance(frame, Invite) or may_enter(host.room.card, person):
        return None
    await host.catch_up()  # they may have been invited on another node, and this one not told
    return None if may_enter(host.room.card, person) else Refusal.MAY_NOT_ENTER


def _nothing(_: str) -> Sequence[Span]:
    return ()


async def _paged(node: Node, host: Host, seat: Seat, frame: Page, wanted: str) -> None:
    """Whom a page rings may enter: those whom the reach does not let in are asked for by those who may invite them."""
    person = await node.directory.person(wanted)
    if person is None or person.role == "observer":
        raise Refused(Refusal.NO_SUCH_PERSON)
    invites = seat.person.role == "moderator" or seat.person.id == host.room.presenter
    if not invites and not let_in_by_reach(host.room.card, person):
        raise Refused(Refusal.NOT_YOURS)
    host.submit(Asked(seat, frame, _now_s()))


async def _pictured(node: Node, host: Host, seat: Seat, frame: Post) -> None:
    pictures = await node.pictures.known(frame.room, seat.person.id, frame.images)
    host.submit(Asked(seat, frame, _now_s(), pictures))


async def _closing(node: Node, host: Host, seat: Seat, frame: Close) -> None:
    """A close reveals what was awarded until now. Each one asks, so that none takes longer for what there is."""
    awards = await node.awards.sealed(frame.room)
    host.submit(Asked(seat, frame, _now_s(), awards=awards))


async def _flagged(node: Node, host: Host, seat: Seat, frame: Flag) -> None:
    """The moderators have it first; then the room is told where it must be. Others' flags change no byte there."""
    if seat.mode != "observe" and frame.target not in host.room.posts:
        raise Refused(Refusal.NO_SUCH_POST)
    clean(frame.note or "")
    person = seat.person
    told = is_told(host.room, person, seat.mode, frame)
    await node.moderation.flag(
        Flagged(frame.room, frame.id, frame.target, frame.reason, frame.note, person, told, node.now_ms())
    )
    node.audit.note("flagged", person.id, frame.room, frame.reason)
    if told:
        host.submit(Asked(seat, frame, _now_s()))
    else:
        seat.connection.send(Ack(re=frame.id, room=frame.room))


def _now_s() -> float:
    return asyncio.get_running_loop().time()
