"""The figures of all cases over HTTP, and how long they wait for Prometheus."""

import csv
import io
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from pyarrow import parquet
from sqlmodel import SQLModel

from persistence.figures.book import WaitBook
from persistence.figures.histograms import Histogram, Series
from persistence.figures.quantiles import BUCKETS_S
from persistence.figures.tables import TallyCell, ThirdCell, WaitCell
from realtime.rooms.people import Person
from tests.builders import ana, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, audit, house
from web.waiting import WaitHistograms

OF: dict[str, Any] = {"acuity": "stat", "specialty": "cardiology", "country": "PE", "month": "2026-10"}
CELLS: dict[str, tuple[type[SQLModel], dict[str, Any], dict[str, Any]]] = {
    "times": (WaitCell, {"measure": "answered"}, {"n": 3, "median_ms": 61_000, "p90_ms": 99_000}),
    "tallies": (TallyCell, {"measure": "corroborated"}, {"cases": 3, "n": 9, "hits": 7, "sum": 0}),
    "thirds": (
        ThirdCell,
        {"third": "least"},
        {"people": 3, "cases": 5, "asked": 1, "answered": 7, "opinions": 4, "hits": 2, "brier": 1_600},
    ),
}
"""One cell of each table of figures."""
UNTOLD: dict[str, dict[str, Any]] = {"times": {"sum_ms": 200_000}, "tallies": {}, "thirds": {}}
YEAR = "from=2026-01&to=2026-12"


async def keep(folder: Path) -> None:
    """Have one case of each counted, with all cells that it is in."""
    async with migrated(folder) as database:
        for name, (cell, which, figures) in CELLS.items():
            for each in product(*((value, "*") for value in list(OF.values())[:3])):
                of = dict(zip(OF, (*each, OF["month"]), strict=True))
                row = cell(**of, **which, **figures, **UNTOLD[name])
                await database.write(lambda sql, row=row: sql.add(row))  # type: ignore[misc]


async def told(home: House, person: Person, query: str = YEAR, name: str = "times") -> Any:
    return await home.client(person).get(f"/api/insights/{name}?{query}")


@pytest.mark.parametrize("name", CELLS)
async def test_physicians_and_moderators_are_told_each_number(tmp_path: Path, name: str) -> None:
    _, which, figures = CELLS[name]
    async with house(tmp_path) as home:
        await keep(tmp_path)
        for person in (ana, mo):
            found = (await told(home, person, f"{YEAR}&acuity=stat&specialty=*", name)).json()
            assert found[name] == [{**which, **OF, "specialty": "*", "country": "*"} | figures]
            assert (found["from"], found["to"]) == ("2026-01", "2026-12")
            there = (found["specialties"], found["countries"], found["files"])
            assert there == (["cardiology"], ["PE"], ["csv", "parquet"])
        assert (await told(home, ana, f"{YEAR}&acuity=urgent", name)).json()[name] == []
        assert (await told(home, ana, "to=2027-09", name)).json()["from"] == "2026-10"


@pytest.mark.parametrize(("query", "lines"), [("", 4), ("&country=each", 8), ("&country=PE", 4), ("&country=KE", 0)])
async def test_countries_are_together_unless_one_or_each_is_wanted(tmp_path: Path, query: str, lines: int) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        assert len((await told(home, ana, YEAR + query)).json()["times"]) == lines


@pytest.mark.parametrize("name", [f"{name}{ending}" for name in CELLS for ending in ("", ".csv", ".parquet")])
async def test_others_are_not(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        assert (await home.client().get(f"/api/insights/{name}")).status_code == 401
        assert (await told(home, cleo, name=name)).status_code == 403
        outside = await told(home, obi, name=name)
        assert (outside.status_code, b"cardiology" in outside.content) == (200, False)
    assert ("summary_read", obi.id) in [(act, person) for act, person, _, _ in await audit(tmp_path)]


@pytest.mark.parametrize("name", CELLS)
async def test_lines_are_exported_as_they_are_told(tmp_path: Path, name: str) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        asked = f"{YEAR}&country=each"
        lines = (await told(home, ana, asked, name)).json()[name]
        as_csv = await told(home, ana, asked, f"{name}.csv")
        as_parquet = await told(home, ana, asked, f"{name}.parquet")
    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert rows == [{key: str(value) for key, value in line.items()} for line in lines]
    assert parquet.read_table(io.BytesIO(as_parquet.content)).to_pylist() == lines
    for file, ending in ((as_csv, "csv"), (as_parquet, "parquet")):
        assert file.headers["content-disposition"] == f'attachment; filename="insights-{name}.{ending}"'
        assert file.headers["cache-control"] == "no-store"


async def test_without_the_library_parquet_is_not_offered_and_refused_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr("persistence.figures.exporting.find_spec", lambda name: None)
    async with house(tmp_path) as home:
        assert (await told(home, ana)).json()["files"] == ["csv"]
        answer = await told(home, ana, name="times.parquet")
        assert answer.status_code == 501
        assert "curbside[parquet]" in answer.json()["detail"]


async def test_many_lines_come_in_their_order_whatever_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as home:
        await keep(tmp_path)
        whole = (await told(home, ana, f"{YEAR}&country=each")).json()["times"]
        monkeypatch.setattr("web.api.insights.PAGE", 3)
        assert (await told(home, ana, f"{YEAR}&country=each")).json()["times"] == whole
    assert len(whole) == 8


@pytest.mark.parametrize(
    "query", ["from=2026-13", "to=yesterday", f"acuity={'x' * 65}", f"specialty={'x' * 65}", f"country={'x' * 65}"]
)
async def test_what_is_not_valid_is_refused_in_a_sentence(tmp_path: Path, query: str) -> None:
    async with house(tmp_path) as home:
        answer = await told(home, ana, query)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_what_would_be_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.insights.MOST_LINES", 0)
    async with house(tmp_path) as home:
        await keep(tmp_path)
        assert (await told(home, ana)).status_code == 422


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
