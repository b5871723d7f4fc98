"""Who may open a connection: those who ask wait in line and are answered in slices: rooms never wait for them."""

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from realtime.errors import Unavailable
from realtime.gateway import Gateway
from realtime.hub import Hub
from realtime.slices import Slices
from realtime.socket import Connection
from realtime.stream import EventStream
from realtime.wire.frame import SUBPROTOCOLS
from web.api.problems import Problem
from web.signin.identify import Door, Identity
from web.signin.scopes import may_write
from web.upgrade.crowd import Crowd
from web.upgrade.handshake import Handshake, handshake
from web.upgrade.protocol import UpgradingProtocol
from web.upgrade.streaming import ANSWER

MOST_WAITING: Final = 8_192
MOST_ASKED: Final = 256
COME_BACK_MS: Final = 1_000
HEARD_PER_TURN: Final = 8


class Admission:
    """Answers those who ask for `/ws` or `/sse`. Whoever is refused gets a problem document over HTTP.

    Who they are is told by their cookie or token and by what the directory has in mind; the database is asked only for
    people whom it has not, for many of them at once.
    """

    def __init__(self, hub: Hub, gateway: Gateway, door: Door, crowd: Crowd) -> None:
        self._hub = hub
        self._gateway = gateway
        self._door = door
        self._crowd = crowd
        self._unheard: deque[UpgradingProtocol] = deque()
        self._heard = 0
        self._heard_at_s = 0.0
        self._waiting: deque[UpgradingProtocol] = deque()
        self._spare = hub.node.spare
        self._slices = Slices(hub.node.spare)
        self._asked: set[asyncio.Task[None]] = set()

    def hears(self, sender: UpgradingProtocol) -> bool:
        """Whether its request is read now: a few are in a turn of the loop, for it costs more than all that follows."""
        turn_s = asyncio.get_running_loop().time()
        if turn_s != self._heard_at_s:
            self._heard_at_s, self._heard = turn_s, 0
        self._heard += 1
        if self._heard <= HEARD_PER_TURN and not self._unheard:
            return True
        self._unheard.append(sender)
        if len(self._unheard) == 1:
            asyncio.get_running_loop().call_soon(self._listen)
        return False

    def ask(self, asking: UpgradingProtocol) -> None:
        """Answer it soon, or refuse it at once where too many wait."""
        if len(self._waiting) >= MOST_WAITING:
            asking.refuse(_busy("Too many connections are being opened."))
            return
        self._waiting.append(asking)
        self._go_on()

    def close(self) -> None:
        """End what is under way."""
        self._slices.close()
        for task in self._asked:
            task.cancel()

    def _listen(self) -> None:
        if self._spare.pause(self._listen):
            return
        for _ in range(min(HEARD_PER_TURN, len(self._unheard))):
            self._unheard.popleft().heard()
        if self._unheard:
            asyncio.get_running_loop().call_soon(self._listen)

    def _go_on(self) -> None:
        if not self._slices.busy and self._waiting and len(self._asked) < MOST_ASKED:
            self._slices.run(self._answers(), self._go_on)

    def _answers(self) -> Iterator[None]:
        while self._waiting and len(self._asked) < MOST_ASKED:
            asking = self._waiting.popleft()
            if not asking.gone:
                self._answer(asking)
            yield

    def _answer(self, asking: UpgradingProtocol) -> None:
        try:
            self._check_staying()
            agreed = None if asking.streams else handshake(asking.method, asking.headers)
            identity = self._door.recognised(asking.asked())
            if identity is None:
                self._look_up(asking, agreed)
            else:
                self._admit(asking, agreed, identity)
        except Problem as problem:
            asking.refuse(problem)

    def _look_up(self, asking: UpgradingProtocol, agreed: Handshake | None) -> None:
        task = asyncio.get_running_loop().create_task(self._looked_up(asking, agreed))
        self._asked.add(task)
        task.add_done_callback(self._known)

    async def _looked_up(self, asking: UpgradingProtocol, agreed: Handshake | None) -> None:
        try:
            identity = await self._door.identity(asking.asked())
            if not asking.gone:
                self._admit(asking, agreed, identity)
        except Problem as problem:
            asking.refuse(problem)
        except Unavailable as away:
            asking.refuse(Problem(503, away.code, str(away), retry_after_ms=away.retry_after_ms))

    def _known(self, task: asyncio.Task[None]) -> None:
        self._asked.discard(task)
        self._go_on()

    def _check_staying(self) -> None:
        if self._hub.draining:
            raise _busy("This node is going. Come back to another.")

    def _admit(self, asking: UpgradingProtocol, agreed: Handshake | None, identity: Identity) -> None:
        """Let them in, to a WebSocket as `agreed` or, where there was nothing to agree on, to an event stream."""
        self._check_staying()  # a drain may have begun while it was asked who this is
        self._crowd.admit(identity.person.id, identity.address)
        if wait_ms := self._gateway.limits.opening_ms(identity.person.id):
            raise Problem(429, "rate_limited", "You connect too often. Wait a little.", retry_after_ms=wait_ms)
        if agreed is None:
            asking.accept(ANSWER, self._stream(identity))
        else:
            asking.accept(agreed.answer, self._socket(identity, agreed))

    def _socket(self, identity: Identity, agreed: Handshake) -> Connection:
        encoding, deflate = SUBPROTOCOLS[agreed.subprotocol], agreed.extensions is not None
        return Connection(self._gateway, encoding=encoding, deflate=deflate, **_of(identity))

    def _stream(self, identity: Identity) -> EventStream:
        return EventStream(self._gateway, key=self._hub.streams.new_key(), **_of(identity))


def _of(identity: Identity) -> dict[str, Any]:
    return {
        "person": identity.person,
        "session": identity.session,
        "expires_at": identity.expires_at,
        "reads_only": not may_write(identity.scopes),
        "address": identity.address,
    }


def _busy(what: str) -> Problem:
    return Problem(503, "unavailable", what, retry_after_ms=COME_BACK_MS)
