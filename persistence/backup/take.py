"""Taking a backup: one unchanging view of all tables, the archive's files and the keys, while servers run and write."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Union

from sqlalchemy import Connection, Table, select

from persistence.backup.encrypted import Encrypting
from persistence.backup.files import said
from persistence.backup.items import Backup, Counts, Folder, Item, Part, Rows, put
from persistence.backup.report import Held, Report
from persistence.disk import sync_folder
from persistence.migrate import HEAD
from persistence.schema import METADATA
from persistence.sqlite import Sqlite

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from persistence.postgres import Postgres

LEVEL: Final = 3
ROWS: Final = 200
PART_BYTES: Final = 1024 * 1024

_ARCHIVE: Final = METADATA.tables["archive"]


class Taken(NamedTuple):
    """What was put into the file. `missing`: how many archive files the tables name that are not in the folder."""

    held: Held
    missing: int


async def take(
    database: Union[Sqlite, "Postgres"],
    path: Path,
    passphrase: str,
    *,
    archive: Path,
    keys: Sequence[Path],
    now_ms: int,
) -> Taken:
    """Back up to a new file at `path`, on disk for good, that only its owner may read.

    What was acknowledged before this was called is in it. `database` has the tables of this version; those of `keys`
    that there are go along. Raises `Unavailable`, and `ValueError` in one sentence; then there is no file.
    """
    with _file(path, passphrase) as stream:
        writing = _Writing(path, stream, Backup(tables=HEAD, taken_at=now_ms))
        missing = await database.snapshot(lambda view: writing.write(view, archive, keys))
    return Taken(writing.report.made(), missing)


@contextmanager
def _file(path: Path, passphrase: str) -> Iterator[zstd.ZstdFile]:
    """What is written here is in a new file at `path` after the block; where that raises there is none."""
    if path.exists():
        raise ValueError(f"{path} is there already: give another name.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with said(path), open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            encrypting = Encrypting(file, passphrase)
            with zstd.ZstdFile(encrypting, "wb", level=LEVEL) as stream:
                yield stream
            encrypting.finish()
            file.flush()
            os.fsync(file.fileno())
            os.replace(beside, path)
            sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


class _Writing:
    def __init__(self, path: Path, stream: zstd.ZstdFile, backup: Backup) -> None:
        self._path = path
        self.report = Report(backup)
        self._stream = stream
        self._counts = Counts()
        self._put(backup)

    def write(self, view: Connection, archive: Path, keys: Sequence[Path]) -> int:
        """Write everything; how many archive files are missing.

        The files come after the tables: a row that names one was committed when the file was there.
        """
        for table in METADATA.sorted_tables:
            for rows in _rows(view, table):
                self._put(rows)
        for path in _files(archive):
            self._put_file("archive", path.relative_to(archive).as_posix(), path)
        for path in keys:
            if path.exists():
                self._put_file("keys", path.name, path)
        self._put(self._counts.end)
        named = view.execute(select(_ARCHIVE.c.path)).scalars()
        return len(set(named) - self.report.archived)

    def _put_file(self, folder: Folder, name: str, path: Path) -> None:
        with said(path), path.open("rb") as file:
            data = file.read(PART_BYTES)
            while following := file.read(PART_BYTES):
                self._put(Part(folder, name, data, last=False))
                data = following
        self._put(Part(folder, name, data, last=True))

    def _put(self, item: Item) -> None:
        self._counts.take(item)
        self.report.take(item)
        with said(self._path):
            put(self._stream, item)


def stored(view: Connection, table: Table) -> Iterator[list[list[Any]]]:
    """All rows of `table` in the order of its key, some at a time."""
    wanted = select(table).order_by(*table.primary_key.columns)
    with view.execute(wanted, execution_options={"stream_results": True, "yield_per": ROWS}) as found:
        for rows in found.partitions():
            yield [list(row) for row in rows]


def columns(table: Table) -> list[str]:
    """The names of its columns, as plain texts."""
    return [str(name) for name in table.columns.keys()]


def _rows(view: Connection, table: Table) -> Iterator[Rows]:
    for rows in stored(view, table):
        yield Rows(str(table.name), columns(table), rows)


def _files(folder: Path) -> list[Path]:
    """The folder's files, without those that are being written."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
