from typing import Any

import pytest

from realtime.rooms.triage.news2 import MEASURED, Observed, applies, missing, score
from tests.vectors.reading import vectors

VECTORS = vectors("news2")
SCORED = [one for one in VECTORS if "value" in one]
INCOMPLETE = [one for one in VECTORS if "missing" in one]


@pytest.mark.parametrize("vector", SCORED, ids=lambda vector: vector["name"])
def test_the_score_is_the_charts(vector: dict[str, Any]) -> None:
    found = score(vector["values"], Observed(**vector["observed"]))
    assert (found.value, found.band) == (vector["value"], vector["band"])
    assert sum(found.points.values()) == found.value
    assert missing(vector["values"], Observed(**vector["observed"])) == []


@pytest.mark.parametrize("vector", INCOMPLETE, ids=lambda vector: vector["name"])
def test_what_is_missing_is_named(vector: dict[str, Any]) -> None:
    assert missing(vector["values"], Observed(**vector["observed"])) == vector["missing"]


def test_every_points_of_every_parameter_is_in_a_vector() -> None:
    found = {
        (name, score(one["values"], Observed(**one["observed"])).points[name]) for one in SCORED for name in MEASURED
    }
    assert found >= {("respiratory_rate", points) for points in (0, 1, 2, 3)}
    assert found >= {("temperature", points) for points in (0, 1, 2, 3)}
    assert ("systolic", 2) in found


@pytest.mark.parametrize("band", ["<1 month", "1-11 months", "1-4", "5-9", "10-14", "15"])
def test_it_is_not_for_children(band: str) -> None:
    assert not applies(band, pregnant=False)


@pytest.mark.parametrize("band", [None, "15-17", "18-39", "65-89", "90+", "adult"])
def test_it_is_for_those_who_may_have_reached_sixteen(band: str | None) -> None:
    assert applies(band, pregnant=False)


def test_it_is_not_for_pregnancy() -> None:
    assert not applies("18-39", pregnant=True)
