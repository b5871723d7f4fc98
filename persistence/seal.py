"""The seal of a room: a Merkle root over its records' digests (RFC 6962 §2.1), signed with Ed25519 (RFC 8032)."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from realtime.rooms.events import canonical

KEY_FILE: Final = "seal.key"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a seal says: records 1 to `upto` of `room` have this chain head and this Merkle root.

    `head`, `root`, `public_key` (32 bytes) and `signature` (64 bytes) are raw. The signature is over the canonical
    msgpack of the manifest with an empty signature.
    """

    format: str = "curbside.archive.v1"
    room: str
    upto: int
    opened_at: int
    closed_at: int
    head: bytes
    root: bytes
    key_id: str
    public_key: bytes
    signature: bytes = b""


class SealKey:
    """The key that signs seals. `id` is the first 16 hex digits of the SHA-256 of the public key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def signed(self, manifest: Manifest) -> Manifest:
        """`manifest` with this key and its signature."""
        unsigned = msgspec.structs.replace(manifest, key_id=self.id, public_key=self.public, signature=b"")
        return msgspec.structs.replace(unsigned, signature=self._private.sign(canonical(unsigned)))


def open_key(folder: Path) -> SealKey:
    """The key in `folder`, made at the first use, readable by its owner alone. Raises `OSError` or `ValueError`."""
    path = folder / KEY_FILE
    if not path.exists():
        _make_key(path)
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError(f"{KEY_FILE} holds no Ed25519 key. Put the right file back.")
    return SealKey(private)


def is_signed(manifest: Manifest) -> bool:
    """Whether the manifest's signature is that of its own public key."""
    unsigned = msgspec.structs.replace(manifest, signature=b"")
    try:
        Ed25519PublicKey.from_public_bytes(manifest.public_key).verify(manifest.signature, canonical(unsigned))
    except (InvalidSignature, ValueError):
        return False
    return manifest.key_id == key_id(manifest.public_key)


def key_id(public: bytes) -> str:
    """The short name of a public key."""
    return sha256(public).hexdigest()[:16]


def merkle_root(digests: Sequence[bytes]) -> bytes:
    """The root over `digests` in order, 32 bytes. Leaf: SHA-256(0x00 ‖ digest); node: SHA-256(0x01 ‖ left ‖ right)."""
    level = [sha256(b"\0" + digest).digest() for digest in digests]
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        pairs = [sha256(b"\1" + level[n] + level[n + 1]).digest() for n in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _make_key(path: Path) -> None:
    """Written beside and linked into place, so that of two workers that start at once one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
