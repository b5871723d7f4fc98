"""One of the cast, at a WebSocket of their own: a client of the server like any other."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec
from websockets.exceptions import ConnectionClosed, WebSocketException

from realtime.rooms.commands import AnyCommand
from realtime.rooms.people import Person
from realtime.wire.client import Join, Typing
from realtime.wire.encoding import encode
from web.demo.dial import Dial
from web.demo.tasks import begun

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

SEAT: Final = "seat"
AGAIN_S: Final = 1.0
COME_BACK: Final = frozenset({"unavailable", "rate_limited"})


class Heard(msgspec.Struct, frozen=True):
    """What an actor needs to know of any frame."""

    t: str
    re: str | None = None
    code: str | int | None = None
    retry_after_ms: int = 1_000


_decode = msgspec.msgpack.Decoder(Heard).decode


class Actor:
    """The seat of `person` in `room`: taken as soon as the server answers, and again `again_s` after it was lost."""

    def __init__(
        self, dial: Dial, person: Person, room: str, *, follows: bool = False, again_s: float = AGAIN_S
    ) -> None:
        self._dial = dial
        self._person = person
        self._room = room
        self._again_s = again_s
        self._join = encode(Join(id=SEAT, room=room, as_="follow" if follows else None), "msgpack")
        self._socket: ClientConnection | None = None
        self._shut_out: Heard | None = None
        self._asked: dict[str, tuple[bytes, asyncio.Future[Heard]]] = {}
        self._staying = begun(self._stay())

    async def command(self, command: AnyCommand) -> str | None:
        """None once it is on record, else the code with which it was refused. Waits for as long as that takes."""
        payload = encode(command, "msgpack")
        while True:
            answer = await self._answer(command.id, payload)
            if answer.code not in COME_BACK:
                return None if answer.code is None else str(answer.code)
            await asyncio.sleep(answer.retry_after_ms / 1_000)

    async def typing(self, on: bool) -> None:
        """Be seen typing, or no longer; nobody sees it who has no seat."""
        await self._send(encode(Typing(room=self._room, on=on), "msgpack"))

    async def leave(self) -> None:
        """Hang up."""
        self._staying.cancel()
        await asyncio.gather(self._staying, return_exceptions=True)

    async def _answer(self, name: str, payload: bytes) -> Heard:
        if self._shut_out is not None:
            return self._shut_out
        answer: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()
        self._asked[name] = payload, answer
        try:
            await self._send(payload)
            return await answer
        finally:
            del self._asked[name]

    async def _send(self, payload: bytes) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(payload)

    async def _stay(self) -> None:
        while True:
            with suppress(OSError, TimeoutError, WebSocketException):
                async with self._dial(self._person) as socket:
                    await self._attend(socket)
            self._socket = None
            await asyncio.sleep(self._again_s)

    async def _attend(self, socket: "ClientConnection") -> None:
        await socket.send(self._join)
        while True:
            heard = _decode(await socket.recv(decode=False))
            if heard.t == "joined":
                self._socket = socket
                for payload, _ in list(self._asked.values()):
                    await self._send(payload)
            elif heard.re == SEAT and heard.code in COME_BACK:
                return
            else:
                self._take(heard)

    def _take(self, heard: Heard) -> None:
        if heard.t == "left" or heard.re == SEAT:
            self._shut_out = heard
            for _, answer in self._asked.values():
                _resolve(answer, heard)
        elif heard.re in self._asked:
            _resolve(self._asked[heard.re][1], heard)


def _resolve(answer: asyncio.Future[Heard], heard: Heard) -> None:
    # A command that was sent twice is answered twice.
    if not answer.done():
        answer.set_result(heard)
