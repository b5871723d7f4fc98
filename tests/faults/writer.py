"""`python -m tests.faults.writer DATABASE [SYNCHRONOUS]`: writes to a journal, and says what becomes of it.

A line on stdout for each wish: `acked NAME SYNCS`, when it is on record, after so many files were kept of those that
were synced; `away NAME` each time that it could not be written.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

from persistence.database import open_database
from persistence.journal import SqlJournal, open_journal
from persistence.sqlite import Sqlite
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import Head
from tests.persistence.appends import posts

ROOM: Final = "case1"
WISHES: Final = [["a"], ["b1", "b2", "b3"], ["c"], ["d1", "d2"], ["e"], ["f"]]
TRIES: Final = 4
GIVEN_UP: Final = 3


async def write(path: Path, synchronous: str = "FULL") -> int:
    """Write what is not on record yet, in order; a status for the shell."""
    database = open_database(str(path))
    assert isinstance(database, Sqlite)
    journal = open_journal(database)
    try:
        await database.hand_over(lambda connection: connection.execute(f"PRAGMA synchronous = {synchronous}").close())
        for names in WISHES:
            if not await _written(journal, names):
                return GIVEN_UP
        return 0
    finally:
        await journal.close()
        await database.close()


async def _written(journal: SqlJournal, names: list[str]) -> bool:
    for _ in range(TRIES):
        try:
            await _appended(journal, names)
        except Unavailable:
            print("away", names[0], flush=True)
            await asyncio.sleep(0.01)
        else:
            print("acked", names[0], _syncs(), flush=True)
            return True
    return False


async def _appended(journal: SqlJournal, names: list[str]) -> None:
    """As a room does: what is on record is not written again, and after a conflict one looks anew."""
    while not await journal.lookup(ROOM, names):
        head: Head = (await journal.heads([ROOM]))[ROOM]
        wish: Append = posts(ROOM, head, *names)
        try:
            await journal.append(wish)
        except Conflict:
            continue


def _syncs() -> int:
    rules = os.environ.get("DISK_RULES")
    return len(list(Path(rules).with_name("kept").iterdir())) if rules else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(write(Path(sys.argv[1]), *sys.argv[2:])))
