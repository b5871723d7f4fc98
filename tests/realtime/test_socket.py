"""Bytes to frames and back, wherever the network cuts them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from websockets.frames import Frame, Opcode

from realtime import parsing
from tests.builders import ana
from tests.live import Caller, LiveNode, site


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


def ping(n: int) -> bytes:
    return Frame(Opcode.BINARY, msgspec.msgpack.encode({"t": "ping", "n": n})).serialize(mask=True)


def answered(caller: Caller) -> list[int]:
    return [frame["n"] for frame in caller.of("pong")]


async def test_frames_are_whole_wherever_they_are_cut(node: LiveNode) -> None:
    sent = b"".join(ping(n) for n in range(5))
    for size in range(1, len(sent)):
        caller = node.call(ana)
        for start in range(0, len(sent), size):
            caller.send_bytes(sent[start : start + size])
        assert answered(caller) == list(range(5))
        caller.close()


async def test_two_connections_in_the_middle_of_a_message_do_not_mix(node: LiveNode) -> None:
    first, second = node.call(ana), node.call(ana)
    ours, theirs = ping(1), ping(2)
    for at in range(max(len(ours), len(theirs))):
        first.send_bytes(ours[at : at + 1])
        second.send_bytes(theirs[at : at + 1])
    assert (answered(first), answered(second)) == ([1], [2])


async def test_an_idle_connection_holds_no_parser(node: LiveNode) -> None:
    caller = node.call(ana)
    held = []
    for piece in (ping(1), ping(2)[:3], ping(2)[3:]):
        caller.send_bytes(piece)
        held.append(caller.connection._parsing is not None)
    assert held == [False, True, False]
    assert len(parsing._lent[False]) <= parsing.MOST_LENT


async def test_fragments_make_one_message_with_control_frames_between(node: LiveNode) -> None:
    caller = node.call(ana)
    message = msgspec.msgpack.encode({"t": "ping", "n": 7})
    caller.send_bytes(Frame(Opcode.BINARY, message[:3], fin=False).serialize(mask=True))
    caller.send_bytes(Frame(Opcode.PING, b"here?").serialize(mask=True))
    assert answered(caller) == []
    caller.send_bytes(Frame(Opcode.CONT, message[3:]).serialize(mask=True))
    assert answered(caller) == [7]


async def test_fragments_count_together_against_the_limit(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.send_bytes(Frame(Opcode.BINARY, b"\0" * 40_000, fin=False).serialize(mask=True))
    caller.send_bytes(Frame(Opcode.CONT, b"\0" * 40_000).serialize(mask=True))
    assert await caller.closed() == 1009


async def test_a_close_is_answered_with_its_code(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.send_bytes(Frame(Opcode.CLOSE, b"\x03\xe8").serialize(mask=True))
    assert await caller.closed() == 1000
    assert len(node.hub.connections) == 0


async def test_whoever_is_silent_is_asked_and_then_aborted(node: LiveNode) -> None:
    caller = node.call(ana)
    now_s = asyncio.get_running_loop().time()
    node.hub.connections.look_at(caller.connection, now_s + 7, 0)
    assert not caller.is_closing()
    node.hub.connections.look_at(caller.connection, now_s + 13, 0)
    assert caller.aborted


async def test_a_reader_that_stalls_for_ten_seconds_is_closed_as_too_slow(node: LiveNode) -> None:
    caller = node.call(ana)
    caller.stall()
    now_s = asyncio.get_running_loop().time()
    node.hub.connections.look_at(caller.connection, now_s + 9, 0)
    assert not caller.is_closing()
    node.hub.connections.look_at(caller.connection, now_s + 11, 0)
    assert caller.close_code == 4408


async def test_a_sign_in_that_has_expired_ends_its_connections(node: LiveNode) -> None:
    caller = node.call(ana)
    node.hub.connections.look_at(caller.connection, asyncio.get_running_loop().time(), 2**52)
    assert await caller.closed() == 4401


async def test_the_answer_to_a_ping_takes_no_parser_but_one_in_the_middle_of_a_message_does(node: LiveNode) -> None:
    caller = node.call(ana)
    pong = Frame(Opcode.PONG, b"").serialize(mask=True)
    caller.connection.heard_at = 0
    caller.send_bytes(pong)
    assert caller.connection.heard_at > 0 and caller.connection._parsing is None
    message = msgspec.msgpack.encode({"t": "ping", "n": 7})
    caller.send_bytes(Frame(Opcode.BINARY, message[:3], fin=False).serialize(mask=True))
    caller.send_bytes(pong)
    caller.send_bytes(pong[:4])
    caller.send_bytes(pong[4:] + Frame(Opcode.CONT, message[3:]).serialize(mask=True))
    assert answered(caller) == [7]


async def test_thousands_of_quiet_connections_are_not_asked_in_one_burst(node: LiveNode) -> None:
    callers = [node.call(msgspec.structs.replace(ana, id=f"ana{n}")) for n in range(400)]
    for caller in callers:
        caller.connection.heard_at -= 7
    before = [caller.writes for caller in callers]
    # However long that took: a loop that was late would excuse them, and the node would look at them besides.
    await node.hub._clock.close()
    node.hub._swept_s = asyncio.get_running_loop().time() - 1.0
    sweep = asyncio.get_running_loop().create_task(node.hub._sweep())
    await asyncio.sleep(0)
    asked = sum(caller.writes - was for caller, was in zip(callers, before, strict=True))
    assert 0 < asked <= 20
    await sweep
    assert all(caller.writes == was + 1 for caller, was in zip(callers, before, strict=True))
