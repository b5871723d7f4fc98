"""`curbside erase`, while a server runs that holds the room in memory."""

import asyncio
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from click.testing import CliRunner, Result

from persistence.erasing import erase
from persistence.sqlite import Sqlite
from realtime.hub import Hub
from tests.builders import ana, cleo
from tests.web.databases import migrated
from tests.web.house import CASE, house, lines
from web.cli import main
from web.clock import now_ms
from web.erasures import Erasures
from web.part import House

CANARY = "a canary in zebrawood, q.c."


def erases(var: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["erase", *arguments], env={"CURBSIDE_VAR": str(var)})


async def test_a_running_server_drops_what_was_erased(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, situation=CANARY)
        path = f"/api/cases/{case}/events"
        assert CANARY in (await home.client(ana).get(path)).text
        result = await asyncio.to_thread(erases, tmp_path, case, "1", "--reason", "Name of the patient")
        assert result.exit_code == 0, result.output
        async with asyncio.timeout(10):
            while CANARY in (text := (await home.client(ana).get(path)).text):
                continue
        assert "(erased)" in text
        page = (await home.client(ana).get("/api/cases")).text
        assert CASE["title"] not in page and case in page
    (line,) = [line for line in await lines(tmp_path) if line.act == "erased"]
    assert (line.room, line.detail, line.reason, line.person) == (case, "event 1", "Name of the patient", "system")
    assert not await asyncio.to_thread(found_in, tmp_path)


class Standing(NamedTuple):
    """What the part asks of its house; `clock` gives Unix ms."""

    database: Sqlite
    hub: Hub
    clock: list[int]

    def now_ms(self) -> int:
        return self.clock[0]


async def test_a_server_that_stood_still_drops_what_was_erased_meanwhile(tmp_path: Path) -> None:
    async with house(tmp_path) as home, migrated(tmp_path) as database:
        case, hub = await home.open(cleo), home.elsewhere.hub
        at = Standing(database, hub, [now_ms()])
        part = Erasures(cast(House, at))
        await part.every_second()
        host = await hub.rooms.host(case)
        await database.write(lambda sql: erase(sql, case, 1, at.now_ms() + 1))
        at.clock[0] += 3_600_000
        await part.every_second()
        assert host is not None and host.abandoned
        again = await hub.rooms.host(case)
        await part.every_second()
        assert again is not None and not again.abandoned


async def test_a_room_that_is_being_read_as_it_is_erased_is_dropped_when_it_has_been(tmp_path: Path) -> None:
    async with house(tmp_path) as home, migrated(tmp_path) as database:
        case, hub = await home.open(cleo), home.elsewhere.hub
        part = Erasures(cast(House, Standing(database, hub, [now_ms()])))
        await database.write(lambda sql: erase(sql, case, 1, now_ms()))
        reading = asyncio.create_task(hub.rooms.host(case))
        await asyncio.sleep(0)
        await part.every_second()
        host = await reading
        await part.every_second()
        assert host is not None and host.abandoned


def found_in(folder: Path) -> list[str]:
    """The database's files in which the canary is."""
    return [file.name for file in folder.glob("curbside.db*") if CANARY.encode() in file.read_bytes()]


@pytest.mark.parametrize("arguments", [("case1", "7"), ("nowhere", "1")])
def test_what_is_not_there_is_refused_in_a_sentence(tmp_path: Path, arguments: tuple[str, str]) -> None:
    result = erases(tmp_path, *arguments, "--reason", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("curbside: There is no event") and result.stderr.count("\n") == 1
