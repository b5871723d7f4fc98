"""Reading a file of Open Payments into the database: in pieces, whatever its size, while the server runs."""

import asyncio
import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Final

import msgspec

from persistence.csv_files import NotThisFile, bounded, opened
from persistence.database import Database
from persistence.interests import payments
from persistence.interests.reading import COLUMNS, BadLine, Payment, payment_of
from persistence.verification.keys import Keys

AT_ONCE: Final = 2_000
PEOPLE_AT_ONCE: Final = 200
MOST_TOLD: Final = 100
ENCODING: Final = "utf-8-sig"


class Wrong(msgspec.Struct, frozen=True):
    """A line that is no payment, its number in the file, and why. The header is line 1."""

    line: int
    why: str


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a file. `people`: whose interests it has; `bad`: how many lines were wrong, `wrong`: the first 100.

    `others`: lines of recipients whom nobody here claims to be. `removed`: records that the file does not have.
    """

    kept: int
    others: int
    removed: int
    bad: int
    wrong: list[Wrong]
    years: list[int]
    sha256: str
    people: list[str]


class _Piece(msgspec.Struct, frozen=True):
    payments: list[Payment]
    others: int
    wrong: list[Wrong]


async def read_in(
    database: Database,
    keys: Keys,
    file: Path,
    now_ms: int,
    *,
    whole: bool = False,
    told: Callable[[int], None] = lambda lines: None,
) -> Imported:
    """Read the file into the database. The same file again changes nothing. `told`: how many lines so far.

    `whole`: the file has all records of its programme years, as the published ones do: what it lacks was withdrawn, and
    goes. Raises `NotThisFile` with a sentence for people.
    """
    touched: set[bytes] = set()
    years: set[int] = set()
    wrong: list[Wrong] = []
    kept = others = bad = lines = 0
    digest = hashlib.sha256()
    with ExitStack() as stack:
        text = await asyncio.to_thread(stack.enter_context, opened(file, ENCODING, digest))
        pieces = _pieces(file, text)
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            mine, of = await database.write(partial(payments.keep, keys=keys, payments=piece.payments, batch=now_ms))
            touched |= of
            years.update(one.year for one in piece.payments)
            kept, others = kept + mine, others + piece.others + len(piece.payments) - mine
            bad, wrong = bad + len(piece.wrong), (wrong + piece.wrong)[:MOST_TOLD]
            lines += len(piece.payments) + piece.others + len(piece.wrong)
            told(lines)
    if not years:
        raise NotThisFile(f"{file.name} has no payment in it: nothing was changed.")
    removed = await _remove_older(database, sorted(years), now_ms, touched) if whole else 0
    people = await _sum_up(database, touched)
    return Imported(
        kept=kept,
        others=others,
        removed=removed,
        bad=bad,
        wrong=wrong,
        years=sorted(years),
        sha256=digest.hexdigest(),
        people=people,
    )


async def _remove_older(database: Database, years: list[int], batch: int, touched: set[bytes]) -> int:
    removed = 0
    remove = partial(payments.remove_older, years=years, batch=batch, most=AT_ONCE)
    while gone := await database.write(remove):
        removed += len(gone)
        touched.update(gone)
    return removed


async def _sum_up(database: Database, touched: set[bytes]) -> list[str]:
    people: list[str] = []
    npis = sorted(touched)
    for start in range(0, len(npis), PEOPLE_AT_ONCE):
        people += await database.write(partial(payments.sum_up, npis=npis[start : start + PEOPLE_AT_ONCE]))
    return sorted(people)


def _pieces(file: Path, text: IO[str]) -> Iterator[_Piece]:
    read = _read(file, text)
    while piece := list(islice(read, AT_ONCE)):
        yield _Piece(
            payments=[one for one in piece if isinstance(one, Payment)],
            others=sum(one is None for one in piece),
            wrong=[one for one in piece if isinstance(one, Wrong)],
        )


def _read(file: Path, text: IO[str]) -> Iterator[Payment | Wrong | None]:
    try:
        lines = csv.DictReader(bounded(text), restval="")
        lines.fieldnames = [name.strip() for name in lines.fieldnames or ()]
        if missing := sorted(set(COLUMNS) - set(lines.fieldnames)):
            raise NotThisFile(f"{file.name} has no column `{missing[0]}`: it is no file of general payments.")
        for line in lines:
            try:
                yield payment_of(line)
            except BadLine as bad:
                yield Wrong(lines.line_num, str(bad))
    except UnicodeError:
        raise NotThisFile(f"{file.name} is not in UTF-8.") from None
    except csv.Error:
        raise NotThisFile(f"{file.name} is no CSV with commas between fields.") from None
