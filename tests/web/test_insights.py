"""How long cases wait, over HTTP and for Prometheus."""

from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from persistence.figures.book import WaitBook
from persistence.figures.quantiles import BUCKETS_S
from persistence.figures.reading import Histogram, Series
from persistence.figures.tables import WaitCell
from realtime.rooms.people import Person
from tests.builders import ana, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, audit, house
from web.waiting import WaitHistograms

CELL: dict[str, Any] = {"month": "2026-10", "measure": "answered", "acuity": "stat", "specialty": "cardiology"}
FIGURES: dict[str, Any] = {"n": 3, "median_ms": 61_000, "p90_ms": 99_000}
YEAR = "from=2026-01&to=2026-12"


async def keep(folder: Path) -> None:
    """Have one cell counted."""
    async with migrated(folder) as database:
        await database.write(lambda sql: sql.add(WaitCell(**CELL, **FIGURES, sum_ms=200_000)))


async def times(home: House, person: Person, query: str = YEAR) -> Any:
    return await home.client(person).get(f"/api/insights/times?{query}")


async def test_physicians_and_moderators_are_told_each_number(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        for person in (ana, mo):
            told = (await times(home, person)).json()
            assert told["times"] == [CELL | FIGURES]
            assert (told["from"], told["to"], told["specialties"]) == ("2026-01", "2026-12", ["cardiology"])
        assert (await times(home, ana, f"{YEAR}&acuity=urgent")).json()["times"] == []
        assert (await times(home, ana, "to=2027-09")).json()["from"] == "2026-10"


async def test_others_are_not(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        assert (await home.client().get("/api/insights/times")).status_code == 401
        assert (await times(home, cleo)).status_code == 403
        assert (await times(home, obi)).json()["times"] == []
    assert ("summary_read", obi.id) in [(act, person) for act, person, _, _ in await audit(tmp_path)]


@pytest.mark.parametrize("query", ["from=2026-13", "to=yesterday", f"acuity={'x' * 65}", f"specialty={'x' * 65}"])
async def test_what_is_not_valid_is_refused_in_a_sentence(tmp_path: Path, query: str) -> None:
    async with house(tmp_path) as home:
        answer = await times(home, ana, query)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_what_would_be_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.insights.MOST_LINES", 0)
    async with house(tmp_path) as home:
        await keep(tmp_path)
        assert (await times(home, ana)).status_code == 422


class Book(WaitBook):
    """One histogram."""

    def __init__(self) -> None:
        self.now = [Histogram(Series("answered", "stat", "cardiology"), (1, 2, *(0,) * (len(BUCKETS_S) - 2), 4), 9_500)]


def test_prometheus_is_shown_a_histogram_with_labels_and_sums() -> None:
    registry = CollectorRegistry()
    registry.register(WaitHistograms(Book()))
    shown = generate_latest(registry).decode()
    labels = 'acuity="stat",{}specialty="cardiology",until="answered"'
    for bound, n in (("5", 1), ("10", 3), ("604800", 3), ("+Inf", 7)):
        le = f'le="{bound}",'
        assert f"curbside_case_wait_seconds_bucket{{{labels.format(le)}}} {n}.0\n" in shown
    assert f"curbside_case_wait_seconds_sum{{{labels.format('')}}} 9.5\n" in shown
    assert f"curbside_case_wait_seconds_count{{{labels.format('')}}} 7.0\n" in shown
