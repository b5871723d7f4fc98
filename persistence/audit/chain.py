"""The hash chain of audit lines: one per process. This format cannot be changed: checkpoints hold its values.

digest = SHA-256(0x00 ‖ previous, 32 zero bytes at first ‖ msgpack([chain, number, at, person, act, room, detail,
                 outcome, address, reason, subject]))
"""

from hashlib import sha256
from typing import Final, NamedTuple

from realtime.rooms.events import canonical

GENESIS: Final = bytes(32)


class Line(NamedTuple):
    """One line of the chain of this name, the `number`th, from 1."""

    chain: str
    number: int
    at: int
    person: str
    act: str
    room: str
    detail: str
    outcome: str
    address: str
    reason: str
    subject: str


def link(previous: bytes, line: Line) -> bytes:
    """The digest of `line` after one whose digest is `previous`, 32 bytes."""
    return sha256(b"\0" + previous + canonical(list(line))).digest()
