"""The fault matrix itself: each row is broken once on purpose, by switching off what holds it."""

import inspect
import sys
from typing import Any

import pytest

from drill import guests
from drill.checker import KINDS
from drill.cluster import UNIQUE, Cluster
from drill.command import SHORT
from drill.defences import DEFENCES
from drill.forgetful import RESEND
from drill.row import Ground, Row
from drill.rows import ROWS
from drill.run import Outcome, unharmed
from drill.sites import SITES


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_row_names_the_defences_without_which_its_fault_does_harm(row: Row) -> None:
    known = {*DEFENCES, RESEND, *([UNIQUE] if issubclass(row.on, Cluster) else [])}
    assert row.without and set(row.without) <= known
    assert row.on in SITES


def test_the_short_drill_takes_rows_that_there_are() -> None:
    assert set(SHORT) <= set(ROWS)


def test_where_redis_hangs_the_first_events_are_promised_apart() -> None:
    assert ROWS["F4h"].first_lag_s == 3.5


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_row_names_the_harm_that_its_control_must_do(row: Row) -> None:
    raised = inspect.getsource(sys.modules[row.act.__module__]) + inspect.getsource(guests)
    assert row.harm and all(harm in KINDS or harm in raised for harm in row.harm)


@pytest.mark.parametrize(("counts", "wrong"), [({"lost": 1}, []), ({}, ["a reader was forgotten"])])
def test_a_control_has_passed_where_it_did_the_harm_that_the_row_names(
    counts: dict[str, int], wrong: list[str]
) -> None:
    assert unharmed(row_with("lost", "was forgotten"), came(counts, wrong)) == []


def test_a_control_that_did_other_harm_has_not_passed() -> None:
    (sentence,) = unharmed(row_with("lost"), came({"behind": 3}, ["behind: p1: was shown the log up to 2 of 9"]))
    assert sentence == "the fault does no harm: without drain none of this was found: lost"


def row_with(*harm: str) -> Row:
    async def nothing(_: Ground[Any]) -> None:
        pass

    return Row("F0", "a fault", nothing, without=("drain",), harm=harm)


def came(counts: dict[str, int], wrong: list[str]) -> Outcome:
    return Outcome(
        number="F0",
        title="a fault",
        passed=not wrong,
        acked=1,
        counts=counts,
        healed_s=1.0,
        lag_p99_s=None,
        first_lag_s=None,
        wrong=wrong,
    )
