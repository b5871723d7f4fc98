"""Many rows into the tables of a site at once, past the server: into SQLite's file, or by PostgreSQL's COPY."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, Final

from bench.servers import psql

SQLITE: Final = "sqlite:///"
NULL: Final = r"\N"
"""Nothing, in a file for COPY: an empty text is one."""


def insert(url: str, table: str, rows: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Insert `rows`, all with the same columns, at least one. `folder`: for a file in between."""
    first, whole = _columns(rows)
    names = ", ".join(f'"{name}"' for name in first)
    if url.startswith(SQLITE):
        marks = ", ".join("?" * len(first))
        with _opened(url) as connection, connection:
            values = (tuple(row.values()) for row in whole)
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return
    file = folder / f"{table}.csv"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows(map(_written, whole))
    psql(url, rf"\copy {table} ({names}) FROM '{file}' WITH (FORMAT csv, NULL '{NULL}')")
    file.unlink()


def asked(url: str, statement: str) -> int:
    """The one number that answers `statement`."""
    if not url.startswith(SQLITE):
        return int(psql(url, statement))
    with _opened(url) as connection:
        return int(connection.execute(statement).fetchone()[0])


def _opened(url: str) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(url.removeprefix(SQLITE)))


def _columns(rows: Iterable[Mapping[str, Any]]) -> tuple[list[str], Iterator[Mapping[str, Any]]]:
    walking = iter(rows)
    first = next(walking)
    return list(first), chain([first], walking)


def _written(row: Mapping[str, Any]) -> list[Any]:
    return [_value(value) for value in row.values()]


def _value(value: Any) -> Any:
    if value is None:
        return NULL
    return rf"\x{value.hex()}" if isinstance(value, bytes) else value
