"""The client where no WebSocket passes: event streams and posts in its place."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, TypeVar

import pytest

from client.backoff import Backoff
from client.client import Client
from client.errors import ProtocolError, SignInRefused
from client.stream_line import POST_BYTES, _posts
from tests.client.network import Answer, StrictNetwork

T = TypeVar("T")
UNKNOWN: Answer = (401, "application/problem+json", "{}")


def client(network: StrictNetwork, **options: Any) -> Client:
    given: dict[str, Any] = {"token": "ana", "backoff": lambda: Backoff(base_s=0.01, cap_s=0.01)} | options
    return Client(network.url, **given)


async def within(wish: Awaitable[T]) -> T:
    async with asyncio.timeout(5):
        return await wish


@pytest.mark.parametrize("upgrades", [(403, "text/html", ""), (200, "text/html", "Welcome to the ward's Wi-Fi")])
async def test_where_a_network_answers_for_the_server_a_stream_is_taken_at_once(upgrades: Answer) -> None:
    async with StrictNetwork(upgrades) as network, client(network) as ana:
        assert ana.me["person"] == "ana"
        assert network.asked == ["/ws", "/sse"]


async def test_what_is_sent_is_posted_in_order_with_the_key_of_the_stream() -> None:
    async with StrictNetwork() as network, client(network) as ana:
        for seq in range(3):
            ana.seen("r1", seq)
        await network.until(lambda: len(network.frames) == 1)
        assert [frame["seq"] for frame in network.frames[0]] == [0, 1, 2]
        assert network.keys == {"key1"}


async def test_a_command_is_posted_until_it_is_answered_over_the_stream() -> None:
    async with StrictNetwork() as network, client(network) as ana:
        answer = asyncio.create_task(ana.post("r1", "Säure ✓"))
        await network.until(lambda: len(network.frames) == 1)
        (frame,) = network.frames[0]
        await network.say({"t": "ack", "re": frame["id"], "room": "r1", "seq": 2, "at": 1})
        assert (await within(answer)).seq == 2


@pytest.mark.parametrize("status", [429, 503])
async def test_a_post_that_may_not_have_arrived_is_sent_again_before_the_next(status: int) -> None:
    async with StrictNetwork() as network, client(network) as ana:
        network.posts = [status]
        ana.seen("r1", 1)
        await network.until(lambda: network.asked[-1] == "/frames")
        ana.seen("r1", 2)
        await network.until(lambda: len(network.frames) == 2)
        assert [[frame["seq"] for frame in frames] for frames in network.frames] == [[1], [2]]


async def test_after_the_end_of_a_stream_the_next_one_is_opened_and_the_command_sent_again() -> None:
    async with StrictNetwork() as network, client(network) as ana:
        answer = asyncio.create_task(ana.post("r1", "Antivenom."))
        await network.until(lambda: len(network.frames) == 1)
        await network.end(1012)
        await network.until(lambda: len(network.frames) == 2)
        assert network.frames[0] == network.frames[1] and network.keys == {"key1", "key2"}
        await network.say({"t": "ack", "re": network.frames[0][0]["id"], "room": "r1", "seq": 2, "at": 1})
        assert (await within(answer)).seq == 2


async def test_a_stream_that_takes_no_posts_is_left_for_another() -> None:
    async with StrictNetwork() as network, client(network) as ana:
        network.posts = [404]
        ana.seen("r1", 1)
        await network.until(lambda: network.opened == 2)


async def test_text_with_every_kind_of_line_end_comes_whole() -> None:
    text = "a\u2028b\u0085c\x0bd\r\ne"
    async with StrictNetwork() as network, client(network) as ana:
        await network.say({"t": "notice", "notice": "n1", "text": text})
        assert (await within(anext(ana.notices)))["text"] == text


async def test_a_sign_in_that_ends_ends_the_client() -> None:
    async with StrictNetwork() as network, client(network) as ana:
        await network.end(4401)
        with pytest.raises(SignInRefused):
            await within(anext(ana.notices))


async def test_a_stream_takes_a_ticket_of_its_own() -> None:
    tickets = iter(["t1", "t2"])

    async def ticket() -> str:
        return next(tickets)

    async with StrictNetwork() as network, client(network, token=None, ticket=ticket):
        assert network.asked == ["/ws?ticket=t1", "/sse?ticket=t2"]


async def test_who_is_unknown_to_the_server_is_told_so_and_no_stream_is_tried() -> None:
    async with StrictNetwork(upgrades=UNKNOWN) as network:
        with pytest.raises(SignInRefused):
            await within(client(network).__aenter__())
        assert network.asked == ["/ws"]


async def test_who_is_unknown_behind_a_strict_network_is_told_so() -> None:
    async with StrictNetwork(streams=UNKNOWN) as network:
        with pytest.raises(SignInRefused):
            await within(client(network).__aenter__())


async def test_where_neither_is_taken_the_client_stops() -> None:
    async with StrictNetwork(streams=(404, "text/html", "")) as network:
        with pytest.raises(ProtocolError, match="HTTP 404"):
            await within(client(network).__aenter__())


async def test_a_server_that_is_busy_is_no_strict_network() -> None:
    async with StrictNetwork(upgrades=(503, "text/html", "")) as network:
        entering = asyncio.create_task(client(network).__aenter__())
        await network.until(lambda: len(network.asked) == 4)
        entering.cancel()
        with suppress(asyncio.CancelledError):
            await entering
        assert set(network.asked) == {"/ws"}


def test_what_waits_goes_in_as_few_posts_as_it_fits_in() -> None:
    messages = ["x" * 60_000, "y" * 60_000, "z" * 60_000]
    posts = list(_posts(messages))
    assert [len(post) for post in posts] == [120_002, 60_001]
    assert b"".join(posts).decode().split() == messages and max(map(len, posts)) <= POST_BYTES
