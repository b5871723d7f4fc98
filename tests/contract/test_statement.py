"""The monthly statement: it says what the record, the meter and the audit say, and shows every change."""

import csv
import io
import re

import pytest

from persistence.database import Database
from persistence.observers.observing import SqlObserving
from persistence.observers.statement import bounds, is_signed, signed, statement
from persistence.seal import SealKey, open_key
from realtime.observing import Stretch
from tests.agreed import agreed
from tests.builders import AT, obi
from tests.contract.test_observers import At, Clock, eve, used_ms
from tests.live import Lines

SECRET = b"a secret of this deployment"
MONTH = "2027-01"
"""The month of `AT`."""


async def listened(node: SqlObserving, clock: Clock, seconds: int, shown: int, who: int) -> Stretch:
    person = (obi, eve)[who]
    stretch = await node.begin(person, await node.permit(person), "case1", 0, "stream")
    stretch.reader = At(shown)
    clock.ms += seconds * 1_000
    node.end(stretch)
    await node.tick()
    return stretch


async def said(database: Database, month: str = MONTH) -> list[list[str]]:
    text = await database.read(lambda session: statement(session, "corp", month, SECRET))
    return list(csv.reader(io.StringIO(text)))[1:]


async def test_a_statement_balances_with_the_meter_and_with_the_audit(database: Database) -> None:
    clock, audit = Clock(), Lines()
    await agreed(database, [obi, eve])
    node = SqlObserving(database, audit, "node", clock)
    await node.tick()
    for seconds, shown, who in ((90, 4, 0), (61, 9, 1), (1, 1, 0)):
        await listened(node, clock, seconds, shown, who)
    *lines, total = await said(database)
    assert [line[7] for line in lines] == ["90.000", "61.000", "1.000"]
    assert (total[4], total[7]) == ("14", "152.000") and await used_ms(database) == 152_000
    ends = [detail for act, _, _, detail in audit.lines if act == "observe_ended"]
    assert len(ends) == len(lines) == len([act for act, *_ in audit.lines if act == "observe_begun"])
    counts = [re.search(r"after (\d+), to (\d+)$", end) for end in ends]
    assert [str(int(found[2]) - int(found[1])) for found in counts if found] == [line[4] for line in lines]
    assert lines[0][0] == lines[2][0] != lines[1][0] and "obi" not in str(lines) and "case1" not in str(lines)
    await node.close()


async def test_a_stretch_over_the_end_of_a_month_counts_in_each_with_its_part(database: Database) -> None:
    clock = Clock()
    await agreed(database, [obi, eve])
    node = SqlObserving(database, Lines(), "node", clock)
    clock.ms = bounds(MONTH)[1] - 10_000
    await node.tick()
    await listened(node, clock, 30, 1, 0)
    assert [(await said(database, month))[-1][7] for month in (MONTH, "2027-02", "2027-03")] == [
        "10.000",
        "20.000",
        "0.000",
    ]
    await node.close()


def test_a_month_is_named_by_year_and_month() -> None:
    assert bounds(MONTH)[0] < AT < bounds(MONTH)[1] == bounds("2027-02")[0]
    with pytest.raises(ValueError, match="no month"):
        bounds("January")


def test_a_changed_statement_is_not_what_was_signed(key: SealKey) -> None:
    signature = signed("a,b\n1,2\n", key)
    assert is_signed("a,b\n1,2\n", signature)
    assert not is_signed("a,b\n1,3\n", signature)


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    return open_key(tmp_path_factory.mktemp("keys"))
