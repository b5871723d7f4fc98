from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from sqlmodel import Session as Sql
from starlette.types import Scope

from persistence import people
from persistence.people import PeopleDirectory
from persistence.sqlite import Sqlite
from realtime.rooms.people import Person
from tests.builders import PEOPLE, ana, cleo
from tests.live import Lines
from tests.web.databases import migrated
from web.api.problems import Problem
from web.signin.identify import Door, Identity
from web.signin.revocations import Revocations
from web.signin.signing import Session
from web.signin.tickets import Ticket, Tickets

NOW = 1_800_000_000_000
END = NOW + 3_600_000
OWN = "https://consult.example"
SESSION = Session("ana", "physician", "s1", END)


class Entry:
    """A door over a database with the tests' people, its time standing still."""

    def __init__(self, database: Sqlite) -> None:
        self.database = database
        self.audit = Lines()
        self.revocations = Revocations(database, lambda: NOW)
        self.tickets = Tickets(database, lambda: NOW)
        self.directory = PeopleDirectory(database)
        self.door = Door(
            secret=b"a secret of at least 32 characters",
            directory=self.directory,
            revocations=self.revocations,
            tickets=self.tickets,
            barred=lambda person: False,
            audit=self.audit,
            origins=("https://app.example",),
            now_ms=lambda: NOW,
        )

    def cookie(self, session: Session = SESSION) -> dict[str, str]:
        return {"cookie": f"__Host-curbside_session={self.door.cookies.signed(session)}"}

    def bearer(self, session: Session = SESSION) -> dict[str, str]:
        return {"authorization": f"Bearer {self.door.bearers.signed(session)}"}

    async def handshake(self, query: str = "", **headers: str) -> Identity:
        """Who a WebSocket handshake with these headers comes from."""
        return await self.door.identity(handshake(query, **headers))

    async def refused(self, status: int, query: str = "", **headers: str) -> None:
        with pytest.raises(Problem) as problem:
            await self.handshake(query, **headers)
        assert problem.value.status == status


def handshake(query: str = "", **headers: str) -> Scope:
    given = [(name.encode(), value.encode()) for name, value in {"host": "consult.example", **headers}.items()]
    return {"type": "websocket", "scheme": "wss", "path": "/ws", "query_string": query.encode(), "headers": given}


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[Entry]:
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.add_many(sql, PEOPLE.values(), NOW))
        yield Entry(database)


async def test_a_cookie_beside_our_own_origin_opens_the_socket(entry: Entry) -> None:
    for origin in (OWN, "https://app.example"):
        identity = await entry.handshake(**entry.cookie(), origin=origin)
        assert identity == Identity(ana, "s1", END, "cookie")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://consult.example",
        "wss://consult.example",
        "https://consult.example:443",
        "https://consult.example:8443",
        "https://consult.example.evil.example",
        "https://evil-consult.example",
        "https://CONSULT.example",
        "https://c\u043ensult.example",
        "https://consult.example/",
        "https://consult.example@evil.example",
        "https://sub.app.example",
    ],
)
async def test_a_cookie_beside_another_origin_is_refused_and_noted(entry: Entry, origin: str) -> None:
    await entry.refused(403, **entry.cookie(), origin=origin)
    assert entry.audit.lines == [("origin_refused", "ana", "", "")]


async def test_a_cookie_without_an_origin_is_refused(entry: Entry) -> None:
    await entry.refused(403, **entry.cookie())


async def test_a_token_opens_the_socket_from_anywhere(entry: Entry) -> None:
    for headers in ({}, {"origin": "https://evil.example"}):
        assert await entry.handshake(**entry.bearer(), **headers) == Identity(ana, "s1", END, "bearer")


async def test_a_ticket_opens_the_socket_once(entry: Entry) -> None:
    text, _ = await entry.tickets.issue(Ticket("ana", "s1", END))
    assert await entry.handshake(f"x=1&ticket={text}") == Identity(ana, "s1", END, "ticket")
    await entry.refused(401, f"ticket={text}")


@pytest.mark.parametrize("query", ["ticket=", "ticket=x", "ticket=%ff", "&&&=&ticket", "ticket=" + "x" * 43])
async def test_a_ticket_that_was_never_given_is_refused(entry: Entry, query: str) -> None:
    await entry.refused(401, query)


async def test_a_stranger_is_refused(entry: Entry) -> None:
    await entry.refused(401)
    await entry.refused(401, origin="https://evil.example")
    await entry.refused(401, authorization="Bearer x")
    await entry.refused(401, cookie="curbside_session=x", origin=OWN)
    assert entry.audit.lines == []


async def test_an_ended_session_is_refused_however_it_comes(entry: Entry) -> None:
    text, _ = await entry.tickets.issue(Ticket("ana", "s1", END))
    await entry.revocations.end(lambda _: {"s1": END})
    await entry.refused(401, **entry.cookie(), origin=OWN)
    await entry.refused(401, **entry.bearer())
    await entry.refused(401, f"ticket={text}")
    assert entry.audit.lines == [("session_refused", "ana", "", "revoked")] * 3


async def test_a_session_goes_on_when_a_clinician_is_verified(entry: Entry) -> None:
    as_clinician = Session("cleo", "clinician", "s2", END)
    assert (await entry.handshake(**entry.bearer(as_clinician))).person == cleo
    verified = await entry.database.write(_verified)
    entry.directory.forget("cleo")
    assert (await entry.handshake(**entry.bearer(as_clinician))).person == verified
    assert (await entry.handshake(**entry.bearer(Session("cleo", "physician", "s3", END)))).person == verified
    assert entry.audit.lines == []


async def test_whoever_has_another_account_s_role_is_refused(entry: Entry) -> None:
    await entry.refused(401, **entry.bearer(Session("cleo", "moderator", "s2", END)))
    assert entry.audit.lines == [("session_refused", "cleo", "", "moderator no longer")]


async def test_a_person_who_is_gone_is_refused(entry: Entry) -> None:
    await entry.refused(401, **entry.bearer(msgspec.structs.replace(SESSION, person="nobody")))


def _verified(sql: Sql) -> Person:
    return people.verify(sql, "cleo", 2)
