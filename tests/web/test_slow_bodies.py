"""A body that does not come: who sends it drop by drop holds nothing for long."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from web.api import answers
from web.api.problems import Problem


async def test_a_body_that_does_not_come_is_answered_with_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "BODY_S", 0.01)
    sent: list[Message] = [{"type": "http.request", "body": b'{"a', "more_body": True}]

    async def receive() -> Message:
        return sent.pop() if sent else await asyncio.Future()

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    with pytest.raises(Problem) as refused:
        await answers.body(Request(scope, receive), dict)
    assert (refused.value.status, refused.value.code) == (408, "unavailable")
