"""A database with people and cases in it, pagers that look at them, and a clock that only a test moves."""

import msgspec
from sqlmodel import Session, col, select

from persistence import people
from persistence.database import Database
from persistence.journal import SqlJournal
from persistence.moderation.tables import Notice
from persistence.paging.choosing import Rules
from persistence.paging.pager import Pager, Spoken
from persistence.tables import Room as Row
from realtime.ports import Append
from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.chain import EMPTY, Head, event_of, recorded
from realtime.rooms.commands import AnyCommand
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.fold import fold
from realtime.rooms.opening import opened
from realtime.rooms.paging.ladder import LADDER
from realtime.rooms.people import Person
from realtime.rooms.room import Room
from tests.builders import AT, PEOPLE, Seat, cleo, salts, wish

RULES = Rules(msgspec.structs.replace(LADDER, coordinators={"": "mo_mod"}), BEHAVIOURS, per_hour=4)


class Switchboard:
    """`told`: what pagers told the nodes. `now_ms`: the time for all of them."""

    def __init__(self, database: Database, journal: SqlJournal, rules: Rules = RULES) -> None:
        self.database = database
        self.journal = journal
        self.rules = rules
        self.now_ms = AT
        self.told: list[Spoken] = []

    async def add(self, *more: Person) -> None:
        """Add people; without any, those of all tests."""
        await self.database.write(lambda sql: people.add_many(sql, more or PEOPLE.values(), AT))

    def pager(self, journal: SqlJournal | None = None) -> Pager:
        """A process that looks at what is due."""
        return Pager(
            database=self.database,
            journal=journal or self.journal,
            rules=self.rules,
            now_ms=lambda: self.now_ms,
            told=self.told.append,
        )

    async def open(self, room: str, presenter: Person = cleo, **parts: object) -> None:
        """Open a case, as a node does."""
        body = opened(wish(**parts), presenter, room, self.now_ms)
        record = recorded(room, EMPTY, Event(1, room, self.now_ms, presenter.by, body), salts(1))
        await self.journal.append(Append(room, EMPTY, [record], fold(None, event_of(record)).card))

    async def ask(self, person: Person, command: AnyCommand) -> None:
        """Put a command on record, as a node does. Raises `Refused`."""
        room, head = await self.state(command.room)
        before = room
        records = []
        for n, body in enumerate(decide(room, Seat(person), command, self.now_ms)):
            id = f"{command.id}.{n}" if n else command.id
            event = Event(room.seq + 1, id, max(room.at, self.now_ms), person.by, body)
            records.append(recorded(command.room, head, event, salts(event.seq)))
            room, head = fold(room, event), records[-1].head
        card = room.card if room.card is not before.card else None
        after = Head(before.seq, (await self.journal.heads([command.room]))[command.room].digest)
        await self.journal.append(Append(command.room, after, records, card))

    async def state(self, room: str) -> tuple[Room, Head]:
        """A room, and where its log ends."""
        state, head = None, EMPTY
        for record in await self.journal.records(room, 0, 10_000):
            state, head = fold(state, event_of(record)), record.head
        assert state is not None
        return state, head

    async def log(self, room: str) -> list[Event]:
        """What happened in a room."""
        return [event_of(record) for record in await self.journal.records(room, 0, 10_000)]

    async def notices(self) -> list[Notice]:
        """All that people were told, in their order."""

        def read(sql: Session) -> list[Notice]:
            return list(sql.exec(select(Notice).order_by(col(Notice.at), col(Notice.id), col(Notice.person))))

        return await self.database.read(read)

    async def due_at(self, room: str) -> int | None:
        """When the room is to be looked at next."""
        return await self.database.read(lambda sql: sql.get_one(Row, room).due_at)
