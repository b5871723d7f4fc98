"""A database with an audit and rooms in it, and somebody who changes what is there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from persistence.audit.checkpoint import Signed
from persistence.audit.keeper import AuditKeeper
from persistence.audit.log import AuditLog
from persistence.audit.verify import Found, verify
from persistence.audit.witness import Witness
from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.seal import SealKey, open_key
from persistence.sqlite import Sqlite
from tests.persistence.appends import opens, posts

AT = int(datetime(2026, 11, 29, tzinfo=UTC).timestamp() * 1_000)


class Ward:
    """A database with an audit and rooms in it."""

    def __init__(self, database: Sqlite | Postgres, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.key = open_key(folder)
        self.now_ms = AT
        self.log = self.process()

    def process(self) -> AuditLog:
        """The audit of one more process."""
        return AuditLog(self.database, lambda: self.now_ms)

    async def note(self, *acts: str, log: AuditLog | None = None) -> None:
        for act in acts:
            (log or self.log).note(act, "ana", "room1", where="192.0.2.1")
        await (log or self.log).close()

    async def room(self, name: str = "room1", *said: str) -> None:
        journal = open_journal(self.database)
        opening = opens(name)
        await journal.append(opening)
        if said:
            await journal.append(posts(name, opening.head, *said))
        await journal.close()

    async def checkpoint(self, key: SealKey | None = None) -> Signed | None:
        return await Witness(self.database, key or self.key, lambda: self.now_ms).checkpoint()

    async def verify(self, *copies: Signed | None) -> Found:
        return await verify(self.database, [self.key.public], [copy for copy in copies if copy is not None])

    async def wrong(self, *copies: Signed | None) -> list[str]:
        return (await self.verify(*copies)).wrong

    async def does(self, *statements: Any) -> None:
        """What somebody with the database's password does."""

        def write(session: Session) -> None:
            for statement in statements:
                session.connection().execute(statement)

        await self.database.write(write)

    async def all(self, wanted: Any) -> list[Any]:
        return await self.database.read(lambda session: list(session.exec(wanted).all()))

    def keeper(self, audit: AuditLog | None = None, copies: Path | None = None) -> AuditKeeper:
        return AuditKeeper(
            database=self.database,
            audit=audit or self.log,
            key=self.key,
            now_ms=lambda: self.now_ms,
            years=6,
            copies=copies,
        )
