"""The line that a drill spoils, by real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from drill.proxy import Proxy, proxied

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def echoing() -> AsyncIterator[int]:
    """The port of a server that sends back each line that it gets."""
    writers: list[asyncio.StreamWriter] = []

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()


@asynccontextmanager
async def talking() -> AsyncIterator[tuple[Proxy, Line]]:
    """A proxy before a server that echoes, and a line through it."""
    async with echoing() as port, proxied(port, Random(1)) as proxy:
        line = await asyncio.open_connection("127.0.0.1", proxy.port)
        try:
            yield proxy, line
        finally:
            line[1].transport.abort()


async def said(line: Line, words: bytes) -> bytes:
    """What comes back."""
    reader, writer = line
    writer.write(words)
    async with asyncio.timeout(5):
        return await reader.readline()


async def ended(line: Line) -> bool:
    """Whether the line is over."""
    async with asyncio.timeout(5):
        try:
            return await line[0].read() == b""
        except ConnectionError:
            return True


async def test_a_sound_line_passes_everything_on() -> None:
    async with talking() as (_, line):
        assert [await said(line, b"one\n"), await said(line, b"two\n")] == [b"one\n", b"two\n"]


async def test_a_line_in_pieces_and_slow_passes_everything_on_in_order() -> None:
    async with talking() as (proxy, line):
        proxy.piece, proxy.delay_s = 3, 0.001
        assert await said(line, b"a longer line than three letters\n") == b"a longer line than three letters\n"


async def test_cut_lines_are_over_and_new_ones_work() -> None:
    async with talking() as (proxy, line):
        await said(line, b"one\n")
        await proxy.cut()
        assert await ended(line)
        another = await asyncio.open_connection("127.0.0.1", proxy.port)
        assert await said(another, b"two\n") == b"two\n"
        another[1].transport.abort()


@pytest.mark.parametrize("up", [True, False])
async def test_a_silent_line_says_nothing_until_it_is_healed(up: bool) -> None:
    async with talking() as (proxy, line):
        await said(line, b"one\n")
        proxy.silence(up=up, down=not up)
        line[1].write(b"two\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(line[0].readline(), 0.2)
        proxy.heal()
        assert await asyncio.wait_for(line[0].readline(), 5) == b"two\n"


async def test_a_reply_can_be_lost_after_it_was_made() -> None:
    async with talking() as (proxy, line):
        await said(line, b"one\n")
        proxy.losing = 1
        line[1].write(b"two\n")
        assert await ended(line)
        assert (proxy.lost, proxy.losing) == (1, 0)


async def test_a_refusing_line_ends_at_once() -> None:
    async with talking() as (proxy, _):
        proxy.refusing = True
        line = await asyncio.open_connection("127.0.0.1", proxy.port)
        assert await ended(line)
        line[1].transport.abort()


async def test_a_forgotten_line_says_nothing_ever_again_and_new_ones_work() -> None:
    async with talking() as (proxy, line):
        await said(line, b"one\n")
        proxy.silence()
        line[1].write(b"two\n")
        proxy.forget()
        proxy.heal()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(line[0].readline(), 0.2)
        another = await asyncio.open_connection("127.0.0.1", proxy.port)
        assert await said(another, b"three\n") == b"three\n"
        await proxy.cut_forgotten()
        assert await ended(line)
        assert await said(another, b"four\n") == b"four\n"
        another[1].transport.abort()
