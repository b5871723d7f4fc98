"""A database in which rooms are opened, closed and followed up, and workers that seal them, on a clock of the tests."""

from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from persistence import tables
from persistence.archive import files_of, read
from persistence.backlog import Waiting, waiting
from persistence.database import Database
from persistence.journal import SqlJournal
from persistence.seal import AnySeal, open_key
from persistence.troubles import AGAIN_MS
from persistence.verdict import follows, judge
from persistence.worker import Worker
from realtime.ports import Append
from realtime.rooms.chain import Record, event_of
from realtime.rooms.command import Command
from realtime.rooms.commands import Close, Outcome, Post
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.fold import fold, replay
from realtime.rooms.people import Person
from tests.builders import Seat, ask, cleo
from tests.persistence.appends import opens, record

M = TypeVar("M", bound=SQLModel)


class Shop:
    """Everything that a worker needs. `told`: the `sealed` records that workers told of."""

    def __init__(self, database: Database, journal: SqlJournal, folder: Path) -> None:
        self.database = database
        self.journal = journal
        self.folder = folder
        self.archive = folder / "archive"
        self.now_ms = 2_000_000_000_000
        self.told: list[Record] = []
        self._commands = 0

    def worker(self, database: Database | None = None, journal: SqlJournal | None = None) -> Worker:
        """One more worker."""
        return Worker(
            database=database or self.database,
            journal=journal or self.journal,
            folder=self.archive,
            key=open_key(self.folder),
            now_ms=lambda: self.now_ms,
            told=self.told.append,
        )

    async def closed_room(self, room: str = "room1") -> str:
        """A room of cleo's with a post, closed."""
        await self.open_room(room)
        await self.does(room, Post, text="Better now.")
        await self.close(room)
        return room

    async def open_room(self, room: str = "room1") -> str:
        """A room of cleo's."""
        await self.journal.append(opens(room))
        return room

    async def close(self, room: str) -> None:
        """Close it."""
        await self.does(room, Close, disposition="advised", summary="Done.")

    async def outcome(self, room: str, verdict: str = "confirmed") -> Record:
        """Say how the case turned out."""
        return await self.does(room, Outcome, verdict=verdict)

    async def does(self, room: str, kind: type[Command], person: Person = cleo, /, **fields: Any) -> Record:
        """The record of what a command made."""
        log = await self.log(room)
        state = replay(map(event_of, log))
        assert state is not None
        self._commands += 1
        command: Any = ask(kind, id=f"c{self._commands}", room=room, **fields)
        (body,) = decide(state, Seat(person), command, state.at)
        event = Event(state.seq + 1, command.id, state.at + 1_000, person.by, body)
        after = fold(state, event)
        kept = record(room, log[-1].head, event)
        card = after.card if after.card is not state.card else None
        await self.journal.append(Append(room, log[-1].head, [kept], card))
        return kept

    async def tries(self, worker: Worker, count: int) -> None:
        """Let `worker` take `count` steps, each after the pause that a failure brings."""
        for _ in range(count):
            await worker.step()
            self.now_ms += AGAIN_MS + 1

    async def log(self, room: str) -> list[Record]:
        """The whole log of a room."""
        return await self.journal.records(room, 0, 1_000)

    async def rows(self) -> list[tables.Archive]:
        """All seals in the database."""
        found = await self.all(tables.Archive)
        return sorted(found, key=lambda row: (row.room, row.addendum))

    async def all(self, table: type[M]) -> list[M]:
        """All rows of a table."""

        def every(session: Session) -> list[M]:
            return list(session.exec(select(table)))

        return await self.database.read(every)

    async def waiting(self) -> Waiting:
        """What waits to be sealed."""
        return await self.database.read(waiting)

    def verify(self, room: str) -> list[AnySeal]:
        """The seals of a room, each of which must be right and stand on the one before it."""
        seals: list[AnySeal] = []
        for path in files_of(self.archive, room):
            archived = read(path)
            assert judge(archived, open_key(self.folder).public) == (None, None)
            assert follows(archived.manifest, seals) == (None, None)
            seals.append(archived.manifest)
        return seals
