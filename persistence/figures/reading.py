"""Figures as they are asked for: lines for people of the house, and histograms for those who operate it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import func, select
from sqlmodel import Session, col

from persistence.figures.counting import ALL
from persistence.figures.quantiles import BUCKETS_S
from persistence.figures.tables import WaitBucket, WaitCell

MOST_LINES: Final = 5_000
MOST_SPECIALTIES: Final = 50
"""What has a label of its own in metrics: those that were asked for first. The others go together."""
OTHER: Final = "other"


class Line(msgspec.Struct, frozen=True):
    """What the intervals of one measure, acuity, specialty and month come to. None: too few to be told outside."""

    measure: str
    acuity: str
    specialty: str
    month: str
    n: int | None
    median_ms: int | None
    p90_ms: int | None


class Wanted(NamedTuple):
    """Which lines: of months from `since` to `until`, both included; of one acuity or specialty, or of each."""

    since: str
    until: str
    acuity: str | None = None
    specialty: str | None = None


class Series(NamedTuple):
    """Which intervals a histogram is of."""

    measure: str
    acuity: str
    specialty: str


class Histogram(NamedTuple):
    """All intervals of a series: how many in each bucket, and their sum in ms."""

    series: Series
    counts: tuple[int, ...]
    sum_ms: int


def lines(session: Session, wanted: Wanted) -> list[Line]:
    """At most one more than `MOST_LINES` of what is wanted, by month and measure."""
    cell = WaitCell
    query = select(cell).where(col(cell.month).between(wanted.since, wanted.until))
    if wanted.acuity is not None:
        query = query.where(col(cell.acuity) == wanted.acuity)
    if wanted.specialty is not None:
        query = query.where(col(cell.specialty) == wanted.specialty)
    order = (cell.month, cell.measure, cell.acuity, cell.specialty)
    found = session.execute(query.order_by(*map(col, order)).limit(MOST_LINES + 1)).scalars()
    return [Line(*(getattr(row, name) for name in Line.__struct_fields__)) for row in found]


def specialties(session: Session, wanted: Wanted) -> list[str]:
    """Which specialties there are figures of in these months."""
    specialty = col(WaitCell.specialty)
    months = col(WaitCell.month).between(wanted.since, wanted.until)
    return sorted(session.execute(select(specialty).where(months, specialty != ALL).distinct()).scalars())


def histograms(session: Session) -> list[Histogram]:
    """All there are, of a bounded number of specialties."""
    labels = _labels(session)
    merged: dict[Series, Histogram] = {}
    for one in _each(session):
        series = one.series if one.series.specialty in labels else one.series._replace(specialty=OTHER)
        merged[series] = _together(merged.get(series), one._replace(series=series))
    return [merged[series] for series in sorted(merged)]


def _labels(session: Session) -> frozenset[str]:
    """Those that came first: one that has its label keeps it, so that no series falls."""
    specialty = col(WaitCell.specialty)
    query = select(specialty).where(specialty.not_in((ALL, ""))).group_by(specialty)
    found = session.execute(query.order_by(func.min(col(WaitCell.month)), specialty).limit(MOST_SPECIALTIES))
    return frozenset(found.scalars())


def _each(session: Session) -> Iterator[Histogram]:
    sums = _sums(session)
    counts: dict[Series, list[int]] = {series: [0] * (len(BUCKETS_S) + 1) for series in sums}
    row = WaitBucket
    key = (col(row.measure), col(row.acuity), col(row.specialty))
    wanted = select(*key, col(row.bucket), func.sum(col(row.n))).group_by(*key, col(row.bucket))
    for measure, acuity, specialty, bucket, n in session.execute(wanted):
        counts[Series(measure, acuity, specialty)][bucket] = int(n)
    for series, sum_ms in sums.items():
        yield Histogram(series, tuple(counts[series]), sum_ms)


def _sums(session: Session) -> dict[Series, int]:
    row = WaitCell
    key = (col(row.measure), col(row.acuity), col(row.specialty))
    alone = (col(row.acuity) != ALL, col(row.specialty) != ALL)
    found = session.execute(select(*key, func.sum(col(row.sum_ms))).where(*alone).group_by(*key))
    return {Series(measure, acuity, specialty): int(sum_ms) for measure, acuity, specialty, sum_ms in found}


def _together(one: Histogram | None, other: Histogram) -> Histogram:
    if one is None:
        return other
    counts = tuple(map(sum, zip(one.counts, other.counts, strict=True)))
    return other._replace(counts=counts, sum_ms=one.sum_ms + other.sum_ms)
