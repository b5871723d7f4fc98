"""What each frame of a client sets off: one function per kind, a table, no if-chain."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Any, Final, get_args

from realtime.awarding import award
from realtime.closing import OUR_FAULT, TOO_OFTEN
from realtime.commanding import Work, command
from realtime.connections import HEARTBEAT_S
from realtime.errors import Unavailable
from realtime.hub import Hub
from realtime.joining import take_seat
from realtime.limits import RateLimits
from realtime.ports import Outcome
from realtime.refused import note_refused, tell_away, tell_error, tell_to_wait
from realtime.rooms.card import by_office
from realtime.rooms.commands import AnyCommand
from realtime.rooms.refusals import Refusal, Refused
from realtime.socket import Connection
from realtime.wire.client import (
    Award,
    ClientFrame,
    Join,
    Leave,
    Noticed,
    Ping,
    Seen,
    StepUp,
    Typing,
    Unwatch,
    Watch,
)
from realtime.wire.frame import FRAME_BYTES, TEXT_CHARS
from realtime.wire.server import Ack, Left, Limits, Pong, Welcome, me

logger = logging.getLogger("curbside.gateway")

MOST_BEHIND = 200
# A join takes about 0.1 ms.
WORKS_PER_TURN = 6


class Gateway:
    """Listens to all connections of this node and turns their frames into what the hub's rooms understand."""

    def __init__(self, hub: Hub, limits: RateLimits) -> None:
        self._hub = hub
        self.limits = limits
        self._works: deque[tuple[Connection, ClientFrame, Work]] = deque()
        self._beginning = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()

    def opened(self, connection: Connection) -> None:
        """Greet a new connection."""
        self._hub.connections.add(connection)
        person, node = connection.person, self._hub.node
        connection.send(
            Welcome(
                me=me(person),
                node=node.name,
                time=node.now_ms(),
                heartbeat_s=HEARTBEAT_S,
                limits=Limits(FRAME_BYTES, TEXT_CHARS, max(1, int(self.limits.allowed.of(person)))),
                connection=connection.key,
            )
        )
        if (health := self._hub.pulse.health()) is not None:
            connection.send(health)
        self._hub.notices.arrived(connection)

    def lost(self, connection: Connection) -> None:
        """Take away the seats of a connection that is gone."""
        self._hub.connections.discard(connection)
        self._hub.worklist.unwatch(connection)
        self._hub.notices.lost(connection)
        connection.waiting = None
        for seat in connection.seats:
            self._hub.rooms.vacate(seat)

    def drained(self, connection: Connection) -> None:
        """Go on telling a reader whose buffer has drained."""
        for seat in connection.seats:
            if (host := self._hub.live(seat.room)) is not None:
                host.fanout.deliver(seat)

    def allows(self, connection: Connection) -> bool:
        """Whether its person may send one more frame, counted over all their connections here."""
        return self.limits.frame(connection.person.id)

    def received(self, connection: Connection, frame: ClientFrame) -> None:
        """Act on one frame; frames of one connection are taken in their order."""
        if connection.busy:
            self._keep(connection, frame)
            return
        try:
            if not isinstance(frame, Ping):
                seat = connection.seat(frame.room) if not isinstance(frame, OF_NO_ROOM) else None
                if wait_ms := self.limits.wait_ms(connection.person, seat, frame):
                    tell_to_wait(connection, frame, wait_ms, self.limits.too_often(connection.person, seat))
                    return
            if connection.reads_only and not isinstance(frame, READING):
                raise Refused(Refusal.READING_TOKEN)
            work = HANDLERS[type(frame)](self, connection, frame)
        except Refused as refused:
            self._refuse(connection, frame, refused.refusal)
            return
        except Exception:
            self._fail(connection, frame)
            return
        if work is not None:
            connection.busy = True
            self._works.append((connection, frame, work))
            if not self._beginning:
                self._begin()

    def close(self) -> None:
        """End what is under way."""
        for task in self._tasks:
            task.cancel()
        for _, _, work in self._works:
            work.close()
        self._works.clear()

    def _begin(self) -> None:
        """Begin a few works a turn of the loop: when thousands come back at once, rooms do not wait for all of them."""
        self._beginning = bool(self._works)
        if not self._works or (len(self._works) > WORKS_PER_TURN and self._hub.node.spare.pause(self._begin)):
            return
        for _ in range(min(WORKS_PER_TURN, len(self._works))):
            task = self._loop.create_task(self._finish(*self._works.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._loop.call_soon(self._begin)

    def _keep(self, connection: Connection, frame: ClientFrame) -> None:
        if connection.waiting is None:
            connection.waiting = []
        if len(connection.waiting) >= MOST_BEHIND:
            connection.close(*TOO_OFTEN)
            return
        connection.waiting.append(frame)

    async def _finish(self, connection: Connection, frame: ClientFrame, work: Work) -> None:
        try:
            await work
        except Refused as refused:
            self._refuse(connection, frame, refused.refusal)
        except Unavailable as away:
            tell_away(connection, frame, away)
        except Exception:
            self._fail(connection, frame)
        connection.busy = False
        while connection.waiting and not connection.busy and connection.alive:
            self.received(connection, connection.waiting.pop(0))

    def _fail(self, connection: Connection, frame: ClientFrame) -> None:
        logger.exception("a %s failed", type(frame).__name__)
        connection.close(*OUR_FAULT)

    def _refuse(self, connection: Connection, frame: ClientFrame, refusal: Refusal) -> None:
        tell_error(connection, frame, refusal.code, refusal.message)
        if refusal.code == "forbidden" and not isinstance(frame, Join):
            note_refused(self._hub.node.audit, connection, frame, refusal)

    # One function per kind. Those that wait for something return a coroutine.

    def _join(self, connection: Connection, frame: Join) -> Work:
        return self._joined(connection, frame)

    async def _joined(self, connection: Connection, frame: Join) -> None:
        """Take a seat, and leave one audit line whatever comes of it (45 CFR 164.312(b))."""
        act, detail = "join", ""
        outcome: Outcome = "failed"
        try:
            detail, outcome = await self._seated(connection, frame), "ok"
        except Refused:
            act, outcome = "join_refused", "refused"
            raise
        finally:
            person, where = connection.person.id, connection.address
            self._hub.node.audit.note(act, person, frame.room, detail, outcome=outcome, where=where)

    async def _seated(self, connection: Connection, frame: Join) -> str:
        """Take a seat; how they sit there, and by which right."""
        host, person = await self._hub.host(frame.room), connection.person
        if host is None:
            if frame.after:
                self._hub.node.went_back.claimed(frame.room, person.id, frame.after, frame.check, None)
            raise Refused(Refusal.NOT_FOUND)
        seat = await take_seat(host, connection, frame)
        resumed = f", after {frame.after}" if frame.after else ""
        office = ", by office" if by_office(host.room.card, person) else ""
        return f"{seat.mode}, advice shown{resumed}{office}"

    def _step_up(self, connection: Connection, frame: StepUp) -> None:
        host, seat = self._hub.rooms.place(connection, frame.room)
        if seat.mode != "follow":
            raise Refused(Refusal.NOT_A_VIEWER)
        host.fanout.discard(seat)
        seat.mode = "contribute"
        host.fanout.add(seat)
        self._hub.node.audit.note("step_up", connection.person.id, frame.room, where=connection.address)
        connection.send(Ack(re=frame.id, room=frame.room))
        host.here.whole(seat)
        host.here.changed()
        host.fanout.deliver(seat)
        host.provisional.tell(seat)

    def _leave(self, connection: Connection, frame: Leave) -> None:
        self._hub.rooms.vacate(self._hub.rooms.place(connection, frame.room)[1])
        connection.send(Left(re=frame.id, room=frame.room, code="asked"))

    def _watch(self, connection: Connection, frame: Watch) -> Work | None:
        if connection.person.role == "observer":
            return self._watched_under_agreement(connection, frame)
        self._watched(connection, frame)
        return None

    async def _watched_under_agreement(self, connection: Connection, frame: Watch) -> None:
        await self._hub.node.observing.permit(connection.person)
        self._watched(connection, frame)

    def _watched(self, connection: Connection, frame: Watch) -> None:
        if connection.alive:
            self._hub.worklist.watch(connection, frame)
            connection.send(Ack(re=frame.id))

    def _unwatch(self, connection: Connection, frame: Unwatch) -> None:
        self._hub.worklist.unwatch(connection)
        connection.send(Ack(re=frame.id))

    def _typing(self, connection: Connection, frame: Typing) -> None:
        host, seat = self._hub.rooms.place(connection, frame.room)
        if seat.mode != "contribute":
            raise Refused(Refusal.READ_ONLY)
        if self._hub.node.moderation.muted(connection.person.id):
            raise Refused(Refusal.MUTED)
        host.here.typing(seat, frame.on)

    def _seen(self, connection: Connection, frame: Seen) -> None:
        host, seat = self._hub.rooms.place(connection, frame.room)
        if seat.mode != "contribute":
            raise Refused(Refusal.READ_ONLY)
        if frame.seq > host.head.seq:
            raise Refused(Refusal.SEEN_AHEAD)
        if frame.seq > seat.seen:
            seat.seen = frame.seq
            host.here.changed()

    def _noticed(self, connection: Connection, frame: Noticed) -> None:
        self._hub.notices.noticed(connection, frame.notice, frame.how)

    def _ping(self, connection: Connection, frame: Ping) -> None:
        connection.send(Pong(n=frame.n, time=self._hub.node.now_ms()))

    def _award(self, connection: Connection, frame: Award) -> Work:
        return award(self._hub, connection, frame)

    def _command(self, connection: Connection, frame: AnyCommand) -> Work | None:
        return command(self._hub, connection, frame)


READING: Final = (Join, Leave, Watch, Unwatch, Ping)
"""What a token that only reads may send."""

OF_NO_ROOM: Final = (Watch, Unwatch, Noticed, Award)
"""What counts as of no room: an award, too, uses up nothing of what its room has, or others could tell."""

HANDLERS: Final[dict[type[ClientFrame], Callable[[Gateway, Connection, Any], Work | None]]] = {
    Join: Gateway._join,
    StepUp: Gateway._step_up,
    Leave: Gateway._leave,
    Watch: Gateway._watch,
    Unwatch: Gateway._unwatch,
    Typing: Gateway._typing,
    Seen: Gateway._seen,
    Noticed: Gateway._noticed,
    Ping: Gateway._ping,
    Award: Gateway._award,
    **dict.fromkeys(get_args(AnyCommand), Gateway._command),
}
