from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from realtime.errors import Unavailable
from realtime.rooms.refusals import Refusal, Refused
from tests.builders import ana
from tests.web.house import house
from web.api.problems import HANDLERS, STATUSES, Bugs, Problem

CANARY = "Zebrawood Q. Patientname"


def client(raised: Exception) -> httpx.AsyncClient:
    """A client of an app whose one endpoint raises this."""

    async def endpoint(_: Request) -> Response:
        raise raised

    app = Starlette(routes=[Route("/", endpoint)], middleware=[Middleware(Bugs)], exception_handlers=dict(HANDLERS))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver")


@pytest.mark.parametrize("refusal", list(Refusal))
async def test_a_refusal_is_the_wire_s_code_and_sentence(refusal: Refusal) -> None:
    answer = await client(Refused(refusal)).get("/")
    assert answer.status_code == STATUSES[refusal.code]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == refusal.code
    assert answer.json()["detail"] == refusal.message


async def test_what_is_away_says_when_to_come_back() -> None:
    answer = await client(Unavailable()).get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json() == {
        "title": "Service Unavailable",
        "status": 503,
        "detail": str(Unavailable()),
        "code": "unavailable",
        "retry_after_ms": 1_000,
    }


async def test_a_bug_is_a_bare_500_and_one_line_of_where(caplog: pytest.LogCaptureFixture) -> None:
    answer = await client(ValueError(CANARY)).get("/")
    assert answer.json() == {"title": "Internal Server Error", "status": 500}
    assert len(caplog.records) == 1
    assert CANARY not in caplog.text
    assert "GET / failed: builtins.ValueError at " in caplog.text
    assert "test_problems.py" in caplog.text


async def test_a_bug_in_the_middle_of_an_answer_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def endpoint(_: Request) -> Response:
        async def parts() -> AsyncIterator[bytes]:
            yield b"half"
            raise ValueError(CANARY)

        return StreamingResponse(parts())

    app = Starlette(routes=[Route("/", endpoint)], middleware=[Middleware(Bugs)])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with pytest.raises(AssertionError):
        await httpx.AsyncClient(transport=transport, base_url="http://testserver").get("/")
    assert len(caplog.records) == 1
    assert CANARY not in caplog.text


def test_a_problem_does_not_show_its_detail_when_logged() -> None:
    assert CANARY not in repr(Problem(422, "invalid", CANARY)) + str(Problem(422, "invalid", CANARY))


async def test_addresses_and_methods_that_are_not_there_are_problems(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        missing = await home.client(ana).get("/api/nothing")
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        method = await home.client(ana).put("/api/cases")
        assert (method.status_code, method.json()["code"]) == (405, "invalid")
        assert "GET" in method.headers["allow"]
        for answer in (missing, method):
            assert answer.headers["content-type"] == "application/problem+json"
