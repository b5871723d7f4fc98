"""Counts of patients or cases for people outside: none from 1 to 10, and none that can be worked out (CMS cell size).

A zero may be shown. Where a count is hidden, every total that it is part of is hidden too: no equation that is shown
holds a hidden count, so there is nothing to work one out from.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

LEAST: Final = 11


class Counts(msgspec.Struct, frozen=True):
    """A table with its totals; None is hidden."""

    cells: dict[str, dict[str, int | None]]
    rows: dict[str, int | None]
    columns: dict[str, int | None]
    total: int | None


def suppressed(table: Mapping[str, Mapping[str, int]]) -> Counts:
    """`table`, by row and column, as it may be shown to people outside. What a row lacks is a zero."""
    columns = sorted({column for row in table.values() for column in row})
    cells = {name: {column: _shown(row.get(column, 0)) for column in columns} for name, row in table.items()}
    rows = {name: _sum(list(row.values())) for name, row in cells.items()}
    by_column = {column: _sum([row[column] for row in cells.values()]) for column in columns}
    return Counts(cells, rows, by_column, _sum(list(rows.values())))


def _shown(count: int) -> int | None:
    return None if 0 < count < LEAST else count


def _sum(counts: list[int | None]) -> int | None:
    """The sum, where all that it is made of is shown."""
    shown = [count for count in counts if count is not None]
    return sum(shown) if len(shown) == len(counts) else None
