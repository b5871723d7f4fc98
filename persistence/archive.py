"""The archive files of a closed room: each is a zstd stream of msgpack, its records in order and the manifest last.

The first seal has `<room>.curbside`, each addendum `<room>.<number>.curbside`. What a file holds is fixed by the log
alone, so that whoever writes it, and however often, writes the same bytes with the same key.
"""

import re
import sys
from collections.abc import Sequence
from errno import EIO
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgpack
import msgspec

from persistence.disk import move, write_out
from persistence.seal import AnySeal, seal_from
from realtime.rooms.chain import ErasedRecord, Record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 9
SUFFIX = ".curbside"
# A folder of its own, so that what was left behind is found without a look at every case.
WRITING = ".writing"


class Archived(NamedTuple):
    """What a file holds."""

    records: list[Record]
    manifest: AnySeal


class Written(NamedTuple):
    """A file on disk: its name, its SHA-256 and its size."""

    name: str
    sha256: bytes
    size_bytes: int


class Draft(NamedTuple):
    """An archive file that is on disk beside its place, and not in it yet."""

    beside: Path
    path: Path
    data: bytes


def file_name(room: str, number: int = 0) -> str:
    """The name of the file of a room's first seal, or of its `number`th addendum."""
    return f"{room}.{number}{SUFFIX}" if number else f"{room}{SUFFIX}"


def files_of(folder: Path, room: str) -> list[Path]:
    """The files of the room with this id that are there, in order."""
    addenda = [(int(found[1]), path) for path in folder.glob(f"{room}.*{SUFFIX}") if (found := _addendum(path))]
    first = folder / file_name(room)
    return [*([first] if first.exists() else []), *(path for _, path in sorted(addenda))]


def write(folder: Path, records: Sequence[Record], manifest: AnySeal, writer: str = "w") -> Written:
    """Put one archive file into `folder`, on disk for good, and read it back. Raises `OSError`."""
    return put(draft(folder, records, manifest, writer))


def draft(folder: Path, records: Sequence[Record], manifest: AnySeal, writer: str) -> Draft:
    """Write one archive file beside its place. Raises `OSError`.

    `writer` tells this process from others that may write the same file.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    writing = folder / WRITING
    writing.mkdir(mode=0o700, exist_ok=True)
    parts = [msgspec.msgpack.encode(record) for record in records]
    data = zstd.compress(b"".join([*parts, msgspec.msgpack.encode(manifest)]), LEVEL)
    path = folder / file_name(manifest.room, manifest.number)
    beside = writing / f"{path.name}.{writer}"
    drafted = Draft(beside, path, data)
    try:
        write_out(beside, data)
    except OSError:
        drop(drafted)
        raise
    return drafted


def put(drafted: Draft) -> Written:
    """Put a draft in its place, on disk for good, and read it back. What others left behind that were killed goes.

    Raises `OSError`: also where somebody has taken the draft away.
    """
    path = drafted.path
    try:
        move(drafted.beside, path)
    except OSError:
        drop(drafted)
        raise
    read_back(path, drafted.data)
    for left in drafted.beside.parent.glob(f"{path.name}.*"):
        left.unlink(missing_ok=True)
    return Written(path.name, sha256(drafted.data).digest(), len(drafted.data))


def drop(drafted: Draft) -> None:
    """Remove a draft, if it is still there."""
    drafted.beside.unlink(missing_ok=True)


def drop_drafts(folder: Path, room: str) -> None:
    """Remove all drafts of the room with this id, whoever wrote them: none is put in its place any more."""
    for left in (folder / WRITING).glob(f"{room}.*"):
        left.unlink(missing_ok=True)


def _addendum(path: Path) -> re.Match[str] | None:
    return re.search(rf"\.([1-9]\d*){re.escape(SUFFIX)}$", path.name)


def read_back(path: Path, data: bytes) -> None:
    """Raises `OSError` where the file at `path` does not hold `data`."""
    if path.read_bytes() != data:
        raise OSError(EIO, "what was written reads back differently", str(path))


def read(path: Path) -> Archived:
    """What an archive file holds. Raises `OSError`, or `ValueError` where it is no archive."""
    try:
        data = zstd.decompress(path.read_bytes())
        unpacker = msgpack.Unpacker(max_buffer_size=len(data) or 1, strict_map_key=True)
        unpacker.feed(data)
        items = list(unpacker)
        records = [msgspec.convert(item, ErasedRecord if "erased" in item else Record) for item in items[:-1]]
        return Archived(records, seal_from(items[-1]))
    except (zstd.ZstdError, msgspec.ValidationError, msgpack.UnpackException, ValueError, IndexError):
        raise ValueError("This is no Curbside archive, or it was cut or damaged.") from None
