"""A client of an event stream that knows the wire and nothing of ours: it listens to one request, and posts others."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Final, Self

import httpx

from tests.endtoend.raw import Frame, Raw

CONNECTION: Final = "Curbside-Connection"


class Streamed(Raw):
    """One event stream. `posts_to` is where its frames are posted; `key` with what."""

    def __init__(self, response: httpx.Response, http: httpx.AsyncClient, posts_to: str) -> None:
        self.key = ""
        self.posts_to = posts_to
        self.response = response
        self._http = http
        self._code: int | None = None
        self._reads = asyncio.Event()
        self._reads.set()
        super().__init__(None, "json")

    @classmethod
    async def open(cls, address: str, ticket: str, posts_to: str) -> Self:  # type: ignore[override]
        """A stream from `address` that was greeted. Raises `HTTPStatusError` where it is refused."""
        http = httpx.AsyncClient(trust_env=False, timeout=httpx.Timeout(15, read=None))
        asked = http.build_request("GET", f"http://{address}/sse", params={"ticket": ticket})
        response = await http.send(asked, stream=True)
        if response.is_error:
            await http.aclose()
        response.raise_for_status()
        streamed = cls(response, http, posts_to)
        welcome = await streamed.next("welcome")
        streamed.me, streamed.key = welcome["me"], welcome["connection"]
        return streamed

    async def send(self, t: str, **fields: Any) -> None:
        answer = await self.post({"t": t, **fields})
        if answer.status_code != 202:
            raise ConnectionError(f"the post was refused ({answer.status_code})")

    async def post(self, *frames: Frame, **headers: str) -> httpx.Response:
        """The answer to one post of these frames."""
        body = "".join(f"{json.dumps(frame)}\n" for frame in frames)
        named = {CONNECTION: self.key, "Content-Type": "application/x-ndjson"} | headers
        return await self._http.post(f"http://{self.posts_to}/frames", content=body, headers=named)

    def stall(self) -> None:
        """Read no more of the stream until `read_on`."""
        self._reads.clear()

    def read_on(self) -> None:
        """Read again."""
        self._reads.set()

    @property
    def close_code(self) -> int | None:
        return self._code

    async def cut(self) -> None:
        await self.hang_up()

    async def hang_up(self) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self.response.aclose()
        await self._http.aclose()

    async def _keep(self) -> None:
        try:
            async for name, said in self._events():
                if name == "close":
                    self._code = said["code"]
                else:
                    self.frames.append(said)
                self._news.set()
        except httpx.TransportError:
            pass
        finally:
            self._news.set()

    async def _events(self) -> AsyncIterator[tuple[str, Frame]]:
        name = ""
        async for line in self.response.aiter_lines():
            await self._reads.wait()
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)
                name = ""
