"""What a backup is a sequence of: first what it is, then rows of tables, parts of files, and how many there were.

Each item is four bytes, big-endian, and as many bytes of msgpack; all of them are one zstd stream, encrypted.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, Protocol, TypeAlias

import msgspec

from persistence.backup.encrypted import DAMAGED, Decrypting
from persistence.backup.files import said

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMAT: Final = "curbside.backup.v1"

Folder = Literal["archive", "pictures", "keys"]


class Backup(msgspec.Struct, frozen=True, kw_only=True, tag="backup"):
    """The first item. `tables` is the version of the tables, `taken_at` (Unix ms) is before what it holds was read."""

    format: str = FORMAT
    tables: str
    taken_at: int


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """Some rows of one table. A table's rows come in the order of its key, in as many of these as it takes."""

    table: str
    columns: list[str]
    rows: list[list[Any]]


class Part(msgspec.Struct, frozen=True, tag="part"):
    """A part of one file; `last` is its last one. `path` is relative to its folder, with `/`."""

    folder: Folder
    path: str
    data: bytes
    last: bool


class End(msgspec.Struct, frozen=True, tag="end"):
    """The last item: how many rows of each table and how many files there were."""

    rows: dict[str, int]
    files: int


Item: TypeAlias = Backup | Rows | Part | End

_decoder: Final = msgspec.msgpack.Decoder(Item)


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> int: ...


class Counts:
    """The rows and files that have come by."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._files = 0

    def take(self, item: Item) -> None:
        """Count what is in `item`."""
        if isinstance(item, Rows):
            self._rows[item.table] += len(item.rows)
        elif isinstance(item, Part):
            self._files += item.last

    @property
    def end(self) -> End:
        """The item that ends a backup of all that."""
        return End(dict(self._rows), self._files)


def put(sink: Sink, item: Item) -> None:
    """Write one item."""
    data = msgspec.msgpack.encode(item)
    sink.write(len(data).to_bytes(4) + data)


def items(path: Path, passphrase: str) -> Iterator[Item]:
    """All items of the backup at `path`; the first one is a `Backup` of this format, the last one an `End` that fits.

    Raises `ValueError` in one sentence where it is not whole, or not a backup under this passphrase. What came before
    that is not to be trusted to be all.
    """
    with said(path), path.open("rb") as file:
        found = _items(file, passphrase)
        first = next(found, None)
        if not isinstance(first, Backup):
            raise ValueError(DAMAGED)
        if first.format != FORMAT:
            raise ValueError(f"The backup is of the format {first.format}; this version of Curbside knows {FORMAT}.")
        yield first
        counts, last = Counts(), None
        for last in found:
            counts.take(last)
            yield last
        if last != counts.end:
            raise ValueError(DAMAGED)


def _items(file: BinaryIO, passphrase: str) -> Iterator[Item]:
    try:
        stream = zstd.ZstdFile(Decrypting(file, passphrase), "rb")
        while start := stream.read(4):
            length = int.from_bytes(start)
            data = stream.read(length)
            if len(start) < 4 or len(data) < length:
                raise ValueError(DAMAGED)
            yield _decoder.decode(data)
    except (zstd.ZstdError, EOFError, msgspec.DecodeError):
        raise ValueError(DAMAGED) from None
