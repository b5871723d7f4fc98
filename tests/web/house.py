"""One web process for tests: the real app over a real SQLite database, asked without a network in between."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlmodel import Session as Sql
from sqlmodel import col, select
from starlette.applications import Starlette

from persistence import people, tables
from persistence.audit.tables import Audit
from persistence.journal import open_journal
from persistence.observers.scripted import under_agreement
from persistence.pictures.rows import BroughtPictures
from realtime.rooms.people import Person, Role
from tests.builders import PEOPLE, obi
from tests.live import LiveNode, Site
from tests.web.databases import migrated
from web.app import create_app
from web.clock import now_ms
from web.secret import secret
from web.settings import Settings, load
from web.signin.passwords import hashed
from web.signin.signing import Session, Signing, session_id

ORIGIN = "http://testserver"
PASSWORD = "correct horse battery"
CASE: dict[str, Any] = {
    "title": "Chest pain after a bite",
    "acuity": "urgent",
    "specialties": ["cardiology"],
    "situation": "Adult with chest pain, two hours.",
    "assessment": "Unsure: cardiac or toxic.",
    "request": "Antivenom before transfer?",
    "reach": "world",
    "observers": "live",
}


class House:
    """The app, and how people come to it. `elsewhere` is another node on the same journal."""

    def __init__(self, app: Starlette, settings: Settings, elsewhere: LiveNode) -> None:
        self.app = app
        self.settings = settings
        self.elsewhere = elsewhere

    def token(self, person: Person, role: Role | None = None, ttl_ms: int = 3_600_000) -> str:
        """A bearer token of `person`, for their role unless said otherwise."""
        session = Session(person.id, role or person.role, session_id(), now_ms() + ttl_ms)
        return Signing(secret(self.settings), "bearer").signed(session)

    def client(self, person: Person | None = None, address: str = "192.0.2.1") -> httpx.AsyncClient:
        """A client; of `person`, with their token."""
        headers = {"authorization": f"Bearer {self.token(person)}"} if person else {}
        transport = httpx.ASGITransport(self.app, client=(address, 50_000))
        return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers)

    async def browser(self, person: Person) -> httpx.AsyncClient:
        """A client with the session cookie of `person` and no `Origin`."""
        client = self.client()
        answer = await client.post("/api/sessions", json={"handle": person.handle, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return client

    async def open(self, person: Person, key: str = "key1", **parts: Any) -> str:
        """The id of a case that `person` opens over HTTP."""
        answer = await self.client(person).post("/api/cases", json=CASE | parts, headers={"idempotency-key": key})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@asynccontextmanager
async def house(folder: Path, **given: Any) -> AsyncIterator[House]:
    """A running app in `folder`, the tests' people in its database with one password for all.

    The folder of a house that was left is taken over as it is.
    """
    settings = load(**{"var": folder, "paging": "off"} | given)
    async with migrated(folder) as database:
        await database.write(_settle)
        app = create_app(settings)
        journal = open_journal(database)
        elsewhere = await Site(journal).node()
        elsewhere.hub.node.pictures = BroughtPictures(database, now_ms)
        try:
            async with app.router.lifespan_context(app):
                yield House(app, settings, elsewhere)
        finally:
            await elsewhere.hub.close()
            elsewhere.gateway.close()
            await journal.close()


async def audit(folder: Path) -> list[tuple[str, str, str, str]]:
    """The audit lines in `folder`, once the app is closed: act, person, room, detail."""
    return [(line.act, line.person, line.room, line.detail) for line in await lines(folder)]


async def lines(folder: Path) -> Sequence[Audit]:
    """The same, whole."""
    wanted = select(Audit).order_by(col(Audit.at), col(Audit.chain), col(Audit.number))
    async with migrated(folder) as database:
        return await database.read(lambda sql: sql.exec(wanted).all())


def _settle(sql: Sql) -> None:
    if sql.get(tables.Person, "ana") is not None:
        return
    people.add_many(sql, PEOPLE.values(), now_ms())
    kept = hashed(PASSWORD, random=True)
    for person in PEOPLE:
        people.set_password_hash(sql, person, kept)
    under_agreement(sql, [obi], obi.institution, obi.kind, now_ms())
