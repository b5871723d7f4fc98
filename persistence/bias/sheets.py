"""The tables of a report as CSV: all rows, shares from 0 to 1, people by their id and handle."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from persistence.bias.concentration import Concentration
from persistence.bias.history import Comparison
from persistence.bias.report import Report
from persistence.bias.stands import SIDES
from persistence.bias.tallies import Sides
from persistence.spreadsheet import Cell, table

Rows = Iterable[Sequence[Cell]]

_SIDES: Final = [f"stance_{name}" for name in SIDES]
_COMPARED: Final = ["awarded", "awarded_for", "others", "others_for", "alone", "difference", "low", "high", "p"]


def sheet(report: Report, name: str) -> str:
    """The table of this name, one of `SHEETS`."""
    head, rows = SHEETS[name]
    return table(["from", "to", *head], [[report.period.first, report.period.last, *row] for row in rows(report)])


def _payers(report: Report) -> Rows:
    for one in report.payers:
        counts = (one.awards, one.void, one.declined, one.by_name, one.blind, one.cases)
        yield [one.payer, *counts, *_spread(one.authors, report.names), *_sides(one.stances)]


def _products(report: Report) -> Rows:
    for one in report.products:
        yield [one.payer, one.product, one.of, one.awards, *_sides(one.stances)]


def _authors(report: Report) -> Rows:
    for one in report.authors:
        who = (one.author, report.names.get(one.author), report.specialties.get(one.author))
        yield [*who, one.awards, one.cases, *_spread(one.payers, {}), *_sides(one.stances)]


def _observers(report: Report) -> Rows:
    for one in report.observers:
        reads = (one.cases, one.stretches, one.exports, one.seconds)
        who = (one.observer, report.names.get(one.observer), one.institution)
        yield [*who, *reads, one.awards, one.awarded_cases, one.unread]


def _history(report: Report) -> Rows:
    for test in report.history:
        yield [test.way, "all", None, *_compared(test.all)]
        yield from ([test.way, "institution", line.name, *_compared(line.comparison)] for line in test.payers)
        yield from ([test.way, "specialty", line.name, *_compared(line.comparison)] for line in test.specialties)


def _spread(one: Concentration, names: Mapping[str, str]) -> Sequence[Cell]:
    return one.holders, one.gini, names.get(one.top, one.top), one.top_share


def _sides(found: Sides) -> Sequence[Cell]:
    return [found[name] for name in SIDES]


def _compared(one: Comparison) -> Sequence[Cell]:
    return [getattr(one, name) for name in _COMPARED]


_SPREAD: Final = ["gini", "top", "top_share"]
SHEETS: Final[dict[str, tuple[Sequence[str], Callable[[Report], Rows]]]] = {
    "payers": (
        [*("payer", "awards", "void", "declined", "by_name", "blind", "cases", "authors"), *_SPREAD, *_SIDES],
        _payers,
    ),
    "products": (["payer", "product", "of", "awards", *_SIDES], _products),
    "authors": (["author", "handle", "specialty", "awards", "cases", "payers", *_SPREAD, *_SIDES], _authors),
    "observers": (
        [
            *("observer", "handle", "institution", "cases", "stretches", "exports", "seconds"),
            *("awards", "awarded_cases", "unread"),
        ],
        _observers,
    ),
    "history": (["way", "by", "name", *_COMPARED], _history),
}
"""By name the columns after the period, and the rows."""
