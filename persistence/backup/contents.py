"""What stands in the tables, counted as their rows come by, and whether every room's chain and head is whole."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlmodel import SQLModel

from persistence import tables
from persistence.rows import EVENT, ROOM
from realtime.rooms.chain import EMPTY, Head, Record, first_broken

PERSON: Final = SQLModel.metadata.tables[tables.Person.__name__.lower()]


class Contents:
    """Rooms, events and people, and when the newest event happened (Unix ms). Events come in the order of their key.

    A room that is not whole is kept in `wrong`, the first one, as a sentence.
    """

    def __init__(self) -> None:
        self.rooms = 0
        self.events = 0
        self.people = 0
        self.newest_at: int | None = None
        self._wrong: str | None = None
        self._room = ""
        self._head = EMPTY
        # The heads by the events, or by the table of rooms, until the other one has come by too.
        self._unmatched: dict[str, Head] = {}

    def take(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Look at some rows of one table."""
        match table:
            case ROOM.name:
                for row in rows:
                    self._take_room(dict(zip(columns, row, strict=True)))
            case EVENT.name:
                for row in rows:
                    self._take_event(Record(**dict(zip(columns, row, strict=True))))
            case PERSON.name:
                self.people += len(list(rows))

    def wrong(self) -> str | None:
        """What is not whole, once everything has come by, or None."""
        self._end_room()
        for room, head in self._unmatched.items():
            self._say(f"Room {room} is not whole: it ends at event {head.seq} by one table and is not in the other.")
        return self._wrong

    def _take_room(self, row: dict[str, Any]) -> None:
        self.rooms += 1
        self._match(row["id"], Head(row["seq"], bytes(row["head"])))

    def _take_event(self, record: Record) -> None:
        if record.room != self._room:
            self._end_room()
            self._room, self._head = record.room, EMPTY
        if record.seq != self._head.seq + 1 or (not _erased(record) and first_broken([record], self._head)):
            self._say(f"Room {record.room} is not whole: its chain breaks at event {self._head.seq + 1}.")
        self._head = record.head
        self.events += 1
        self.newest_at = max(record.at, self.newest_at or 0)

    def _end_room(self) -> None:
        if self._room:
            self._match(self._room, self._head)
        self._room = ""

    def _match(self, room: str, head: Head) -> None:
        other = self._unmatched.pop(room, None)
        if other is None:
            self._unmatched[room] = head
        elif other != head:
            self._say(f"Room {room} is not whole: its events and its head end differently.")

    def _say(self, sentence: str) -> None:
        self._wrong = self._wrong or sentence


def _erased(record: Record) -> bool:
    """Whether a lawful erasure took a part of it: what is left does not prove its place."""
    return None in (record.by, record.author, record.salt_by, record.salt_body, record.body)
