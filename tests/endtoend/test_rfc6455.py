"""The WebSocket protocol itself (RFC 6455 §§5-7), frame by frame and byte by byte, against the real socket layer."""

import asyncio
import os
import socket
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, NamedTuple
from zlib import DEFLATED, MAX_WBITS, compressobj

import pytest
from websockets.frames import Opcode

TEXT, BINARY, CONT = Opcode.TEXT, Opcode.BINARY, Opcode.CONT
CLOSE, PING, PONG = Opcode.CLOSE, Opcode.PING, Opcode.PONG
PATIENCE_S: Final = 10.0
MASK: Final = b"\x37\xfa\x21\x3d"
HELLO: Final = "Hello-µ@ßöäüàá-UTF-8!!".encode()


class Got(NamedTuple):
    """A frame of the server's."""

    opcode: int
    payload: bytes
    compressed: bool = False


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, mask: bytes | None = MASK) -> bytes:
    """A client's frame. `mask` None sends it unmasked, which is an error."""
    head = bytes([fin << 7 | rsv << 4 | opcode])
    masked = 0x80 if mask is not None else 0
    if len(payload) < 126:
        head += bytes([masked | len(payload)])
    elif len(payload) < 65_536:
        head += struct.pack("!BH", masked | 126, len(payload))
    else:
        head += struct.pack("!BQ", masked | 127, len(payload))
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))


def close(code: int | None = 1000, reason: bytes = b"") -> bytes:
    """A close frame, with a code or with nothing."""
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


class Line:
    """A WebSocket, as bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, extensions: str) -> None:
        self.extensions = extensions
        self._reader = reader
        self._writer = writer

    async def send(self, *parts: bytes) -> None:
        """Send these, each in a packet of its own."""
        for part in parts:
            self._writer.write(part)
            await self._writer.drain()
            await asyncio.sleep(0)

    async def next(self) -> Got:
        """The next frame. Raises `EOFError` where the line ends first."""
        async with asyncio.timeout(PATIENCE_S):
            head, length = await self._reader.readexactly(2)
            assert not length & 0x80, "a server does not mask"
            if length == 126:
                (length,) = struct.unpack("!H", await self._reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self._reader.readexactly(8))
            payload = await self._reader.readexactly(length)
        assert head & 0x80, "the server does not fragment"
        return Got(head & 0x0F, payload, bool(head & 0x40))

    async def ended(self) -> tuple[list[Got], int | None]:
        """What comes until the line ends, but for the close frame; and its code, None where there is none."""
        found: list[Got] = []
        while True:
            try:
                got = await self.next()
            except (EOFError, ConnectionError):
                return found, None
            if got.opcode == CLOSE:
                async with asyncio.timeout(PATIENCE_S):
                    assert await self._reader.read() == b"", "nothing follows a close"
                return found, struct.unpack("!H", got.payload[:2])[0] if got.payload else 1005
            found.append(got)

    def hang_up(self) -> None:
        """End the line."""
        self._writer.close()


@pytest.fixture(scope="module")
def echo() -> Iterator[int]:
    """The port of the echo."""
    command = [sys.executable, "-m", "tests.echo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline().rpartition(":")[2])
        yield port
        server.terminate()


@asynccontextmanager
async def line(port: int, extensions: str = "") -> AsyncIterator[Line]:
    """A line to the echo, past its handshake."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    offer = f"Sec-WebSocket-Extensions: {extensions}\r\n" if extensions else ""
    writer.write(
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("HTTP/1.1 101 ")
    assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
    agreed = [row.partition(": ")[2] for row in head.splitlines() if row.startswith("Sec-WebSocket-Extensions")]
    made = Line(reader, writer, agreed[0] if agreed else "")
    try:
        yield made
    finally:
        made.hang_up()


async def outcome(port: int, *parts: bytes) -> tuple[list[Got], int | None]:
    """What the echo says to `parts` until the line ends."""
    async with line(port) as made:
        await made.send(*parts)
        return await made.ended()


# §5.6: data frames, of every way to write their length


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 128, 65_535, 65_536, 1_000_000])
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
async def test_a_message_comes_back_as_it_was(echo: int, opcode: int, size: int) -> None:
    payload = b"*" * size if opcode == TEXT else os.urandom(size)
    assert await outcome(echo, frame(opcode, payload), close()) == ([Got(opcode, payload)], 1000)


