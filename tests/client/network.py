"""A network that lets no WebSocket pass, and a server behind it that streams: it answers as a test says."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

Frame = dict[str, Any]
Answer = tuple[int, str, str]
BLOCKED: Answer = (403, "text/html", "<h1>Blocked</h1>")


class StrictNetwork:
    """`upgrades`: what answers whoever asks for a WebSocket. `streams`: what answers `/sse` instead of a stream.

    `posts`: with which statuses the next posts are answered, 202 once they are used up. What was posted and taken is
    in `frames`, a list for each post; `keys` are those with which it was posted.
    """

    def __init__(self, upgrades: Answer = BLOCKED, streams: Answer | None = None) -> None:
        self.upgrades = upgrades
        self.streams = streams
        self.posts: list[int] = []
        self.frames: list[list[Frame]] = []
        self.keys: set[str] = set()
        self.asked: list[str] = []
        self.opened = 0
        self._lines: list[asyncio.StreamWriter] = []
        self._streams: list[asyncio.StreamWriter] = []
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        for line in self._lines:
            line.close()
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def say(self, frame: Frame) -> None:
        """Send `frame` over the newest stream, cut into two parts on its way."""
        data = f"data: {json.dumps(frame, ensure_ascii=False)}\n\n".encode()
        for part in (data[:9], data[9:]):
            self._streams[-1].write(part)
            await self._streams[-1].drain()

    async def end(self, code: int | None = None) -> None:
        """End the newest stream, with a close code or without a word."""
        stream = self._streams[-1]
        if code is not None:
            stream.write(f'event: close\ndata: {{"code": {code}, "reason": ""}}\n\n'.encode())
        stream.close()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Return once `holds`, looked at after each request."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(holds)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.append(writer)
        while (head := await _head(reader)) is not None:
            line, headers = head
            _, path, _ = line.split()
            self.asked.append(path)
            if path == "/frames":
                await self._post(reader, writer, headers)
            elif path.startswith("/sse") and self.streams is None:
                await self._stream(writer)
            else:
                _write(writer, self.upgrades if path.startswith("/ws") else self.streams or BLOCKED)
            async with self._changed:
                self._changed.notify_all()
        writer.close()

    async def _post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, headers: dict[str, str]) -> None:
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.posts.pop(0) if self.posts else 202
        if status == 202:
            self.frames.append([json.loads(line) for line in body.splitlines()])
            self.keys.add(headers["curbside-connection"])
        _write(writer, (status, "application/problem+json", "{}"))

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        self._streams.append(writer)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n: here\n\n")
        me = {"person": "ana", "handle": "", "role": "physician", "specialty": "", "tier": 3}
        await self.say({"t": "welcome", "me": me, "node": "n", "heartbeat_s": 6, "connection": f"key{self.opened}"})


async def _head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    try:
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return line, {name.lower(): value for name, value in (header.split(": ", 1) for header in lines)}


def _write(writer: asyncio.StreamWriter, answer: Answer) -> None:
    status, kind, body = answer
    head = f"HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write((head + body).encode())
