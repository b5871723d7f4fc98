"""An award's way from its connection to the ledger: past the room, which it reads and neither waits for nor changes."""

from realtime.delayed import delay_s
from realtime.host import Host
from realtime.hub import Hub
from realtime.node import Node
from realtime.ports import Gift
from realtime.rooms.awarding import REFUSED, Void, awarded, check_observer, void
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.socket import Connection
from realtime.wire.client import Award
from realtime.wire.server import Ack


async def award(hub: Hub, connection: Connection, frame: Award) -> None:
    """Put one award in the ledger and ack it, without a `seq`. Raises `Refused` or `Unavailable`."""
    node, person = hub.node, connection.person
    before = await node.awards.given(frame.room, person.id, frame.id)
    if before is None:
        await _give(hub, connection, frame)
    elif before != (frame.target, frame.cents, frame.currency):
        raise Refused(Refusal.CONFLICT)
    connection.send(Ack(re=frame.id, room=frame.room, duplicate=before is not None))


async def _give(hub: Hub, connection: Connection, frame: Award) -> None:
    node, person = hub.node, connection.person
    if node.moderation.muted(person.id):
        raise Refused(Refusal.MUTED)
    host, seat = hub.rooms.place(connection, frame.room)
    check_observer(host.room, person, seat.mode)
    permit = await node.observing.permit(person)
    to = awarded(host.room, frame.target, seat.cursor, await _opening(node, host, frame.target))
    now_ms = node.now_ms()
    why, told_at = _void(host.room, frame.target, now_ms)
    if why is not None and told_at <= now_ms:
        raise Refused(REFUSED[why])
    await node.awards.give(
        Gift(
            room=frame.room,
            id=frame.id,
            target=frame.target,
            cents=frame.cents,
            currency=frame.currency,
            person=person.id,
            payer=permit.institution,
            author=to.author,
            texts=to.texts,
            at=now_ms,
            void=why,
            void_at=told_at if why is not None else None,
        )
    )


async def _opening(node: Node, host: Host, target: str) -> str | None:
    """Who opened the case, where `target` is its first event."""
    if target != host.id:
        return None
    record = (await node.journal.lookup(host.id, [target])).get(target)
    return None if record is None else record.by


def _void(room: Room, target: str, now_ms: int) -> tuple[Void | None, int]:
    """What stands in the way of an award, and from when on its payer may know it (Unix ms).

    A copy that is behind must not be told by a refusal what it does not show yet.
    """
    why, closed_at = void(room, target), room.card.closed_at
    since_ms = closed_at if why == "closed" and closed_at is not None else now_ms
    return why, since_ms + 1_000 * delay_s(room.observers)
