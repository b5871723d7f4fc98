"""What is made of a PostgreSQL server's settings, and what the watch says when that changes."""

import logging
from pathlib import Path

import pytest

from persistence.disks import EVERY_S, Disks, DiskWatch
from persistence.postgres_disks import Replication, judged
from tests.persistence.counting import CountingSqlite

SAFE = Replication(names="", commit="on", fsync="on", full_page_writes="on", sees=True, standbys=0)


@pytest.mark.parametrize(
    ("names", "standbys", "count"),
    [
        ("", 0, 1),
        ("", 2, 1),
        ("ward", 1, 2),
        ("*", 1, 2),
        ("a, b", 1, 2),
        ("FIRST 2 (a, b, c)", 2, 3),
        ("any 1 (a, b)", 2, 2),
        ("2 (a, b)", 2, 3),
    ],
)
def test_a_commit_is_on_as_many_standbys_as_it_waits_for(names: str, standbys: int, count: int) -> None:
    assert judged(SAFE._replace(names=names, standbys=standbys)) == Disks(count)


def test_standbys_that_are_not_there_are_not_counted_and_said() -> None:
    found = judged(SAFE._replace(names="FIRST 2 (a, b)", standbys=1))
    assert found.count == 2
    assert "waits for 2 synchronous standbys and 1 are there: nothing is acknowledged" in found.warnings[0]


def test_where_standbys_are_hidden_those_that_a_commit_waits_for_count() -> None:
    found = judged(SAFE._replace(names="FIRST 2 (a, b)", sees=False))
    assert found.count == 3
    assert "pg_read_all_stats" in found.warnings[0]


@pytest.mark.parametrize(
    ("change", "count"),
    [({"fsync": "off"}, 0), ({"full_page_writes": "off"}, 1), ({"commit": "off"}, 0), ({"commit": "local"}, 1)],
)
def test_a_setting_that_is_not_safe_is_one_sentence(change: dict[str, str], count: int) -> None:
    found = judged(SAFE._replace(**change))  # type: ignore[arg-type]
    assert found.count == count
    assert len(found.warnings) == 1 and found.warnings[0].endswith(".")


async def test_sqlite_is_one_disk(database: CountingSqlite) -> None:
    assert await database.disks() == Disks(1)
    assert Disks(1).sentence == "What is acknowledged is on 1 disk."


async def test_the_watch_asks_now_and_then_and_says_what_is_new(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = Changing(str(tmp_path / "curbside.db"))
    watch = DiskWatch(database)
    with caplog.at_level(logging.INFO, "curbside.disks"):
        for said in (
            Disks(2),
            Disks(2),
            Disks(1, ("A standby is gone.",)),
            Disks(1, ("A standby is gone.",)),
            Disks(2),
        ):
            database.now = said
            for _ in range(EVERY_S):
                await watch.tick()
            assert watch.disks == said
    assert database.asked_disks == 5
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "What is acknowledged is on 2 disks."),
        ("WARNING", "What is acknowledged is on 1 disk. It was on 2."),
        ("WARNING", "A standby is gone."),
        ("INFO", "What is acknowledged is on 2 disks."),
    ]


class Changing(CountingSqlite):
    """A database that stands on as many disks as the test says."""

    now = Disks(1)
    asked_disks = 0

    async def disks(self) -> Disks:
        self.asked_disks += 1
        return self.now