async def test_a_message_may_come_in_any_pieces(echo: int) -> None:
    sent = frame(TEXT, HELLO * 5)
    chopped = [sent[n : n + 1] for n in range(len(sent))]
    assert await outcome(echo, *chopped, close()) == ([Got(TEXT, HELLO * 5)], 1000)


async def test_a_length_that_was_written_longer_than_need_be_is_read_all_the_same(echo: int) -> None:
    long_winded = bytes([0x82, 0xFF]) + struct.pack("!Q", 2) + b"\0\0\0\0hi"
    assert await outcome(echo, long_winded, frame(TEXT, b"and on"), close()) == (
        [Got(BINARY, b"hi"), Got(TEXT, b"and on")],
        1000,
    )


# §5.5: control frames


@pytest.mark.parametrize("payload", [b"", b"Hello, world!", bytes(range(0xFA, 0x100)), b"\xfe" * 125])
async def test_a_ping_is_answered_with_what_it_brought(echo: int, payload: bytes) -> None:
    assert await outcome(echo, frame(PING, payload), close()) == ([Got(PONG, payload)], 1000)


async def test_ten_pings_are_answered_in_their_order_however_they_are_cut(echo: int) -> None:
    pings = b"".join(frame(PING, str(n).encode()) for n in range(10))
    expected = ([Got(PONG, str(n).encode()) for n in range(10)], 1000)
    assert await outcome(echo, pings + close()) == expected
    assert await outcome(echo, *[pings[n : n + 1] for n in range(len(pings))], close()) == expected


async def test_a_pong_that_nobody_asked_for_is_nothing(echo: int) -> None:
    parts = frame(PONG), frame(PONG, b"unsolicited"), frame(PING, b"asked"), close()
    assert await outcome(echo, *parts) == ([Got(PONG, b"asked")], 1000)


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
@pytest.mark.parametrize("wrong", ["too long", "in fragments"])
async def test_a_control_frame_is_short_and_whole(echo: int, opcode: int, wrong: str) -> None:
    bad = frame(opcode, b"\x03\xe8" + b"x" * 124) if wrong == "too long" else frame(opcode, b"\x03\xe8", fin=False)
    assert await outcome(echo, bad) == ([], 1002)


async def test_answers_come_in_the_order_of_what_was_sent(echo: int) -> None:
    parts = frame(TEXT, b"one") + frame(PING, b"two") + frame(TEXT, b"three") + frame(PING, b"four") + close()
    expected = [Got(TEXT, b"one"), Got(PONG, b"two"), Got(TEXT, b"three"), Got(PONG, b"four")]
    assert await outcome(echo, parts) == (expected, 1000)


# §5.2: reserved bits and opcodes, and the mask


@pytest.mark.parametrize("rsv", range(1, 8))
@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING, CLOSE])
async def test_reserved_bits_end_the_line_and_what_came_before_is_answered(echo: int, opcode: int, rsv: int) -> None:
    bad = frame(opcode, b"\x03\xe8", rsv=rsv)
    assert await outcome(echo, frame(TEXT, b"before") + bad) == ([Got(TEXT, b"before")], 1002)


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
@pytest.mark.parametrize("payload", [b"", b"reserved"])
async def test_reserved_opcodes_end_the_line(echo: int, opcode: int, payload: bytes) -> None:
    parts = frame(TEXT, b"before"), frame(opcode, payload), frame(PING)
    assert await outcome(echo, *parts) == ([Got(TEXT, b"before")], 1002)


@pytest.mark.parametrize("opcode", [TEXT, PING, CLOSE])
async def test_a_frame_without_a_mask_ends_the_line(echo: int, opcode: int) -> None:
    assert await outcome(echo, frame(opcode, b"", mask=None)) == ([], 1002)


# §5.4: fragments


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
async def test_fragments_are_one_message(echo: int, opcode: int) -> None:
    parts = frame(opcode, b"one", fin=False), frame(CONT, b"", fin=False), frame(CONT, b"two")
    assert await outcome(echo, *parts, close()) == ([Got(opcode, b"onetwo")], 1000)


