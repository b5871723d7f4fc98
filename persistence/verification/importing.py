"""Reading a register's file into the database: in pieces, whatever its size, while the server runs."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Final

import msgspec
from sqlmodel import Session

from persistence.database import Database
from persistence.verification import registers, tables
from persistence.verification.mapping import Layout, entry_of
from persistence.verification.registers import Entry

AT_ONCE: Final = 2_000
READ_BYTES: Final = 1_048_576
# NPPES has some 330 columns; a field of 131,072 characters is the csv module's limit.
_MOST_LINE_BYTES: Final = 1_048_576


class Imported(msgspec.Struct, frozen=True):
    """How many entries were kept, how many lines were not people or had no valid number, and how many went."""

    kept: int
    skipped: int
    removed: int


class NotThisRegister(ValueError):
    """The file is not laid out as said: one sentence."""


async def read_in(
    database: Database, layout: Layout, file: Path, now_ms: int, told: Callable[[int], None] = lambda lines: None
) -> Imported:
    """Read the file into the database. `told` is called with the number of lines so far.

    Until the end both the old entries and the new ones are found; what the file does not have goes last, so that an
    import that is cut off takes nobody away. Raises `ValueError` with a sentence for people.
    """
    batch = await database.write(lambda session: registers.next_batch(session, layout.country, layout.register))
    kept = lines = 0
    digest = hashlib.sha256()
    with _opened(file, layout, digest) as text:
        read = _entries(layout, file, text)
        while piece := list(islice(read, AT_ONCE)):
            people = [entry for entry in piece if entry is not None]
            if people:
                keep = partial(_keep, layout, batch, people)
                await database.write(keep)
            kept, lines = kept + len(people), lines + len(piece)
            told(lines)
    if not kept:
        raise NotThisRegister(f"{file} has nobody in it: nothing was changed.")
    register = tables.Register(
        country=layout.country,
        roll=layout.register,
        batch=batch,
        imported_at=now_ms,
        entries=kept,
        sha256=digest.digest(),
    )
    await database.write(lambda session: registers.finish(session, register))
    return Imported(kept, lines - kept, await _remove_older(database, layout, batch))


async def _remove_older(database: Database, layout: Layout, batch: int) -> int:
    removed = 0
    country, register = layout.country, layout.register
    while gone := await database.write(lambda sql: registers.remove_older(sql, country, register, batch, AT_ONCE)):
        removed += gone
    return removed


def _keep(layout: Layout, batch: int, people: list[Entry], session: Session) -> None:
    registers.keep(session, layout.country, layout.register, batch, people)


def _entries(layout: Layout, file: Path, text: IO[str]) -> Iterator[Entry | None]:
    try:
        lines = csv.DictReader(_bounded(text), delimiter=layout.delimiter, restval="")
        lines.fieldnames = [name.strip() for name in lines.fieldnames or ()]
        if missing := sorted(set(layout.columns) - set(lines.fieldnames)):
            raise NotThisRegister(f"{file} has no column `{missing[0]}`: it is not laid out as its layout says.")
        for line in lines:
            yield entry_of(layout, line)
    except UnicodeError:
        raise NotThisRegister(f"{file} is not in the encoding {layout.encoding}: set `encoding`.") from None
    except csv.Error:
        raise NotThisRegister(f"{file} is no CSV with `{layout.delimiter}` between fields.") from None


def _bounded(text: IO[str]) -> Iterator[str]:
    """Lines one after another: one without an end must not fill the memory."""
    while line := text.readline(_MOST_LINE_BYTES):
        if "\0" in line:  # no database keeps it in every text, and no register means it
            raise UnicodeError
        yield line


@contextmanager
def _opened(file: Path, layout: Layout, digest: "hashlib._Hash") -> Iterator[IO[str]]:
    """The file as text; of a ZIP the largest CSV in it, as NPPES and RPPS are published."""
    try:
        with file.open("rb") as raw:
            for piece in iter(lambda: raw.read(READ_BYTES), b""):
                digest.update(piece)
        if not zipfile.is_zipfile(file):
            with file.open("r", encoding=layout.encoding, newline="") as text:
                yield text
            return
        with zipfile.ZipFile(file) as packed:
            largest = max(packed.infolist(), key=lambda one: one.file_size)
            with packed.open(largest) as content:
                yield io.TextIOWrapper(content, layout.encoding, newline="")
    except LookupError:
        raise NotThisRegister(f"There is no encoding `{layout.encoding}`: set `encoding`.") from None
    except (OSError, zipfile.BadZipFile) as error:
        raise NotThisRegister(f"{file} cannot be read: give a CSV file, or a ZIP with one in it.") from error
