"""Journals in files: prepared for the writer, written by it on a disk that fails, and opened again afterwards."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from drill.disk import Disk
from persistence.database import open_database
from persistence.journal import open_journal
from persistence.migrate import upgrade
from realtime.rooms.chain import first_broken
from tests.faults.writer import ROOM, WISHES, write
from tests.persistence.appends import opens

NAME: Final = "curbside.db"
REPOSITORY: Final = Path(__file__).parents[2]
PATIENCE_S: Final = 60.0


class Written(NamedTuple):
    """What became of the writer: its exit status, and its lines in order."""

    status: int
    lines: list[list[str]]

    @property
    def acked(self) -> list[str]:
        """The first names of the wishes that were acked."""
        return [line[1] for line in self.lines if line[0] == "acked"]

    @property
    def away(self) -> list[str]:
        """The first names of the wishes that were answered `unavailable`, as often as they were."""
        return [line[1] for line in self.lines if line[0] == "away"]


def prepare(folder: Path) -> Path:
    """A journal with one room."""

    async def prepared() -> None:
        database = open_database(str(folder / NAME))
        await upgrade(database)
        journal = open_journal(database)
        await journal.append(opens(ROOM))
        await journal.close()
        await database.close()

    asyncio.run(prepared())
    return folder


def copied(prepared: Path, folder: Path) -> Path:
    """The path of a copy in a folder of its own."""
    shutil.copytree(prepared, folder)
    return folder / NAME


def written(path: Path, disk: Disk, *arguments: str) -> Written:
    """Let the writer write there, on this disk."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.writer", str(path), *arguments],
        cwd=REPOSITORY,
        env=disk.environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Written(done.returncode, [line.split() for line in done.stdout.splitlines()])


def on_record(path: Path) -> list[str]:
    """The names that are on record, once the journal was opened anew: its chain is whole, and no wish is half there."""
    names = asyncio.run(_read(path))
    for wish in WISHES:
        assert len(set(wish) & set(names)) in (0, len(wish)), "a wish is half on record"
    return names


def go_on(path: Path) -> None:
    """Write the rest, on a disk that does not fail: in the end each name stands there once, in order."""
    assert asyncio.run(write(path)) == 0
    assert on_record(path) == ["opening", *(name for wish in WISHES for name in wish)]


async def _read(path: Path) -> list[str]:
    database = open_database(str(path))
    journal = open_journal(database)
    try:
        records = await journal.records(ROOM, 0, 1_000)
        assert first_broken(records) is None
        assert (await journal.heads([ROOM]))[ROOM] == records[-1].head
        return [record.id for record in records]
    finally:
        await journal.close()
        await database.close()
