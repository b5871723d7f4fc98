"""`curbside erase`, while a server runs that holds the room in memory."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.builders import ana, cleo
from tests.web.house import CASE, house, lines
from web.cli import main

CANARY = "Jane Q. Canary, born in Springfield"


def erase(var: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["erase", *arguments], env={"CURBSIDE_VAR": str(var)})


async def test_a_running_server_drops_what_was_erased(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, situation=CANARY)
        path = f"/api/cases/{case}/events"
        assert CANARY in (await home.client(ana).get(path)).text
        result = await asyncio.to_thread(erase, tmp_path, case, "1", "--reason", "Name of the patient")
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


def found_in(folder: Path) -> list[str]:
    """The database's files in which the canary is."""
    return [file.name for file in folder.glob("curbside.db*") if CANARY.encode() in file.read_bytes()]


@pytest.mark.parametrize("arguments", [("case1", "7"), ("nowhere", "1")])
def test_what_is_not_there_is_refused_in_a_sentence(tmp_path: Path, arguments: tuple[str, str]) -> None:
    result = erase(tmp_path, *arguments, "--reason", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("curbside: There is no event") and result.stderr.count("\n") == 1
