"""A client that knows the wire and nothing of ours, so that tests judge the server and not our own client."""

import asyncio
import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final, Literal, Self, TypeVar

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

Frame = dict[str, Any]
Encoding = Literal["msgpack", "json"]
T = TypeVar("T")

PATIENCE_S: Final = 15.0
_numbers = count(1)


class Raw:
    """One WebSocket. `frames` is all that came, in order, `sizes` their bytes; `me` who the server takes us for.

    Whatever waits raises `ConnectionError` where the connection ends first.
    """

    def __init__(self, socket: Any, encoding: Encoding) -> None:
        self.socket: ClientConnection = socket
        self.frames: list[Frame] = []
        self.sizes: list[int] = []
        self.me: Frame = {}
        self._encoding = encoding
        self._read = 0
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._keep())

    @classmethod
    async def open(
        cls, address: str, encoding: Encoding = "msgpack", headers: Mapping[str, str] = {}, query: str = ""
    ) -> Self:
        """A connection to `address` that was greeted. Raises `InvalidStatus` where the handshake is refused."""
        socket = await connect(
            f"ws://{address}/ws{query}",
            additional_headers=headers,
            subprotocols=[Subprotocol(f"curbside.v1.{encoding}")],
            ping_interval=None,
            proxy=None,
        )
        raw = cls(socket, encoding)
        raw.me = (await raw.next("welcome"))["me"]
        return raw

    async def send(self, t: str, **fields: Any) -> None:
        """Send one frame."""
        frame = {"t": t, **fields}
        message: Any = json.dumps(frame) if self._encoding == "json" else msgpack.packb(frame)
        try:
            await self.socket.send(message)
        except ConnectionClosed as closed:
            raise ConnectionError("the connection has ended") from closed

    async def ask(self, t: str, **fields: Any) -> Frame:
        """The answer to a command, whose `id` is a new one unless it is given."""
        name = fields.setdefault("id", fresh())
        earlier = len(self.answers(name))
        await self.send(t, **fields)
        return await self.found(lambda: next(iter(self.answers(name)[earlier:]), None))

    def answers(self, name: str) -> list[Frame]:
        """All answers that came to the command `name`."""
        return [frame for frame in self.frames if frame.get("re") == name]

    async def next(self, *kinds: str, **fields: Any) -> Frame:
        """The next frame of one of these kinds with these fields, after the one that this gave last."""

        def look() -> Frame | None:
            while self._read < len(self.frames):
                frame = self.frames[self._read]
                self._read += 1
                if frame["t"] in kinds and fields.items() <= frame.items():
                    return frame
            return None

        return await self.found(look)

    async def until(self, holds: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        """Return once `holds`, asked again after every frame."""
        await self.found(lambda: holds() or None, within_s)

    async def found(self, look: Callable[[], T | None], within_s: float = PATIENCE_S) -> T:
        """What `look` gives, asked again after every frame until it gives something."""
        async with asyncio.timeout(within_s):
            while (found := look()) is None:
                if self._reading.done():
                    self._reading.result()
                    raise ConnectionError(f"the connection has ended ({self.close_code})")
                self._news.clear()
                await self._news.wait()
            return found

    async def upto(self, room: str, seq: int, within_s: float = PATIENCE_S) -> list[Frame]:
        """The events of `room`, once the one at `seq` has come."""
        await self.until(lambda: self._reached(room) >= seq, within_s)
        return self.events(room)

    def events(self, room: str) -> list[Frame]:
        """All events of `room` that came, in the order they came, from whichever frame, as `events` has them."""
        found: list[Frame] = []
        for frame in self.frames:
            if frame.get("room") == room and frame["t"] in ("joined", "events"):
                found += frame["events"]
            elif frame.get("room") == room and frame["t"] == "event":
                found.append({name: value for name, value in frame.items() if name not in ("t", "room")})
        return found

    def position(self, room: str) -> Frame:
        """Where we are in `room`, as `join` wants it."""
        last = self.events(room)[-1]
        return {"after": last["seq"], "check": last["check"]}

    def of(self, *kinds: str) -> list[Frame]:
        """All frames of these kinds that came."""
        return [frame for frame in self.frames if frame["t"] in kinds]

    async def closed(self) -> int:
        """The code that the server closed the connection with, once it did."""
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.shield(self._reading)
        return self.close_code or 1006

    @property
    def close_code(self) -> int | None:
        """The code that the server closed the connection with, if it did."""
        return self.socket.close_code

    async def cut(self) -> None:
        """Lose the connection, without a word to the server."""
        self.socket.transport.abort()
        await self.closed()

    async def hang_up(self) -> None:
        """Close the connection."""
        await self.socket.close()
        await self._reading

    def _reached(self, room: str) -> int:
        for frame in reversed(self.frames):
            if frame["t"] == "disclosed":  # of what is older
                continue
            if frame.get("room") == room and (frame["t"] == "event" or frame.get("events")):
                return int(frame["seq"] if frame["t"] == "event" else frame["events"][-1]["seq"])
        return 0

    async def _keep(self) -> None:
        try:
            async for message in self.socket:
                assert isinstance(message, str) == (self._encoding == "json")
                self.frames.append(json.loads(message) if isinstance(message, str) else msgpack.unpackb(message))
                self.sizes.append(len(message.encode() if isinstance(message, str) else message))
                self._news.set()
        except ConnectionClosed:
            pass
        finally:
            self._news.set()


def fresh() -> str:
    """A new name for a command."""
    return f"c{next(_numbers)}"