async def test_a_ping_among_fragments_is_answered_before_the_message_is(echo: int) -> None:
    parts = [frame(TEXT, b"one", fin=False), frame(PING, b"now"), frame(CONT, b"two"), close()]
    expected = ([Got(PONG, b"now"), Got(TEXT, b"onetwo")], 1000)
    assert await outcome(echo, b"".join(parts)) == expected
    assert await outcome(echo, *parts) == expected


@pytest.mark.parametrize("fin", [True, False])
async def test_a_continuation_of_nothing_ends_the_line(echo: int, fin: bool) -> None:
    assert await outcome(echo, frame(CONT, b"of nothing", fin=fin), frame(TEXT, b"after")) == ([], 1002)
    after_one = frame(TEXT, b"one"), frame(CONT, b"of nothing", fin=fin)
    assert await outcome(echo, *after_one) == ([Got(TEXT, b"one")], 1002)


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
async def test_a_new_message_within_another_ends_the_line(echo: int, opcode: int) -> None:
    assert await outcome(echo, frame(TEXT, b"one", fin=False), frame(opcode, b"two")) == ([], 1002)


async def test_a_close_within_a_message_is_a_close(echo: int) -> None:
    parts = frame(TEXT, b"never ", fin=False), close(1000, b"bye"), frame(CONT, b"ends")
    assert await outcome(echo, *parts) == ([], 1000)


# §8.1: UTF-8

INVALID: Final[list[bytes]] = [
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
    b"\x80",
    b"\xbf",
    b"\xfe",
    b"\xff",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xf0\x80\x80\xaf",
    b"\xc1\xbf",
    b"\xed\xa0\x80",
    b"\xed\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\xf8\x88\x80\x80\x80",
    b"\xc3 ",
]
VALID: Final[list[str]] = [
    "",
    "κόσμε",
    "\0",
    "\x7f",
    "\u0080",
    "\u07ff",
    "\ud7ff",
    "\ufffd",
    "\ufffe",
    "\U0010ffff",
    "𝄞",
]


@pytest.mark.parametrize("text", VALID)
async def test_every_text_that_is_utf_8_comes_back_also_cut_within_a_character(echo: int, text: str) -> None:
    payload = text.encode()
    whole = frame(TEXT, payload)
    by_byte = [frame(TEXT, b"", fin=False), *(frame(CONT, bytes([byte]), fin=False) for byte in payload), frame(CONT)]
    expected = ([Got(TEXT, payload)], 1000)
    assert await outcome(echo, whole, close()) == expected
    assert await outcome(echo, *by_byte, close()) == expected
    assert await outcome(echo, *[whole[n : n + 1] for n in range(len(whole))], close()) == expected


@pytest.mark.parametrize("payload", INVALID)
async def test_text_that_is_no_utf_8_ends_the_line(echo: int, payload: bytes) -> None:
    assert await outcome(echo, frame(TEXT, payload), close()) == ([], 1007)
    assert await outcome(echo, frame(TEXT, b"", fin=False), frame(CONT, payload), close()) == ([], 1007)
    assert await outcome(echo, frame(BINARY, payload), close()) == ([Got(BINARY, payload)], 1000)


async def test_a_text_that_ends_within_a_character_ends_the_line(echo: int) -> None:
    assert await outcome(echo, frame(TEXT, "κ".encode()[:1]), close()) == ([], 1007)


async def test_it_ends_as_soon_as_a_fragment_is_wrong(echo: int) -> None:
    parts = frame(TEXT, "κόσμε".encode(), fin=False), frame(CONT, b"\xf4\x90\x80\x80", fin=False)
    assert await outcome(echo, *parts) == ([], 1007)


async def test_it_ends_within_a_frame_as_soon_as_a_byte_is_wrong(echo: int) -> None:
    sent = frame(TEXT, "κόσμε".encode() + b"\xf4\x90\x80\x80" + b"and much more that never comes" * 9)
    wrong_at = len(sent) - 9 * len(b"and much more that never comes") - 2
    assert await outcome(echo, *[sent[n : n + 1] for n in range(wrong_at)]) == ([], 1007)


# §7: the end

GOOD_CODES: Final = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
BAD_CODES: Final = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535]


@pytest.mark.parametrize("code", GOOD_CODES)
async def test_a_close_is_answered_with_its_code(echo: int, code: int) -> None:
    assert await outcome(echo, close(code, "auf Wiedersehen, µ".encode())) == ([], code)


