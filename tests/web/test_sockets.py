"""Sockets that were taken from their transports: real ones, on loopback."""

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from web.upgrade.narrowing import LEAST_BYTES, Narrowing
from web.upgrade.sockets import MOST_READ_A_TURN, Sockets

LONG = bytes(range(256)) * 32_768  # 8 MiB: more than the kernel keeps of it
RECEIVE_BYTES = 65_536
PATIENCE_S = 5.0


class End(asyncio.Protocol):
    """The server's end of one connection, on a socket that was taken."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.received = b""
        self.paused = self.resumed = 0
        self.error: BaseException | None = None
        self.lost = asyncio.Event()
        self._happened = asyncio.Event()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until this holds, for 5 s at the most."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._happened.clear()
                await self._happened.wait()

    def pause_writing(self) -> None:
        self.paused += 1

    def resume_writing(self) -> None:
        self.resumed += 1
        self._happened.set()

    def data_received(self, data: bytes) -> None:
        if data == b"bad":
            raise ValueError("as a bug would")
        self.received += data
        self._happened.set()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.error = exc
        self.lost.set()


class House:
    """Takes the socket of whoever connects."""

    def __init__(self) -> None:
        self.sockets = Sockets(asyncio.get_running_loop())
        self.taken: asyncio.Queue[tuple[End, Any]] = asyncio.Queue()
        self._server: asyncio.Server
        self._clients: list[socket.socket] = []

    async def open(self) -> None:
        house = self

        class Arriving(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                assert isinstance(transport, asyncio.Transport)
                end = End()
                end.transport = house.sockets.take(transport, end)
                house.taken.put_nowait((end, transport))

        self._server = await asyncio.get_running_loop().create_server(Arriving, "127.0.0.1", 0)

    async def connect(self) -> tuple[socket.socket, End]:
        """The client's end, a plain socket that does not block, and the server's."""
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        client.setblocking(False)
        self._clients.append(client)
        await asyncio.get_running_loop().sock_connect(client, self._server.sockets[0].getsockname())
        end, own = await self.taken.get()
        assert end.transport is not own, "the socket was not taken"
        return client, end

    async def close(self) -> None:
        self.sockets.close()
        self._server.close()
        await asyncio.sleep(0)
        for client in self._clients:
            client.close()


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    house = House()
    await house.open()
    yield house
    await house.close()


async def read(client: socket.socket, size: int) -> bytes:
    """`size` bytes, or all until the end where there are fewer."""
    data = b""
    async with asyncio.timeout(PATIENCE_S):
        while len(data) < size and (part := await asyncio.get_running_loop().sock_recv(client, 65_536)):
            data += part
    return data


async def comes(end: End, expected: bytes) -> None:
    await end.until(lambda: end.received == expected)


async def lost(end: End) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await end.lost.wait()


async def test_what_is_written_and_sent_arrives_at_once(house: House) -> None:
    client, end = await house.connect()
    end.transport.write(b"hello")
    end.transport.write(bytearray(b", you"))
    assert client.recv(10) == b"hello, you", "not in the same turn of the loop"
    client.send(b"good evening")
    await comes(end, b"good evening")
    assert not end.paused and end.transport.get_write_buffer_size() == 0


async def test_whoever_does_not_read_pauses_the_writer_and_misses_nothing(house: House) -> None:
    client, end = await house.connect()
    for start in range(0, len(LONG), 65_536):
        end.transport.write(LONG[start : start + 65_536])
    end.transport.write(b"and this")
    assert end.paused == 1 and end.transport.get_write_buffer_size() > 0
    client.send(b"still here")
    await comes(end, b"still here")
    assert not end.resumed
    assert await read(client, len(LONG) + 8) == LONG + b"and this"
    await end.until(lambda: bool(end.resumed))
    assert (end.paused, end.transport.get_write_buffer_size()) == (1, 0)


async def test_a_close_sends_what_is_left_first(house: House) -> None:
    client, end = await house.connect()
    end.transport.write(LONG)
    end.transport.close()
    assert end.transport.is_closing() and not end.lost.is_set()
    end.transport.write(b"too late")
    assert await read(client, len(LONG) + 1) == LONG
    await lost(end)
    assert end.error is None


async def test_an_abort_drops_it(house: House) -> None:
    client, end = await house.connect()
    end.transport.write(LONG)
    end.transport.abort()
    end.transport.abort()
    assert end.transport.get_write_buffer_size() == 0 and not end.lost.is_set()
    await lost(end)
    assert len(await read(client, len(LONG))) < len(LONG)


async def test_the_other_side_s_end_is_the_end(house: House) -> None:
    client, end = await house.connect()
    client.send(b"last words")
    client.close()
    await lost(end)
    assert (end.received, end.error) == (b"last words", None)


@pytest.mark.parametrize("unsent", [b"", LONG])
async def test_a_line_that_breaks_is_told_with_its_reason(house: House, unsent: bytes) -> None:
    client, end = await house.connect()
    if unsent:
        end.transport.write(unsent)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    await lost(end)
    assert isinstance(end.error, OSError)


async def test_a_write_on_a_broken_line_ends_it(house: House) -> None:
    client, end = await house.connect()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    end.transport.write(b"anybody?")
    assert end.transport.is_closing()
    await lost(end)
    assert isinstance(end.error, OSError)


async def test_a_bug_with_one_ends_that_one_only(house: House, caplog: pytest.LogCaptureFixture) -> None:
    (bad, bad_end), (good, good_end) = await house.connect(), await house.connect()
    bad.send(b"bad")
    good.send(b"good")
    await lost(bad_end)
    await comes(good_end, b"good")
    assert "as a bug would" in caplog.text


async def test_more_than_are_read_in_a_turn_are_all_read(house: House) -> None:
    ends = [await house.connect() for _ in range(MOST_READ_A_TURN + 10)]
    for client, _ in ends:
        client.send(b"here")
    for _, end in ends:
        await comes(end, b"here")
    assert all(end.received == b"here" and not end.lost.is_set() for _, end in ends)


async def test_descriptors_are_given_back(house: House) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        client, end = await house.connect()
        client.close()
        await lost(end)
    assert len(os.listdir("/proc/self/fd")) == before


async def test_without_a_free_descriptor_the_loop_s_transport_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> int:
        raise OSError(24, "Too many open files")

    _, end = await house.connect()
    monkeypatch.setattr("web.upgrade.sockets.os.dup", full)
    own, there = socket.socketpair()
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=own)
    assert house.sockets.take(transport, end) is transport and not transport.is_closing()
    transport.abort()
    there.close()


async def test_tls_keeps_the_loop_s_transport(house: House) -> None:
    class Encrypted(asyncio.Transport):
        def get_extra_info(self, name: str, default: Any = None) -> Any:
            return object() if name == "sslcontext" else default

    transport = Encrypted()
    assert house.sockets.take(transport, asyncio.Protocol()) is transport


async def test_a_goodbye_arrives_whatever_the_other_side_was_saying(house: House) -> None:
    client, end = await house.connect()
    client.send(b"x" * 60_000)
    end.transport.write(b"goodbye")
    end.transport.close()
    client.send(b"and another thing")
    assert await read(client, 100) == b"goodbye"
    assert not end.lost.is_set()
    client.close()
    await lost(end)
    assert (end.received, end.error) == (b"", None)


async def test_who_never_says_goodbye_is_not_waited_for_long(house: House) -> None:
    client, end = await house.connect()
    end.transport.close()
    await lost(end)
    assert (await read(client, 1), end.error) == (b"", None)


async def test_an_abort_waits_for_no_goodbye(house: House) -> None:
    _, end = await house.connect()
    end.transport.close()
    end.transport.abort()
    end.transport.abort()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert end.lost.is_set()


async def test_a_line_that_nobody_knows_yet_is_narrow(house: House) -> None:
    _, end = await house.connect()
    assert under_way(end) == 2 * LEAST_BYTES  # the kernel keeps as much again for its own records


async def test_a_line_that_takes_all_at_once_is_widened(house: House) -> None:
    client, end = await house.connect()
    house.sockets.narrowing = Narrowing(lambda: 0.0)
    end.transport.write(LONG)
    await read(client, len(LONG))
    await end.until(lambda: end.resumed == 1)
    assert under_way(end) > 2 * LEAST_BYTES


async def test_a_line_that_has_become_slow_is_narrow_again(house: House) -> None:
    client, end = await house.connect()
    times = iter([0.0, 0.0, *(hour * 3_600.0 for hour in range(10_000))])
    house.sockets.narrowing = Narrowing(lambda: next(times))
    end.transport.write(LONG[:65_536])
    house.sockets.narrowing.end(end.transport._fd)  # type: ignore[attr-defined]
    assert under_way(end) > 2 * LEAST_BYTES
    house.sockets.narrowing.begin(end.transport._fd)  # type: ignore[attr-defined]
    await read(client, 65_536)
    assert under_way(end) == 2 * LEAST_BYTES


def under_way(end: End) -> int:
    """The most that the kernel holds of what is written to this end."""
    own = socket.socket(fileno=end.transport._fd)  # type: ignore[attr-defined]
    try:
        return own.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    finally:
        own.detach()
