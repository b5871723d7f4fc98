"""Bytes of any kind, from the frame to the fold, guided by what they reach: `make fuzz`.

A frame is refused as the contract says, or decided on a room; what is decided can be folded, and encoded for every
audience. Anything else is a crash, and its bytes are kept.
"""

import sys
from typing import Any, Final

import atheris

with atheris.instrument_imports(include=["realtime"]):
    from realtime.errors import BadFrame, NotAFrame
    from realtime.parsing import Parsing
    from realtime.rooms.command import Command
    from realtime.rooms.commands import Post
    from realtime.rooms.copies import body_copy
    from realtime.rooms.decide import decide
    from realtime.rooms.events import Event, canonical, decoded
    from realtime.rooms.fold import fold, replay
    from realtime.rooms.pseudonyms import Pseudonyms
    from realtime.rooms.refusals import Refused
    from realtime.wire.encoding import decode, encode

from tests.builders import PEOPLE, Seat, ana, ask, ben, cleo, records, story

ROOM: Final = replay(
    story(
        (ana, ask(Post, text="Give antivenom now.")),
        (ben, ask(Post, text="Which snake?", reply_to="e2")),
        (cleo, ask(Post, text="A viper.")),
    )
)
NAMES: Final = Pseudonyms(b"a secret of the fuzzer, 32 bytes", "case1")


def one(data: bytes) -> None:
    """The first byte chooses what the rest is."""
    if len(data) < 2:
        return
    choice, rest = data[0], data[1:]
    if choice & 1:
        parsed(rest, deflate=bool(choice & 2))
    else:
        taken(rest, "json" if choice & 2 else "msgpack", list(PEOPLE.values())[choice % len(PEOPLE)])


def parsed(data: bytes, *, deflate: bool) -> None:
    """As a client's bytes on the line, cut in two."""
    parsing = Parsing(deflate)
    try:
        for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
            for _ in parsing.received(piece):
                pass
    except UnicodeDecodeError:
        pass


def taken(data: bytes, encoding: Any, person: Any) -> None:
    """As a frame of `person`."""
    try:
        frame = decode(data, encoding)
    except (BadFrame, NotAFrame):
        return
    assert decode(encode(frame, encoding), encoding) == frame
    if isinstance(frame, Command):
        decided(frame, Seat(person))


def decided(command: Any, seat: Seat) -> None:
    """As a command to a room."""
    assert ROOM is not None
    room = ROOM
    try:
        bodies = decide(room, seat, command, room.at)
    except Refused:
        return
    for n, body in enumerate(bodies):
        event = Event(room.seq + 1, f"f{n}", room.at, seat.person.by, body)
        (record,) = records([event])
        room = fold(room, event)
        assert decoded(event.kind, canonical(body)) == body
        for audience in ("contributors", "observers"):
            body_copy(event, record, room, audience, NAMES)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
