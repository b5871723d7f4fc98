"""`/api/tokens`: what programs sign in with. A token is signed, shown once, and kept as its digest only."""

from hashlib import sha256
from typing import Annotated, Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.signin import sessions, tables
from realtime.ports import Audit
from web.api.answers import answer, body, nothing
from web.api.problems import Problem
from web.clock import Clock
from web.signin.address import address_of
from web.signin.beginning import Beginning
from web.signin.identify import Door, Identity
from web.signin.lasting import lasting
from web.signin.recent import in_person
from web.signin.scopes import TokenScope, read, written
from web.signin.signing import Session, session_id

DAY_MS: Final = 86_400_000
MOST_DAYS: Final = 366
MOST: Final = 50
_OBSERVERS: Final = frozenset({"read", "observe"})


class NewToken(msgspec.Struct, frozen=True):
    """What `POST /api/tokens` takes. `name`: what it is for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    scopes: Annotated[list[TokenScope], msgspec.Meta(min_length=1, max_length=4)]
    days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)] = 90


class Listed(msgspec.Struct, frozen=True):
    """A token as its owner sees it."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: int
    expires_at: int


class TokenDesk:
    """Tokens over HTTP."""

    def __init__(self, *, database: Database, door: Door, beginning: Beginning, audit: Audit, now_ms: Clock) -> None:
        self._database = database
        self._door = door
        self._beginning = beginning
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/tokens", self.listed, methods=["GET"]),
            Route("/api/tokens", self.make, methods=["POST"]),
            Route("/api/tokens/{id}", self.end, methods=["DELETE"]),
        ]

    async def listed(self, request: Request) -> Response:
        """All tokens of whoever asks; never a token itself."""
        identity = await self._door.identity(request.scope)
        now_ms = self._now_ms()
        rows = await self._database.read(lambda sql: sessions.listed(sql, identity.person.id, now_ms, tokens=True))
        return answer({"tokens": [_shown(row) for row in rows]})

    async def make(self, request: Request) -> Response:
        """201 with the `token`, which is shown this once."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        wish = await body(request, NewToken)
        scopes = tuple(dict.fromkeys(wish.scopes))
        _check_role(identity, scopes)
        now_ms = self._now_ms()
        session = Session(
            identity.person.id, identity.person.role, session_id(), now_ms + wish.days * DAY_MS, scopes=scopes
        )
        text = self._door.bearers.signed(session)
        row = tables.Session(
            id=session.id,
            person=session.person,
            way=sessions.TOKEN,
            name=wish.name,
            scopes=written(scopes),
            digest=sha256(text.encode()).digest(),
            address=address_of(request.scope),
            created_at=now_ms,
            active_at=now_ms,
            expires_at=session.expires_at,
        )
        await self._keep(row, identity, now_ms)
        self._audit.note("token_made", session.person, detail=row.scopes, where=address_of(request.scope))
        return answer({"token": text, **msgspec.structs.asdict(_shown(row))}, 201)

    async def end(self, request: Request) -> Response:
        """204: it is of no more use, on every node within a second."""
        identity = await self._door.identity(request.scope)
        person, id = identity.person.id, request.path_params["id"]
        if not await self._beginning.end(lambda sql: sessions.end(sql, person, id, token=True)):
            raise Problem(404, "not_found", "You have no such token. It may have expired or been ended.")
        self._audit.note("token_ended", person, where=address_of(request.scope))
        return nothing()

    async def _keep(self, row: tables.Session, identity: Identity, now_ms: int) -> None:
        def write(sql: Sql) -> bool:
            lasting(sql, identity)
            few = len(sessions.listed(sql, row.person, now_ms, tokens=True)) < MOST
            if few:
                sessions.begin(sql, row)
            return few

        if not await self._database.write(write):
            raise Problem(409, "conflict", f"You have {MOST} tokens. End one that is no longer used.")


def _check_role(identity: Identity, scopes: tuple[TokenScope, ...]) -> None:
    role = identity.person.role
    if "admin" in scopes and role != "moderator":
        raise Problem(422, "invalid", "Only moderators make tokens with the scope `admin`. Leave it out.")
    if role == "observer" and not _OBSERVERS.issuperset(scopes):
        raise Problem(422, "invalid", "Observers' programs only read. Take `observe`, `read` or both.")
    if role != "observer" and "observe" in scopes:
        raise Problem(422, "invalid", "`observe` is for observers. Take `read`.")


def _shown(row: tables.Session) -> Listed:
    return Listed(row.id, row.name, read(row.scopes), row.created_at, row.expires_at)
