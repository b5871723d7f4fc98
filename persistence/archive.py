"""The archive file of a closed room: a zstd stream of msgpack, the records in order and the manifest last.

It can be verified offline, with nothing but itself and the public key that one expects.
"""

import os
import sys
from collections.abc import Sequence
from errno import EIO
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgpack
import msgspec

from persistence.seal import Manifest, is_signed, merkle_root
from realtime.rooms.chain import EMPTY, Record, first_broken

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 9


class Archived(NamedTuple):
    """What a file holds."""

    records: list[Record]
    manifest: Manifest


class Written(NamedTuple):
    """A file on disk: its name, its SHA-256 and its size."""

    name: str
    sha256: bytes
    size_bytes: int


class Verdict(NamedTuple):
    """What is wrong with an archive, in one sentence, or None. `first` is the `seq` of the first wrong record."""

    wrong: str | None
    first: int | None = None


def write(folder: Path, records: Sequence[Record], manifest: Manifest) -> Written:
    """Put the archive of one room into `folder`, on disk for good, and read it back. Raises `OSError`.

    The same records and key give the same bytes, so that two workers that write the same room write the same file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts = [msgspec.msgpack.encode(record) for record in records]
    data = zstd.compress(b"".join([*parts, msgspec.msgpack.encode(manifest)]), LEVEL)
    path = folder / f"{manifest.room}.curbside"
    beside = folder / f".{manifest.room}.{os.getpid()}"
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync_folder(folder)
    if path.read_bytes() != data:
        raise OSError(EIO, "what was written reads back differently", str(path))
    return Written(path.name, sha256(data).digest(), len(data))


def read(path: Path) -> Archived:
    """What an archive file holds. Raises `OSError`, or `ValueError` where it is no archive."""
    try:
        data = zstd.decompress(path.read_bytes())
        unpacker = msgpack.Unpacker(max_buffer_size=len(data) or 1, strict_map_key=True)
        unpacker.feed(data)
        items = list(unpacker)
        records = [msgspec.convert(item, Record) for item in items[:-1]]
        return Archived(records, msgspec.convert(items[-1], Manifest))
    except (zstd.ZstdError, msgspec.ValidationError, msgpack.UnpackException, ValueError, IndexError):
        raise ValueError("This is no Curbside archive, or it was cut or damaged.") from None


def verify(path: Path, public_key: bytes | None = None) -> Verdict:
    """Check an archive file: signature, Merkle root, chain, place by place. Raises `OSError`.

    Without `public_key` the key in the file is believed: that proves the file whole, not whose it is.
    """
    try:
        records, manifest = read(path)
    except ValueError as error:
        return Verdict(str(error))
    if not is_signed(manifest):
        return Verdict("The manifest's signature is wrong: it was changed after it was signed.")
    if public_key is not None and public_key != manifest.public_key:
        return Verdict("The archive is signed with another key than the one expected.")
    return _verify_records(records, manifest)


def _verify_records(records: Sequence[Record], manifest: Manifest) -> Verdict:
    strange = next((record.seq for record in records if record.room != manifest.room), None)
    if strange is not None:
        return Verdict(f"Event {strange} belongs to another room.", strange)
    broken = first_broken(records)
    if broken is not None:
        return Verdict(f"Event {broken} was changed, removed or added.", broken)
    last = records[-1].head if records else EMPTY
    if last.seq != manifest.upto:
        first = min(last.seq, manifest.upto) + 1
        return Verdict(f"The archive ends at event {last.seq}; the seal covers {manifest.upto}.", first)
    if last.digest != manifest.head or merkle_root([record.digest for record in records]) != manifest.root:
        return Verdict("The chain was written anew: its root is not the one that was sealed.", 1)
    return Verdict(None)


def sync_folder(folder: Path) -> None:
    """Return when what was renamed in `folder` is on disk under its new names. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
