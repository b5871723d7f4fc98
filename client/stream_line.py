"""A line for networks that let no WebSocket pass: an event stream, and posts for what is sent. Frames in JSON."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Final, Self

import httpx2

from client.errors import ProtocolError
from client.frames import Encoding, Frame, decode
from client.line import LineClosed, LineRefused
from client.signin import SignIn

OPEN_WITHIN_S: Final = 10.0
STREAM: Final = "text/event-stream"
PROBLEM: Final = "application/problem+json"
POST_BYTES: Final = 131_072
"""What one post may have; a frame has half of it at most."""
TAKEN: Final = 202
AGAIN: Final = frozenset({429, 503})
"""The last post is under way still, or the stream's node did not answer the one that was asked: the same once more."""
AGAIN_S: Final = 0.5


class StreamLine:
    """One event is one frame. What waits goes in one post, one post after the other."""

    encoding: Encoding = "json"

    def __init__(self, http: httpx2.AsyncClient, response: httpx2.Response, url: str) -> None:
        self._http = http
        self._response = response
        self._url = url
        self._events = _events(response)
        self._connection = ""

    @classmethod
    async def open(cls, url: str, sign_in: SignIn) -> Self:
        """A stream of the server at `url`. Raises `LineRefused`, `LineClosed`, `TimeoutError`."""
        http = httpx2.AsyncClient(
            headers=sign_in.headers(url),
            verify=ssl.create_default_context() if url.startswith("https:") else False,
            timeout=httpx2.Timeout(OPEN_WITHIN_S, read=None),
        )
        try:
            address = await sign_in.address(url, "/sse")
            asked = http.build_request("GET", address, headers={"Accept": STREAM})
            async with asyncio.timeout(OPEN_WITHIN_S):
                response = await http.send(asked, stream=True)
            said = response.headers.get("Content-Type", "")
            if response.status_code != httpx2.codes.OK or not said.startswith(STREAM):
                raise LineRefused(response.status_code, ours=said.startswith(PROBLEM))
        except httpx2.TransportError:
            await http.aclose()
            raise LineClosed from None
        except BaseException:
            await http.aclose()
            raise
        return cls(http, response, url.rstrip("/"))

    async def receive(self) -> Frame:
        try:
            name, said = await anext(self._events)
        except (StopAsyncIteration, httpx2.TransportError):
            raise LineClosed from None
        if name == "close":
            raise LineClosed(_code_in(said))
        frame = decode(said, self.encoding)
        if frame["t"] == "welcome":
            self._connection = str(frame.get("connection", ""))
        return frame

    async def send(self, messages: Sequence[bytes | str]) -> None:
        for content in _posts(messages):
            await self._post(content)

    async def close(self) -> None:
        await self._response.aclose()
        await self._http.aclose()

    def abort(self) -> None:
        """To close waits for nobody as it is."""

    async def _post(self, content: bytes) -> None:
        headers = {"Content-Type": "application/x-ndjson", "Curbside-Connection": self._connection}
        while True:
            try:
                answer = await self._http.post(
                    f"{self._url}/frames", content=content, headers=headers, timeout=OPEN_WITHIN_S
                )
            except httpx2.TransportError:
                raise LineClosed from None
            if answer.status_code == TAKEN:
                return
            if answer.status_code not in AGAIN:
                raise LineClosed
            await asyncio.sleep(AGAIN_S)


async def _events(response: httpx2.Response) -> AsyncIterator[tuple[str, bytes]]:
    """The name and the data of each event (HTML §9.2.6): ours have one line of data each."""
    # Not by the lines of text: U+2028 and others end one there, and may stand in a frame.
    name, rest = "", b""
    async for part in response.aiter_bytes():
        *lines, rest = (rest + part).split(b"\n")
        for field, _, value in (line.rstrip(b"\r").partition(b":") for line in lines):
            if field == b"event":
                name = value.decode().strip()
            elif field == b"data":
                yield name, value
            elif not field:
                name = ""


def _posts(messages: Sequence[bytes | str]) -> Iterator[bytes]:
    """The messages, a line each, in as few posts as they fit in."""
    content = b""
    for message in messages:
        line = (message if isinstance(message, bytes) else message.encode()) + b"\n"
        if content and len(content) + len(line) > POST_BYTES:
            yield content
            content = b""
        content += line
    if content:
        yield content


def _code_in(said: bytes) -> int | None:
    try:
        code = dict(json.loads(said)).get("code")
    except (ValueError, TypeError):
        raise ProtocolError("The server's `close` is not what the protocol says.") from None
    return code if isinstance(code, int) else None
