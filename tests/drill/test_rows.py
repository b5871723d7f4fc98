"""The fault matrix itself: each row is broken once on purpose, by switching off what holds it."""

import pytest

from drill.cluster import UNIQUE, Cluster
from drill.command import SHORT
from drill.defences import DEFENCES
from drill.forgetful import RESEND
from drill.row import Row
from drill.rows import ROWS
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
