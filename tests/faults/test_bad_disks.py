"""A whole server on SQLite whose disk is slow, or full, for a while."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from drill.disk import Disk
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Frame, Raw
from tests.endtoend.site import Embedded, Ground, embedded_ground

SLOW_MS = 2_000
TOO_SLOW_MS = 13_000
MANY_PONGS = 50


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return embedded_ground(tmp_path_factory.mktemp("embedded"))


@pytest.fixture
def site(ground: Ground, tmp_path: Path, disk: Disk) -> Iterator[Embedded]:
    site = Embedded(ground, tmp_path)
    site.environment |= disk.environment
    with site:
        yield site
        disk.rule()


async def test_while_the_disk_is_slow_the_loop_is_free_and_everything_lands(site: Embedded, disk: Disk) -> None:
    async with Callers(site) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        disk.rule(f"slow {SLOW_MS}")
        names = [f"slow{n}" for n in range(5)]
        for name in names:
            await ana.send("post", id=name, room=room, text=said("slow"))
        pongs = 0
        while not ana.answers(names[0]):
            await ben.send("ping", n=pongs)
            await ben.next("pong", n=pongs)
            pongs += 1
        assert pongs > MANY_PONGS
        disk.rule()
        await ana.until(lambda: all(map(ana.answers, names)))
        assert [ana.answers(name)[0]["seq"] for name in names] == [2, 3, 4, 5, 6]
        assert await ben.upto(room, 6) == await ana.upto(room, 6) == await callers.log(room)


async def test_a_commit_that_takes_too_long_is_unavailable_and_found_when_it_is_sent_again(
    site: Embedded, disk: Disk
) -> None:
    async with Callers(site) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        await recorded(site, joins=2)  # so that no commit but this one waits for the disk
        disk.rule(f"slow {TOO_SLOW_MS}")
        away = await ana.ask("post", id="late", room=room, text=said("late"))
        assert away["code"] == "unavailable"
        disk.rule()
        ack = await resent(ana, id="late", room=room, text=said("late"))
        assert (ack["seq"], ack["duplicate"]) == (2, True)
        assert await ben.upto(room, 2) == await ana.upto(room, 2) == await callers.log(room)


async def test_while_the_disk_is_full_one_reads_on_and_what_is_sent_again_lands_when_there_is_room(
    site: Embedded, disk: Disk
) -> None:
    async with Callers(site) as callers:
        room = await callers.open_case()
        ana, ben = await callers.seated("ana", room), await callers.seated("ben", room)
        acks = [await ana.ask("post", id=f"before{n}", room=room, text=said("before")) for n in range(5)]
        disk.rule("full")
        for seat, name in ((ana, "kept1"), (ben, "kept2")):
            away = await seat.ask("post", id=name, room=room, text=said("kept"))
            assert (away["code"], away["retry_after_ms"] > 0) == ("unavailable", True)
        late = await callers.seated("mo", room)
        assert late.events(room) == await callers.log(room) == ana.events(room)
        assert len(ana.events(room)) == 6
        disk.rule()
        acks.append(await resent(ana, id="kept1", room=room, text=said("kept")))
        acks.append(await resent(ben, id="kept2", room=room, text=said("kept")))
        assert [ack["seq"] for ack in acks] == list(range(2, 9))
        for seat in (ana, ben, late):
            assert await seat.upto(room, 8) == await callers.log(room)


async def recorded(site: Embedded, joins: int) -> None:
    """Return once the audit has so many lines of joins."""
    with closing(sqlite3.connect(f"file:{site.var / 'curbside.db'}?mode=ro", uri=True)) as database:
        while True:
            (found,) = database.execute("SELECT COUNT(*) FROM audit WHERE act = 'join'").fetchone()
            if found == joins:
                return
            await asyncio.sleep(0.05)


async def resent(seat: Raw, **post: str) -> Frame:
    """The ack of a post that is sent again until it is on record."""
    while True:
        answer = await seat.ask("post", **post)
        if answer["t"] == "ack":
            return answer
        assert answer["code"] == "unavailable", answer
        await asyncio.sleep(0.2)
