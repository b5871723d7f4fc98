"""Histograms of how long cases wait, for those who operate the house."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from persistence.figures.cells import ALL
from persistence.figures.quantiles import BUCKETS_S
from persistence.figures.tables import WaitBucket, WaitCell

MOST_SPECIALTIES: Final = 50
"""What has a label of its own in metrics: those that were asked for first. The others go together."""
OTHER: Final = "other"


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
    alone = (col(row.acuity) != ALL, col(row.specialty) != ALL, col(row.country) == ALL)
    found = session.execute(select(*key, func.sum(col(row.sum_ms))).where(*alone).group_by(*key))
    return {Series(measure, acuity, specialty): int(sum_ms) for measure, acuity, specialty, sum_ms in found}


def _together(one: Histogram | None, other: Histogram) -> Histogram:
    if one is None:
        return other
    counts = tuple(map(sum, zip(one.counts, other.counts, strict=True)))
    return other._replace(counts=counts, sum_ms=one.sum_ms + other.sum_ms)
