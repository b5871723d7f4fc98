"""The other end of the wire for tests of the client: a server in memory, honest, that can be told to misbehave."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Self

import msgpack
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

Frame = dict[str, Any]
NOTHING = "0" * 16


class Peer:
    """Everybody signs in with their own name as the token. A room exists once its log does (`opened`)."""

    def __init__(self, heartbeat_s: float = 6) -> None:
        self.logs: dict[str, list[Frame]] = {}
        self.commands: dict[tuple[str, str], Frame] = {}
        self.seats: dict[ServerConnection, set[str]] = {}
        self.heard: list[Frame] = []
        self.answers: list[Frame] = []
        self.hold_acks = False
        self.lose_answers = 0
        self.mute = False
        self.shut: set[str] = set()
        self.handshakes = 0
        self.changed = asyncio.Condition()
        self._turn = asyncio.Lock()  # one frame is dealt with at a time: a join's events are never interleaved
        self._heartbeat_s = heartbeat_s
        self._server: Server | None = None
        self._port = 0
        self._kinds: dict[str, Callable[[ServerConnection, Frame], Awaitable[None]]] = {
            "join": self._join,
            "leave": self._leave,
            "step_up": self._done,
            "watch": self._done,
            "unwatch": self._done,
            "ping": self._ping,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        names = [Subprotocol("curbside.v1.msgpack"), Subprotocol("curbside.v1.json")]
        self._server = await serve(
            self._talk, "127.0.0.1", self._port, subprotocols=names, process_request=self._admit, ping_interval=None
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        await self.cut()
        self._server.close()
        await self._server.wait_closed()

    def opened(self, room: str) -> None:
        """Make a room; its log begins with `opened`."""
        self.logs[room] = []
        self._append(room, f"{room}-opened", "cleo", "opened", {"case": {"id": room}})

    def said(self, room: str, text: str) -> None:
        """ben posts; nobody is told until something else happens or somebody joins."""
        self._append(room, f"said-{len(self.logs[room])}", "ben", "post", {"text": text})

    async def cut(self) -> None:
        """Take every connection away, without a word."""
        for connection in list(self.seats):
            connection.transport.abort()
        async with self.changed:
            await self.changed.wait_for(lambda: not self.seats)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once `holds`, looked at after each frame and each handshake."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(holds)

    async def hears(self, how_many: int) -> None:
        """Return once that many more frames came."""
        heard = len(self.heard) + how_many
        await self.until(lambda: len(self.heard) >= heard)

    async def say(self, frame: Frame) -> None:
        """Send `frame` to everybody."""
        for connection in list(self.seats):
            await self._send(connection, frame)

    async def goodbye(self, code: int = 1012) -> None:
        """Close every connection with `code`."""
        for connection in list(self.seats):
            await connection.close(code)

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        self.handshakes += 1
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return connection.respond(HTTPStatus.UNAUTHORIZED, "sign in\n")
        return None

    async def _talk(self, connection: ServerConnection) -> None:
        self.seats[connection] = set()
        me = {"person": _person(connection), "handle": "", "role": "physician", "specialty": "", "tier": 3}
        try:
            await self._send(connection, {"t": "welcome", "me": me, "node": "n", "heartbeat_s": self._heartbeat_s})
            await self._note()
            async for message in connection:
                await self._take(connection, _decoded(connection, message))
        except ConnectionClosed:
            pass
        finally:
            del self.seats[connection]
            await self._note()

    async def _take(self, connection: ServerConnection, frame: Frame) -> None:
        self.heard.append(frame)
        if self.answers and "id" in frame and frame["t"] not in ("join", "watch"):
            await self._send(connection, {**self.answers.pop(0), "re": frame["id"]})
        else:
            async with self._turn:
                await self._kinds.get(frame["t"], self._command)(connection, frame)
        await self._note()

    async def _join(self, connection: ServerConnection, frame: Frame) -> None:
        room, log = frame["room"], self.logs.get(frame["room"])
        if log is None or room in self.shut:
            await self._refuse(connection, frame["id"], "not_found")
            return
        self.seats[connection].add(room)
        after: int = frame.get("after", -1)
        resumed = "after" in frame and self.check(room, after) == frame.get("check")
        joined = {
            "t": "joined",
            "re": frame["id"],
            "room": room,
            "seq": len(log),
            "check": self.check(room, len(log)),
            "role": "physician",
            "as": frame.get("as", "contribute"),
            "case": {"id": room},
            "roster": [{"person": _person(connection), "since": 0}],
            "viewers": 0,
            "observers": {"mode": "live", "delay_s": 0, "total": 0, "kinds": {}},
            "resumed": resumed,
            "events": log[after : after + 2] if resumed else log[-2:],
        }
        await self._send(connection, joined if resumed else {**joined, "state": {"posts": len(log)}})
        if resumed and log[after + 2 :]:
            await self._send(connection, {"t": "events", "room": room, "events": log[after + 2 :]})
        await self._send(connection, {"t": "caught_up", "room": room, "seq": len(log)})

    async def _leave(self, connection: ServerConnection, frame: Frame) -> None:
        self.seats[connection].discard(frame["room"])
        await self._send(connection, {"t": "left", "re": frame["id"], "room": frame["room"], "code": "asked"})

    async def _done(self, connection: ServerConnection, frame: Frame) -> None:
        await self._send(connection, {"t": "ack", "re": frame["id"]})

    async def _ping(self, connection: ServerConnection, frame: Frame) -> None:
        await self._send(connection, {"t": "pong", "time": 0})

    async def _command(self, connection: ServerConnection, frame: Frame) -> None:
        room, name = frame["room"], frame["id"]
        known = self.commands.get((room, name))
        if known is None and room not in self.seats[connection]:
            await self._refuse(connection, name, "not_joined")
        elif known is not None and known["command"] != frame:
            await self._refuse(connection, name, "conflict")
        elif known is not None:
            await self._ack(connection, known, {"duplicate": True})
        else:
            entry = self._append(room, name, _person(connection), frame["t"], {"text": frame.get("text", "")})
            self.commands[room, name] = {"command": frame, "seq": entry["seq"]}
            await self._ack(connection, self.commands[room, name], {})
            for other in [seat for seat, rooms in self.seats.items() if room in rooms]:
                await self._send(other, {"t": "event", "room": room, **entry})

    async def _ack(self, connection: ServerConnection, known: Frame, more: Frame) -> None:
        if self.lose_answers:
            self.lose_answers -= 1
            connection.transport.abort()
        elif not self.hold_acks:
            frame = known["command"]
            ack = {"t": "ack", "re": frame["id"], "room": frame["room"], "seq": known["seq"], "at": 1, **more}
            await self._send(connection, ack)

    async def _refuse(self, connection: ServerConnection, name: str, code: str) -> None:
        await self._send(connection, {"t": "error", "re": name, "code": code, "message": "No."})

    async def _send(self, connection: ServerConnection, frame: Frame) -> None:
        message = json.dumps(frame) if connection.subprotocol == "curbside.v1.json" else msgpack.packb(frame)
        if not self.mute:
            with suppress(ConnectionClosed):
                await connection.send(message)

    async def _note(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def _append(self, room: str, name: str, person: str, kind: str, body: Frame) -> Frame:
        log = self.logs[room]
        entry = {"seq": len(log) + 1, "id": name, "at": 1, "by": {"person": person}, "kind": kind, "body": body}
        log.append(entry)
        entry["check"] = hashlib.sha256(f"{self.check(room, len(log) - 1)}{entry}".encode()).hexdigest()[:16]
        return entry

    def check(self, room: str, seq: int) -> str | None:
        """The check at `seq`, None where the log does not reach."""
        log = self.logs[room]
        if seq == 0:
            return NOTHING
        return log[seq - 1]["check"] if seq <= len(log) else None


def _person(connection: ServerConnection) -> str:
    assert connection.request is not None
    return connection.request.headers["Authorization"].removeprefix("Bearer ")


def _decoded(connection: ServerConnection, message: str | bytes) -> Frame:
    frame: Frame = json.loads(message) if isinstance(message, str) else msgpack.unpackb(message)
    assert isinstance(message, str) == (connection.subprotocol == "curbside.v1.json")
    return frame
