"""Single-use tickets for places where no header can be sent: rows, valid for 30 s, deleted as they are used."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

import msgspec
from sqlmodel import Session as Sql
from sqlmodel import col, delete

from persistence import tables
from persistence.database import Database
from persistence.gather import Gather
from web.clock import Clock
from web.signin.scopes import Scope, read, written

VALID_MS: Final = 30_000
_CHARS: Final = 43


class Ticket(msgspec.Struct, frozen=True):
    """What a ticket stands for: the session in which it was asked for, with that session's end (Unix ms) and scopes."""

    person: str
    session: str
    session_expires_at: int
    scopes: tuple[Scope, ...] = ()


class Tickets:
    """Issues tickets and takes each one back once. `now_ms` is Unix time."""

    def __init__(self, database: Database, now_ms: Clock) -> None:
        self._database = database
        self._now_ms = now_ms
        self._giving: Gather[tables.Ticket, None] = Gather(self._give)
        self._taking: Gather[str, Ticket | None] = Gather(self._take)

    async def issue(self, ticket: Ticket) -> tuple[str, int]:
        """A new ticket, 43 characters of `A-Za-z0-9_-`, and when it ends, Unix ms. Raises `Unavailable`."""
        text = token_urlsafe(32)
        expires_at = min(self._now_ms() + VALID_MS, ticket.session_expires_at)
        row = msgspec.structs.asdict(ticket) | {"scopes": written(ticket.scopes)}
        await self._giving(tables.Ticket(digest=_digest(text), expires_at=expires_at, **row))
        return text, expires_at

    async def redeem(self, text: str) -> Ticket | None:
        """What this ticket stands for, once; None where it was used, has expired or never was. Raises `Unavailable`.

        Tickets that come at the same time are one statement.
        """
        return await self._taking(text) if len(text) == _CHARS and text.isascii() else None

    async def close(self) -> None:
        """Return when no ticket is being given or taken."""
        await self._giving.close()
        await self._taking.close()

    async def _give(self, rows: list[tables.Ticket]) -> Sequence[None]:
        now_ms = self._now_ms()

        def write(sql: Sql) -> None:
            sql.execute(delete(tables.Ticket).where(col(tables.Ticket.expires_at) <= now_ms))
            sql.add_all(rows)

        await self._database.write(write)
        return [None] * len(rows)

    async def _take(self, texts: list[str]) -> Sequence[Ticket | None]:
        digests = [_digest(text) for text in texts]
        now_ms = self._now_ms()
        valid = await self._database.write(lambda sql: _taken(sql, digests, now_ms))
        # The same ticket twice in one batch is used once.
        return [valid.pop(digest, None) for digest in digests]


def _taken(sql: Sql, digests: Sequence[bytes], now_ms: int) -> dict[bytes, Ticket]:
    row = tables.Ticket
    statement = (
        delete(row)
        .where(col(row.digest).in_(set(digests)))
        .returning(
            col(row.digest),
            col(row.person),
            col(row.session),
            col(row.session_expires_at),
            col(row.scopes),
            col(row.expires_at),
        )
    )
    return {
        digest: Ticket(person, session, session_expires_at, read(scopes))
        for digest, person, session, session_expires_at, scopes, expires_at in sql.execute(statement)
        if expires_at > now_ms
    }


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
