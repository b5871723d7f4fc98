"""A checkpoint: a signed statement of where rooms and chains ended, which names the one before it.

Who keeps a copy elsewhere can show later that something it speaks of was removed or written anew, by whomever. The
root is a Merkle tree (RFC 6962 §2.1) over SHA-256(msgpack([kind, name, number, digest])) of each head, in order.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final, Literal, NamedTuple

import msgspec

from persistence.audit.chain import GENESIS
from persistence.merkle import merkle_root
from persistence.seal import SealKey, is_signed
from realtime.rooms.events import canonical

FORMAT: Final = "curbside.checkpoint.v1"

Kind = Literal["room", "chain", "cut"]


class Witnessed(NamedTuple):
    """That event or line `number` of `name` has this digest. `cut`: the lines of a chain up to there are removed."""

    kind: Kind
    name: str
    number: int
    digest: bytes


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed, as a seal is: `size` heads have this `root`. `at` is Unix ms.

    `previous` is the SHA-256 of the statement before, as canonical msgpack, signature and all; zeros in the first.
    """

    format: str = FORMAT
    number: int
    at: int
    previous: bytes
    size: int
    root: bytes
    key_id: str = ""
    public_key: bytes = b""
    signature: bytes = b""

    @property
    def digest(self) -> bytes:
        """What the next one names, 32 bytes."""
        return sha256(canonical(self)).digest()


class Signed(msgspec.Struct, frozen=True):
    """A checkpoint, whole: as it stands in a copy."""

    statement: Statement
    heads: list[Witnessed]


def signed(before: Statement | None, heads: Sequence[Witnessed], at: int, key: SealKey) -> Signed:
    """The checkpoint over `heads` that follows `before`."""
    statement = Statement(
        number=before.number + 1 if before else 1,
        at=at,
        previous=before.digest if before else GENESIS,
        size=len(heads),
        root=root_of(heads),
    )
    return Signed(key.signed(statement), list(heads))


def root_of(heads: Sequence[Witnessed]) -> bytes:
    """The Merkle root, 32 bytes."""
    return merkle_root([sha256(canonical(list(head))).digest() for head in heads])


def wrong_with(checkpoint: Signed, before: Statement | None, keys: Sequence[bytes]) -> str | None:
    """What is wrong with a checkpoint that should follow `before` and be signed with one of `keys`, or None."""
    statement = checkpoint.statement
    if not is_signed(statement) or statement.format != FORMAT:
        return "was changed after it was signed"
    if statement.public_key not in keys:
        return "is signed with a key that is not this server's"
    if (statement.size, statement.root) != (len(checkpoint.heads), root_of(checkpoint.heads)):
        return "has other heads than those that were signed"
    if before is not None and (statement.number, statement.previous) != (before.number + 1, before.digest):
        return "does not follow the one before it"
    return None


def line_of(checkpoint: Signed) -> bytes:
    """One line of a file of copies: JSON, bytes in base64."""
    return msgspec.json.encode(checkpoint) + b"\n"


def from_line(line: bytes) -> Signed:
    """What `line_of` wrote. Raises `ValueError`."""
    try:
        return msgspec.json.decode(line, type=Signed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ValueError("This is no Curbside checkpoint, or it was cut or damaged.") from None