async def test_a_close_without_a_code_is_answered(echo: int) -> None:
    assert await outcome(echo, close(None)) == ([], 1005)


@pytest.mark.parametrize("code", BAD_CODES)
async def test_a_code_that_nobody_may_send_is_an_error(echo: int, code: int) -> None:
    assert await outcome(echo, close(code)) == ([], 1002)


async def test_a_close_of_one_byte_is_an_error(echo: int) -> None:
    assert await outcome(echo, frame(CLOSE, b"\x03")) == ([], 1002)


async def test_a_reason_of_123_bytes_is_the_longest(echo: int) -> None:
    assert await outcome(echo, close(1000, b"*" * 123)) == ([], 1000)
    assert await outcome(echo, close(1000, b"*" * 124)) == ([], 1002)


async def test_a_reason_that_is_no_utf_8_is_an_error(echo: int) -> None:
    assert (await outcome(echo, close(1000, INVALID[0])))[1] in (1002, 1007)


async def test_what_follows_a_close_is_not_answered(echo: int) -> None:
    for late in (frame(TEXT, b"late"), frame(PING, b"late"), close(1001)):
        assert await outcome(echo, close() + late) == ([], 1000)
        assert await outcome(echo, close(), late) == ([], 1000)


# RFC 7692: compression


def deflated(payload: bytes) -> bytes:
    """`payload` as a compressed message has it (§7.2.1)."""
    packing = compressobj(9, DEFLATED, -MAX_WBITS)
    return (packing.compress(payload) + packing.flush(2)).removesuffix(b"\0\0\xff\xff")


async def compressed(port: int, *parts: bytes) -> tuple[list[Got], int | None]:
    async with line(port, "permessage-deflate; client_max_window_bits") as made:
        assert "permessage-deflate" in made.extensions
        assert "no_context_takeover" in made.extensions
        await made.send(*parts)
        return await made.ended()


@pytest.mark.parametrize("payload", [b"", b"x", HELLO * 40, bytes(100_000)])
async def test_a_compressed_message_comes_back(echo: int, payload: bytes) -> None:
    answers, code = await compressed(echo, frame(BINARY, deflated(payload), rsv=4), close())
    assert [answer.opcode for answer in answers] == [BINARY]
    assert code == 1000


async def test_where_compression_is_agreed_on_a_message_may_come_without(echo: int) -> None:
    answers, code = await compressed(echo, frame(TEXT, HELLO), close())
    assert (len(answers), code) == (1, 1000)


async def test_only_the_first_frame_of_a_message_says_that_it_is_compressed(echo: int) -> None:
    packed = deflated(HELLO * 40)
    parts = frame(TEXT, packed[:10], fin=False, rsv=4), frame(CONT, packed[10:])
    assert (await compressed(echo, *parts, close()))[1] == 1000
    again = frame(TEXT, packed[:10], fin=False, rsv=4), frame(CONT, packed[10:], rsv=4)
    assert await compressed(echo, *again, close()) == ([], 1002)


@pytest.mark.parametrize("opcode", [PING, CLOSE])
async def test_control_frames_are_never_compressed(echo: int, opcode: int) -> None:
    assert await compressed(echo, frame(opcode, b"", rsv=4)) == ([], 1002)


async def test_what_cannot_be_unpacked_ends_the_line(echo: int) -> None:
    answers, code = await compressed(echo, frame(BINARY, b"\xff" * 20, rsv=4), close())
    assert (answers, code) == ([], 1002)


async def test_compressed_text_that_is_no_utf_8_ends_the_line(echo: int) -> None:
    assert await compressed(echo, frame(TEXT, deflated(INVALID[0] * 50), rsv=4), close()) == ([], 1007)


@pytest.mark.parametrize(
    "offer", ["permessage-foo", "permessage-deflate; server_max_window_bits=99", "permessage-deflate; nonsense=1"]
)
async def test_an_offer_that_nobody_knows_is_not_taken_up(echo: int, offer: str) -> None:
    async with line(echo, offer) as made:
        assert made.extensions == ""


def test_the_tables_have_no_code_twice() -> None:
    codes: Sequence[int] = [*GOOD_CODES, *BAD_CODES]
    assert len(set(codes)) == len(codes)
