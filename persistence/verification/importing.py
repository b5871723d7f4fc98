"""Reading a register's file into the database: in pieces, whatever its size, while the server runs."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Final

import msgspec
from sqlmodel import Session

from persistence.csv_files import NotThisFile, bounded, opened
from persistence.database import Database
from persistence.verification import registers, tables
from persistence.verification.mapping import Layout, entry_of
from persistence.verification.registers import Entry

AT_ONCE: Final = 2_000


class Imported(msgspec.Struct, frozen=True):
    """How many entries were kept, how many lines were not people or had no valid number, and how many went."""

    kept: int
    skipped: int
    removed: int


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
    with opened(file, layout.encoding, digest) as text:
        read = _entries(layout, file, text)
        while piece := list(islice(read, AT_ONCE)):
            people = [entry for entry in piece if entry is not None]
            if people:
                keep = partial(_keep, layout, batch, people)
                await database.write(keep)
            kept, lines = kept + len(people), lines + len(piece)
            told(lines)
    if not kept:
        raise NotThisFile(f"{file} has nobody in it: nothing was changed.")
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
        lines = csv.DictReader(bounded(text), delimiter=layout.delimiter, restval="")
        lines.fieldnames = [name.strip() for name in lines.fieldnames or ()]
        if missing := sorted(set(layout.columns) - set(lines.fieldnames)):
            raise NotThisFile(f"{file} has no column `{missing[0]}`: it is not laid out as its layout says.")
        for line in lines:
            yield entry_of(layout, line)
    except UnicodeError:
        raise NotThisFile(f"{file} is not in the encoding {layout.encoding}: set `encoding`.") from None
    except csv.Error:
        raise NotThisFile(f"{file} is no CSV with `{layout.delimiter}` between fields.") from None
