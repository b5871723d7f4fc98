"""The client's HTTP requests, against a server that answers as it is told. They need no connection to be entered."""

import asyncio
import json
from typing import Any, Self

import pytest

from client.backoff import Backoff
from client.client import Client
from client.errors import RefusedByServer

WISH: dict[str, Any] = {"title": "Chest pain", "specialties": ["cardiology"]}
CREATED = (201, "", {"id": "c1"})
PROBLEM = {"title": "Bad Request", "detail": "A case needs a title.", "code": "invalid"}
NO_ANSWER = (0, "", None)


class Answering:
    """Answers each request with the next of `answers` (status, further headers, JSON), and keeps what was asked."""

    def __init__(self, *answers: tuple[int, str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str], Any]] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def client(self, **sign_in: str) -> Client:
        sign_in = sign_in or {"token": "cleo"}
        return Client(self.url, backoff=lambda: Backoff(base_s=0.01, cap_s=0.01), **sign_in)  # type: ignore[arg-type]

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value for name, value in (header.split(": ", 1) for header in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.asked.append((line, headers, json.loads(body) if body else None))
        status, more, content = self.answers.pop(0)
        if status:
            answer = json.dumps(content)
            head = f"HTTP/1.1 {status} .\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n{more}\r\n"
            writer.write((head + answer).encode())
        writer.close()


async def test_opening_a_case_gives_its_id() -> None:
    async with Answering(CREATED) as http:
        assert await http.client().open_case(**WISH) == "c1"
    line, headers, content = http.asked[0]
    assert line == "POST /api/cases HTTP/1.1"
    assert headers["authorization"] == "Bearer cleo"
    assert len(headers["idempotency-key"]) == 36
    assert content == WISH


@pytest.mark.parametrize("lost", [NO_ANSWER, (503, "", {"title": "Draining"}), (502, "Retry-After: 0\r\n", "?")])
async def test_case_whose_answer_was_lost_is_asked_for_again_under_its_key(lost: tuple[int, str, Any]) -> None:
    async with Answering(lost, lost, CREATED) as http:
        assert await http.client().open_case(**WISH) == "c1"
    assert len({headers["idempotency-key"] for _, headers, _ in http.asked}) == 1


async def test_waits_as_long_as_the_server_says() -> None:
    busy = (429, "Retry-After: 1\r\n", {"title": "Too Many Requests", "code": "rate_limited", "retry_after_ms": 200})
    async with Answering(busy, CREATED) as http:
        loop = asyncio.get_running_loop()
        asked_at_s = loop.time()
        await http.client().open_case(**WISH)
        assert loop.time() - asked_at_s >= 0.2


async def test_refusal_is_raised_with_its_code_and_sentence() -> None:
    async with Answering((422, "", PROBLEM)) as http:
        with pytest.raises(RefusedByServer) as refused:
            await http.client().open_case()
    assert (refused.value.code, refused.value.message) == ("invalid", "A case needs a title.")


async def test_refusal_that_is_no_problem_document_is_raised_with_its_status() -> None:
    async with Answering((404, "", "nothing here")) as http:
        with pytest.raises(RefusedByServer) as refused:
            await http.client().get("/api/archive/c1")
    assert refused.value.code == "404"


async def test_cookie_comes_with_the_servers_own_origin() -> None:
    async with Answering((200, "", {"cases": []})) as http:
        assert await http.client(cookie="session=x").get("/api/archive") == {"cases": []}
        _, headers, _ = http.asked[0]
        assert (headers["cookie"], headers["origin"]) == ("session=x", http.url)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "ws://127.0.0.1", "127.0.0.1:8000"])
def test_server_is_named_by_its_http_address(url: str) -> None:
    with pytest.raises(ValueError, match="http"):
        Client(url, token="cleo")
