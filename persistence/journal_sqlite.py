"""Appends to SQLite: a batch is one hand-over to the writer's thread and one commit."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import cache
from itertools import chain as joined
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, Select, bindparam, case, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.dml import UpdateBase

from persistence.gather import Gather
from persistence.log import AnswerLost
from persistence.rows import CARD_COLUMNS, ERASED_TITLE, EVENT, INVITATION, ROOM, card_values, wordless_card
from persistence.sqlite import Sqlite, transaction
from realtime.errors import Conflict, Unavailable
from realtime.ports import Append
from realtime.rooms.chain import EMPTY, Head, Record

Rows = Sequence[dict[str, Any]]

# Statements of so many rows at most: their texts, and what SQLite makes of them, are kept.
PART: Final = 32
TAKEN: Final = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})


class SqliteLog:
    """The append path over SQLite: `persistence.log.Log`."""

    def __init__(self, database: Sqlite) -> None:
        self._database = database
        self._appends: Gather[Append, None] = Gather(self._commit)

    async def append(self, wish: Append) -> None:
        await self._appends(wish)

    def turn(self, room: str, known: Callable[[], Head]) -> AbstractAsyncContextManager[Sequence[Record]]:
        # One process writes, and a room has one host in it: it is always its turn.
        return nullcontext(())

    async def close(self) -> None:
        await self._appends.close()

    async def _commit(self, wishes: list[Append]) -> Sequence[Exception | None]:
        try:
            return await self._database.hand_over(lambda connection: _commit(connection, wishes))
        except Unavailable as error:
            raise AnswerLost() from error


def _commit(connection: sqlite3.Connection, wishes: Sequence[Append]) -> Sequence[Exception | None]:
    try:
        with transaction(connection):
            _write(connection, wishes)
        return [None] * len(wishes)
    except (Conflict, sqlite3.IntegrityError):
        with transaction(connection):
            return [_write_alone(connection, wish) for wish in wishes]


def _write_alone(connection: sqlite3.Connection, wish: Append) -> Exception | None:
    connection.execute("SAVEPOINT alone")
    try:
        _write(connection, [wish])
    except (Conflict, sqlite3.IntegrityError) as error:
        connection.execute("ROLLBACK TO alone")
        return Conflict() if _is_conflict(error) else error
    finally:
        connection.execute("RELEASE alone")
    return None


def _is_conflict(error: Exception) -> bool:
    return isinstance(error, Conflict) or getattr(error, "sqlite_errorcode", None) in TAKEN


def _write(connection: sqlite3.Connection, wishes: Sequence[Append]) -> None:
    """Write all of `wishes`, those of one room in their order. Raises `Conflict` where one of them has lost."""
    opened = [_opened(wish) for wish in wishes if wish.after == EMPTY]
    moved = [(wish.room, *wish.after, *wish.head) for wish in wishes if wish.after != EMPTY]
    if opened:
        connection.executemany(_OPEN, opened)
    if moved and _in_parts(connection, _move, moved) != len(moved):
        raise Conflict()
    _in_parts(connection, _insert, [msgspec.structs.astuple(record) for wish in wishes for record in wish.records])
    if changed := [wish for wish in wishes if wish.card is not None]:
        connection.executemany(_CHANGE, [_changed(wish) for wish in changed if wish.after != EMPTY])
        invited = [_invited(wish) for wish in changed]
        connection.executemany(_UNINVITE, invited)
        connection.executemany(_INVITE, invited)


def _in_parts(connection: sqlite3.Connection, statement: Callable[[int], str], rows: Sequence[Sequence[Any]]) -> int:
    """How many rows `statement` changed, given many at once.

    SQLite gives the interpreter away at each call, and while the loop is busy every one waits to get it back.
    """
    changed = 0
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        changed += connection.execute(statement(len(part)), [*joined.from_iterable(part)]).rowcount
    return changed


@cache
def _move(rows: int) -> str:
    """Take that many rooms from a head (seq, digest) to another: (room, seq, digest, seq, digest) each."""
    return (
        f"UPDATE {ROOM.name} SET seq = moved.column4, head = moved.column5 "
        f"FROM ({_values(5, rows)}) AS moved "
        f"WHERE id = moved.column1 AND seq = moved.column2 AND head = moved.column3"
    )


@cache
def _insert(rows: int) -> str:
    """Write that many records."""
    columns = Record.__struct_fields__
    return f"INSERT INTO {EVENT.name} ({', '.join(columns)}) {_values(len(columns), rows)}"


def _values(columns: int, rows: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * rows)}"


def _opened(wish: Append) -> dict[str, Any]:
    return {"id": wish.room, "seq": wish.head.seq, "head": wish.head.digest, "sealed_upto": 0, **card_values(wish)}


def _changed(wish: Append) -> dict[str, Any]:
    return {"room": wish.room, **card_values(wish), "wordless": wordless_card(wish)}


def _invited(wish: Append) -> dict[str, Any]:
    people = wish.card.let_in if wish.card else ()
    return {"room": wish.room, "people": msgspec.json.encode(sorted(people)).decode()}


def _sql(statement: UpdateBase) -> str:
    """`statement` as text with named parameters: building one costs more than running it."""
    return str(statement.compile(dialect=SQLiteDialect_pysqlite(paramstyle="named")))


def _named(names: Sequence[str]) -> dict[str, Any]:
    return {name: bindparam(name) for name in names}


_people: Select[Any] = select(literal_column("value")).select_from(func.json_each(bindparam("people")))
_room: BindParameter[str] = bindparam("room")

_OPEN = _sql(insert(ROOM).values(_named(["id", "seq", "head", "sealed_upto", *CARD_COLUMNS])))
_erased = func.instr(ROOM.c.card, literal_column(f"x'{ERASED_TITLE.hex()}'")) > literal_column("0")
_kept = case((_erased, bindparam("wordless")), else_=bindparam("card"))
_CHANGE = _sql(update(ROOM).where(ROOM.c.id == _room).values(_named(CARD_COLUMNS) | {"card": _kept}))
_UNINVITE = _sql(delete(INVITATION).where(INVITATION.c.room == _room, INVITATION.c.person.not_in(_people)))
_INVITE = _sql(
    insert(INVITATION)
    .from_select(["room", "person"], _people.with_only_columns(_room, literal_column("value")))
    .prefix_with("OR IGNORE")
)
