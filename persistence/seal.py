"""The seal of a room: a manifest that names a Merkle root over its records, signed with Ed25519 (RFC 8032)."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from realtime.rooms.chain import EMPTY, Head
from realtime.rooms.events import canonical

KEY_FILE: Final = "seal.key"
FIRST: Final = "curbside.archive.v1"
LATER: Final = "curbside.addendum.v1"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a seal says: records 1 to `upto` of `room` have this chain head and this Merkle root.

    `head`, `root`, `public_key` (32 bytes) and `signature` (64 bytes) are raw. The signature is over the canonical
    msgpack of the manifest with an empty signature.
    """

    format: str = FIRST
    room: str
    upto: int
    opened_at: int
    closed_at: int
    head: bytes
    root: bytes
    key_id: str
    public_key: bytes
    signature: bytes = b""

    @property
    def number(self) -> int:
        """0: this is the first seal of its room."""
        return 0

    @property
    def start(self) -> Head:
        """Where the log ends before the first record of this seal."""
        return EMPTY


class Addendum(msgspec.Struct, frozen=True, kw_only=True):
    """What the `number`th seal after the first says of the records `after` + 1 to `upto` of `room`.

    `after` and `after_head` are `upto` and `head` of the seal before it, and `previous` is that one's `digest_of`:
    who trusts this one can trust all that it stands on. The rest is as in `Manifest`.
    """

    format: str = LATER
    room: str
    number: int
    after: int
    after_head: bytes
    previous: bytes
    upto: int
    head: bytes
    root: bytes
    key_id: str
    public_key: bytes
    signature: bytes = b""

    @property
    def start(self) -> Head:
        """Where the log ends before the first record of this seal."""
        return Head(self.after, self.after_head)


AnySeal = Manifest | Addendum
S = TypeVar("S", bound=msgspec.Struct)


class Signable(Protocol):
    """A struct that is signed like a manifest."""

    @property
    def key_id(self) -> str:
        """The short name of the key."""

    @property
    def public_key(self) -> bytes:
        """32 bytes."""

    @property
    def signature(self) -> bytes:
        """64 bytes, over the canonical msgpack of the struct with an empty signature."""


class SealKey:
    """The key that signs seals. `id` is the first 16 hex digits of the SHA-256 of the public key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()
        self.id = key_id(self.public)

    def signed(self, manifest: S) -> S:
        """`manifest` with this key and its signature."""
        unsigned = msgspec.structs.replace(manifest, key_id=self.id, public_key=self.public, signature=b"")
        return msgspec.structs.replace(unsigned, signature=self.signature(canonical(unsigned)))

    def signature(self, data: bytes) -> bytes:
        """The signature of this key over `data`, 64 bytes."""
        return self._private.sign(data)


def open_key(folder: Path) -> SealKey:
    """The key in `folder`, made at the first use, readable by its owner alone. Raises `OSError` or `ValueError`."""
    path = folder / KEY_FILE
    if not path.exists():
        _make_key(path)
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError(f"{KEY_FILE} holds no Ed25519 key. Put the right file back.")
    return SealKey(private)


def is_signed(manifest: Signable) -> bool:
    """Whether the manifest's signature is that of its own public key."""
    unsigned = msgspec.structs.replace(manifest, signature=b"")  # type: ignore[type-var]
    try:
        Ed25519PublicKey.from_public_bytes(manifest.public_key).verify(manifest.signature, canonical(unsigned))
    except (InvalidSignature, ValueError):
        return False
    return manifest.key_id == key_id(manifest.public_key)


def digest_of(manifest: AnySeal) -> bytes:
    """What the seal after this one commits to, 32 bytes: SHA-256 of the canonical msgpack, signature and all."""
    return sha256(canonical(manifest)).digest()


def seal_from(plain: object) -> AnySeal:
    """The manifest that `plain`, a map, is. Raises `ValueError` where it is none."""
    found = plain.get("format") if isinstance(plain, dict) else None
    kinds: dict[object, type[AnySeal]] = {FIRST: Manifest, LATER: Addendum}
    if found not in kinds:
        raise ValueError("This is no manifest of a format that is known here.")
    try:
        return msgspec.convert(plain, kinds[found])
    except msgspec.ValidationError:
        raise ValueError("This is no manifest: a part of it is missing or wrong.") from None


def key_id(public: bytes) -> str:
    """The short name of a public key."""
    return sha256(public).hexdigest()[:16]


def new_key(path: Path) -> SealKey:
    """Write a new key to `path`, which is made anew, for its owner alone and on disk for good. Raises `OSError`."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return SealKey(private)


def _make_key(path: Path) -> None:
    """Written beside and linked into place, so that of two workers that start at once one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    new_key(beside)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
