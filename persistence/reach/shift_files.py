"""Shifts as a spreadsheet has them: CSV with a line of titles, one shift a line."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Final

from persistence.reach.rosters import Entry, OnRoster
from realtime.rooms.paging.shifts import Shift

COLUMNS: Final = ("handle", "starts", "ends", "every_weeks", "until")
NEEDED: Final = COLUMNS[:3]
MOST_LINES: Final = 5_000


def read(text: str) -> list[Entry]:
    """The shifts in `text`. Raises `ValueError`, with a sentence that names the line, for what is none."""
    try:
        return _entries(csv.DictReader(StringIO(text.removeprefix("\ufeff")), dialect=_dialect(text), strict=True))
    except csv.Error:
        raise ValueError("The file is no CSV. Save it as CSV, in UTF-8.") from None


def entry(cells: Mapping[str, str | None], where: str) -> Entry:
    """The shift that these cells say. Raises `ValueError`, with a sentence that begins with `where`."""
    said = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    try:
        shift = Shift(
            _local(said["starts"]),
            _local(said["ends"]),
            int(said["every_weeks"] or 0),
            date.fromisoformat(said["until"]) if said["until"] else None,
        )
    except ValueError:
        raise ValueError(
            f"{where}: give times as 2026-03-02 20:00, weeks as a number, the last day as 2026-12-31."
        ) from None
    if not said["handle"]:
        raise ValueError(f"{where}: it names nobody. Give the handle of who is on call.")
    return Entry(said["handle"], shift)


def written(shifts: Iterable[OnRoster]) -> str:
    """The same, to be changed and read again."""
    file = StringIO()
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(_line(one) for one in shifts)
    return file.getvalue()


def _dialect(text: str) -> type[csv.Dialect]:
    """Spreadsheets of half of the world part cells by semicolons."""
    first = text.partition("\n")[0]
    return _Semicolons if first.count(";") > first.count(",") else csv.excel


class _Semicolons(csv.excel):
    delimiter = ";"


def _entries(lines: "csv.DictReader[str]") -> list[Entry]:
    titles: Sequence[str] = [title.strip().lower() for title in lines.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in titles]:
        raise ValueError(f"The first line names the columns, and lacks {', '.join(missing)}.")
    lines.fieldnames = titles
    found: list[Entry] = []
    for line in lines:
        if not any((value or "").strip() for value in line.values() if not isinstance(value, list)):
            continue
        found.append(entry(line, f"Line {lines.line_num}"))
        if len(found) > MOST_LINES:
            raise ValueError(f"A file has up to {MOST_LINES} shifts. Split it.")
    return found


def _local(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError("no local time in whole minutes")
    return moment


def _line(one: OnRoster) -> tuple[object, ...]:
    shift = one.shift
    starts, ends = (f"{moment:%Y-%m-%d %H:%M}" for moment in (shift.starts, shift.ends))
    return one.handle, starts, ends, shift.every_weeks or "", shift.until or ""
