"""One of the cast, against a server in memory that can be told to misbehave."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from typing import Any, TypeVar

import pytest

from realtime.rooms.commands import Post
from tests.builders import ana
from tests.client.peer import Peer
from web.demo.actor import Actor
from web.demo.dial import Dial
from web.demo.tasks import begun

T = TypeVar("T")
SECRET = b"a secret of the tests, 32 bytes.."


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with Peer() as peer:
        peer.opened("r1")
        yield peer


@pytest.fixture
async def actor(peer: Peer) -> AsyncIterator[Actor]:
    actor = Actor(Dial(peer.url, SECRET), ana, "r1", again_s=0.01)
    yield actor
    await actor.leave()


def post(name: str = "first") -> Post:
    return Post(id=name, room="r1", text="Methaemoglobin.")


async def within(wish: Awaitable[T]) -> T:
    async with asyncio.timeout(5):
        return await wish


def said(peer: Peer) -> list[Any]:
    return [entry["id"] for entry in peer.logs["r1"][1:]]


async def test_what_is_on_record_is_answered_with_nothing(peer: Peer, actor: Actor) -> None:
    assert await within(actor.command(post())) is None
    assert said(peer) == ["first"]


async def test_it_is_seen_typing(peer: Peer, actor: Actor) -> None:
    await within(actor.command(post()))
    await actor.typing(True)
    await peer.until(lambda: {"t": "typing", "room": "r1", "on": True} in peer.heard)


async def test_whoever_only_follows_says_so(peer: Peer) -> None:
    viewer = Actor(Dial(peer.url, SECRET), ana, "r1", follows=True)
    await peer.until(lambda: bool(peer.heard))
    assert peer.heard[0]["as"] == "follow"
    await viewer.leave()


async def test_a_command_whose_answer_was_lost_is_sent_again_and_made_once(peer: Peer, actor: Actor) -> None:
    peer.lose_answers = 1
    assert await within(actor.command(post())) is None
    assert peer.handshakes == 2
    assert said(peer) == ["first"]


async def test_a_command_is_sent_again_when_it_was_told_to_come_back(peer: Peer, actor: Actor) -> None:
    peer.answers = [{"t": "error", "code": "rate_limited", "message": "Wait.", "retry_after_ms": 1}]
    assert await within(actor.command(post())) is None
    assert said(peer) == ["first"]


async def test_a_refusal_is_passed_on(peer: Peer, actor: Actor) -> None:
    await within(actor.command(post()))
    again = Post(id="first", room="r1", text="Something else.")
    assert await within(actor.command(again)) == "conflict"


async def test_whoever_may_not_enter_is_refused_whatever_they_ask(peer: Peer) -> None:
    stranger = Actor(Dial(peer.url, SECRET), ana, "r2")
    assert await within(stranger.command(post())) == "not_found"
    assert await within(stranger.command(post("second"))) == "not_found"
    await stranger.leave()


async def test_whoever_is_sent_out_gets_no_answer_any_more_and_does_not_wait_for_one(peer: Peer, actor: Actor) -> None:
    await within(actor.command(post()))
    peer.hold_acks = True
    waiting = asyncio.create_task(actor.command(post("second")))
    await peer.until(lambda: "second" in said(peer))
    await peer.say({"t": "left", "room": "r1", "code": "removed"})
    assert await within(waiting) == "removed"


async def test_a_seat_that_cannot_be_had_now_is_asked_for_again(peer: Peer, actor: Actor) -> None:
    await within(actor.command(post()))
    await peer.say({"t": "error", "re": "seat", "code": "unavailable", "message": "Later."})
    await peer.until(lambda: peer.handshakes == 2)
    assert await within(actor.command(post("second"))) is None


async def test_a_part_that_fails_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise KeyError("who")

    await asyncio.wait([begun(work())])
    [record] = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "a part of the demo failed")
