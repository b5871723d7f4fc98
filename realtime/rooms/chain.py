"""The hash chain of a room. This format cannot be changed: archives, backups and clients hold its values.

digest = SHA-256(0x00 ‖ previous ‖ SHA-256(msgpack([room, seq, id, at, kind]))
                 ‖ SHA-256(salt_by ‖ msgpack([by, author])) ‖ SHA-256(salt_body ‖ body))

Salts (16 random bytes) keep `check` from betraying what a reader may not see yet; an erasure takes a salt and its
field away, leaves `by_hash` or `body_hash` in their place, and the chain still verifies.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

import msgspec

from realtime.rooms.events import Event, canonical, decoded
from realtime.rooms.people import By
from realtime.rooms.wordless import wordless

GENESIS = bytes(32)
SALT_BYTES = 16
HASH_BYTES = 32


class Head(NamedTuple):
    """Where a room's log ends: the last `seq` and its digest."""

    seq: int
    digest: bytes

    @property
    def check(self) -> str:
        """The first 16 hex digits of the digest: what clients compare."""
        return self.digest.hex()[:16]


EMPTY = Head(0, GENESIS)


class Record(msgspec.Struct, frozen=True, gc=False):
    """An event as the journal keeps it. `author` and `body` are the canonical bytes that were hashed.

    `author` is msgpack of {handle, role, specialty, country, tier} as they were then. `command_digest` tells a
    resent command from another one under the same id; it is empty on the further events of one command.
    """

    __repr__ = wordless

    room: str
    seq: int
    id: str
    at: int
    by: str
    author: bytes
    kind: str
    salt_by: bytes
    salt_body: bytes
    body: bytes
    command_digest: bytes
    digest: bytes

    @property
    def head(self) -> Head:
        """The head of the log that ends with this record."""
        return Head(self.seq, self.digest)

    @property
    def body_hash(self) -> bytes:
        """What stands for the body in the chain, 32 bytes. It betrays nothing without the salt."""
        return sha256(self.salt_body + self.body).digest()


class ErasedRecord(Record, frozen=True, gc=False):
    """A record whose words were lawfully erased, with its salt: `body` is what is left, `erased` its hash in the chain.

    What is left is not in the chain: that somebody had the right to take the rest away stands in the audit.
    """

    __repr__ = wordless

    erased: bytes

    @property
    def body_hash(self) -> bytes:
        return self.erased


class Salts(NamedTuple):
    """16 random bytes each, fresh for every event."""

    by: bytes
    body: bytes


def recorded(room: str, head: Head, event: Event, salts: Salts, command_digest: bytes = b"") -> Record:
    """`event` as the next record after `head`."""
    record = Record(
        room=room,
        seq=event.seq,
        id=event.id,
        at=event.at,
        by=event.by.person,
        author=_author(event.by),
        kind=event.kind,
        salt_by=salts.by,
        salt_body=salts.body,
        body=canonical(event.body),
        command_digest=command_digest,
        digest=b"",
    )
    return msgspec.structs.replace(record, digest=link(head.digest, record))


def link(previous: bytes, record: Record) -> bytes:
    """The digest of `record` after one whose digest is `previous`, 32 bytes."""
    place = sha256(canonical([record.room, record.seq, record.id, record.at, record.kind])).digest()
    by = sha256(record.salt_by + canonical([record.by, msgspec.Raw(record.author)])).digest()
    return sha256(b"\0" + previous + place + by + record.body_hash).digest()


def first_broken(records: Iterable[Record], head: Head = EMPTY) -> int | None:
    """The `seq` of the first record that does not continue the chain from `head`, or None where all do."""
    for record in records:
        if record.seq != head.seq + 1 or not salted(record) or link(head.digest, record) != record.digest:
            return head.seq + 1
        head = record.head
    return None


def event_of(record: Record) -> Event:
    """The event that `record` keeps."""
    by = msgspec.msgpack.decode(record.author, type=dict[str, str | int])
    return Event(
        seq=record.seq,
        id=record.id,
        at=record.at,
        by=msgspec.convert({"person": record.by, **by}, By),
        body=decoded(record.kind, record.body),
    )


def digest_of_command(salt_body: bytes, person: str, command: object) -> bytes:
    """Tells a resent command from another under the same id, 32 bytes; salted like the body that it made."""
    return sha256(salt_body + canonical([person, command])).digest()


def salted(record: Record) -> bool:
    """Salts of another length would let bytes move between a salt and its field unnoticed."""
    if isinstance(record, ErasedRecord):
        return len(record.salt_by) == SALT_BYTES and len(record.erased) == HASH_BYTES
    return len(record.salt_by) == len(record.salt_body) == SALT_BYTES


def _author(by: By) -> bytes:
    author = msgspec.structs.asdict(by)
    del author["person"]
    return canonical({name: value for name, value in author.items() if value not in ("", None)})
