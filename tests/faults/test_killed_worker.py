"""A real worker process that ends, or is stopped for longer than its lease, at each step of sealing."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from drill.killed import PLACES
from drill.nursery import Forked
from drill.process import nursery
from persistence import tables
from persistence.database import open_database
from persistence.journal import open_journal
from persistence.migrate import upgrade
from persistence.troubles import set_aside
from realtime.rooms.chain import first_broken
from tests.persistence.shop import Shop

PATIENCE_S = 30.0
LEASE_MS = 1_000
# The steps at which it matters what else the database did, also over PostgreSQL.
COMMITS = [
    place for place in PLACES if place.partition(":")[2] in ("claim-statement", "claim", "mark-statement", "mark")
]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'curbside.db'}"
    return str(request.getfixturevalue("postgres_server").database("curbside_killed"))


@pytest.fixture
async def shop(url: str, tmp_path: Path) -> AsyncIterator[Shop]:
    database = open_database(url)
    await upgrade(database)
    journal = open_journal(database)
    yield Shop(database, journal, tmp_path)
    await journal.close()
    await database.close()


def worker(shop: Shop, url: str, *arguments: str) -> Forked:
    """`curbside worker` in a process of its own, its log in `worker.log`."""
    environment = {"PATH": os.defpath, "CURBSIDE_VAR": str(shop.folder), "CURBSIDE_DATABASE_URL": url}
    with (shop.folder / "worker.log").open("ab") as log:
        command = [f"--lease-ms={LEASE_MS}", *arguments, "worker"]
        return nursery.fork("drill.killed", command, environment, log, log)


@contextmanager
def running(shop: Shop, url: str) -> Iterator[None]:
    """A worker to which nothing happens; told to end, it ends in order."""
    process = worker(shop, url, "never")
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


async def all_sealed(shop: Shop) -> None:
    """Return when another worker, for whose clock every lease is over, has found nothing to do any more."""
    heir = shop.worker()
    while await heir.step():
        pass


async def sealed(shop: Shop, room: str, seals: int) -> None:
    """Return when the room has that many seals."""
    deadline_s = time.monotonic() + PATIENCE_S
    while len([row for row in await shop.rows() if row.room == room]) < seals:
        assert time.monotonic() < deadline_s, (shop.folder / "worker.log").read_text()
        await asyncio.sleep(0.02)


async def check(shop: Shop, room: str, kinds: list[str]) -> None:
    """The log is what it should be, and so is every file; nothing else lies about."""
    log = await shop.log(room)
    assert [record.kind for record in log] == kinds
    assert first_broken(log) is None
    seals = shop.verify(room)
    rows = await shop.rows()
    assert [row.signature for row in rows] == [seal.signature for seal in seals]
    assert len(rows) == kinds.count("sealed")
    files = [path.name for path in shop.archive.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(row.path for row in rows)


@pytest.mark.parametrize(
    ("url", "place"),
    [*(("sqlite", place) for place in PLACES), *(("postgres", place) for place in COMMITS)],
    indirect=["url"],
)
async def test_a_worker_that_is_killed_there_leaves_one_seal_and_one_file(shop: Shop, url: str, place: str) -> None:
    room = await shop.closed_room()
    assert worker(shop, url, place).wait(PATIENCE_S) == -signal.SIGKILL, (shop.folder / "worker.log").read_text()
    await all_sealed(shop)
    await check(shop, room, ["opened", "post", "closed", "sealed"])


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("place", ["after:claim", "before:rename", "after:rename", "before:mark", "after:mark"])
async def test_a_worker_that_is_killed_there_leaves_one_addendum(shop: Shop, url: str, place: str) -> None:
    room = await shop.closed_room()
    await shop.worker().step()
    await shop.outcome(room)
    assert worker(shop, url, place).wait(PATIENCE_S) == -signal.SIGKILL, (shop.folder / "worker.log").read_text()
    # An outcome that came while nobody sealed changes nothing of what the file that was begun holds.
    await shop.outcome(room)
    await all_sealed(shop)
    kinds = sorted(record.kind for record in await shop.log(room))
    assert kinds == ["closed", "opened", "outcome", "outcome", "post", "sealed", "sealed", "sealed"]
    assert [seal.number for seal in shop.verify(room)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("url", "place"),
    [("sqlite", place) for place in ("after:claim", "after:read", "before:rename", "after:rename", "before:mark")]
    + [("postgres", "before:mark"), ("postgres", "after:mark-statement")],
    indirect=["url"],
)
async def test_a_worker_that_is_stopped_there_for_longer_than_its_lease_breaks_nothing(
    shop: Shop, url: str, place: str
) -> None:
    first, second = await shop.closed_room("first"), "second"
    zombie = worker(shop, url, "--stop", place)
    try:
        await stopped(zombie)
        with running(shop, url):
            await sealed(shop, first, 1)
        zombie.send_signal(signal.SIGCONT)
        # It goes on to work: the next room is its own.
        await shop.closed_room(second)
        await sealed(shop, second, 1)
        zombie.terminate()
        assert zombie.wait(PATIENCE_S) == 0, (shop.folder / "worker.log").read_text()
    finally:
        zombie.kill()
        zombie.wait()
    for room in (first, second):
        log = await shop.log(room)
        assert [record.kind for record in log] == ["opened", "post", "closed", "sealed"]
        assert first_broken(log) is None
    rows = await shop.rows()
    assert [row.room for row in rows] == [first, second]
    assert [row.signature for row in rows] == [seal.signature for room in (first, second) for seal in shop.verify(room)]
    log_text = (shop.folder / "worker.log").read_text()
    # The database ends a transaction that stands still: of that one the worker hears that its line was cut.
    assert "room first was taken over" in log_text or place == "after:mark-statement"
    assert "Traceback" not in log_text


async def stopped(process: Forked) -> None:
    """Return when the process has stopped itself."""
    deadline_s = time.monotonic() + PATIENCE_S
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        assert process.poll() is None and time.monotonic() < deadline_s
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_two_workers_try_a_poison_room_three_times_in_all_and_seal_the_others(shop: Shop, url: str) -> None:
    poison = await shop.closed_room("poison")
    change = text("UPDATE event SET body = 'x' WHERE room = 'poison' AND seq = 2")
    await shop.database.write(lambda session: session.connection().execute(change))
    with running(shop, url), running(shop, url):
        for n in range(4):
            await sealed(shop, await shop.closed_room(f"sound{n}"), 1)
        found = await first_aside(shop)
        # Whoever comes by now leaves it alone.
        await sealed(shop, await shop.closed_room("later"), 1)
    assert [(trouble.room, trouble.first_wrong, trouble.tries) for trouble in found] == [(poison, 2, 3)]
    said = [line for line in (shop.folder / "worker.log").read_text().splitlines() if "room poison" in line]
    assert [line.split()[2] for line in said] == ["WARNING", "WARNING", "ERROR"]


async def first_aside(shop: Shop) -> list[tables.Trouble]:
    """The rooms that are set aside, once there are any."""
    for _ in range(round(PATIENCE_S / 0.1)):
        if found := await shop.database.read(set_aside):
            return found
        await asyncio.sleep(0.1)
    raise AssertionError((shop.folder / "worker.log").read_text())
