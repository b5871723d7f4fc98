"""Tables as CSV, for people who open them in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

Cell = str | int | float | None

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV (RFC 4180). Nothing in it is what a spreadsheet would take for a formula; what there is not is empty."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(head)
    lines.writerows([plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def plain(text: str) -> str:
    """The text, as text to a spreadsheet too."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
