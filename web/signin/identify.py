"""Who asks: a session cookie from our own pages, a bearer token, or, where no header can be sent, a ticket."""

from collections.abc import Callable, Collection
from typing import Literal
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import HTTPConnection
from starlette.types import Scope as Asked

from persistence.people import PeopleDirectory
from realtime.ports import Audit
from realtime.rooms.people import Person, same_account
from web.api.problems import Problem, forbidden, unauthenticated
from web.clock import Clock
from web.settings import Switch
from web.signin.address import address_of
from web.signin.cookies import SESSION, named
from web.signin.origins import from_own_pages
from web.signin.revocations import Revocations
from web.signin.scopes import SAFE, Scope, covers
from web.signin.signing import Session, Signing
from web.signin.tickets import Tickets

Via = Literal["cookie", "bearer", "ticket"]


class Identity(msgspec.Struct, frozen=True):
    """Who asks, as the directory knows them now, in which session, until when (Unix ms), and from which address.

    `proved_at`: when they last proved who they are, Unix ms; 0 for a program's token. No `scopes`: all.
    """

    person: Person
    session: str
    expires_at: int
    via: Via
    address: str = ""
    proved_at: int = 0
    scopes: tuple[Scope, ...] = ()


class Door:
    """Turns requests into identities. `origins` are further allowed ones, as browsers write them."""

    def __init__(
        self,
        *,
        secret: bytes,
        directory: PeopleDirectory,
        revocations: Revocations,
        tickets: Tickets,
        audit: Audit,
        barred: Callable[[str], bool],
        origins: Collection[str],
        now_ms: Clock,
        secure: Switch = "auto",
    ) -> None:
        self.cookies = Signing(secret, "cookie")
        self.bearers = Signing(secret, "bearer")
        self.tickets = tickets
        self.revocations = revocations
        self._directory = directory
        self._audit = audit
        self._barred = barred
        self._origins = frozenset(origins)
        self._now_ms = now_ms
        self._secure = secure

    async def identity(self, scope: Asked) -> Identity:
        """Who sent this HTTP request or WebSocket handshake. Raises `Problem` (401, 403) or `Unavailable`.

        A cookie counts on safe methods, else only beside an `Origin` of our own.
        A ticket counts where a connection is opened.
        """
        connection = HTTPConnection(scope)
        authorization = connection.headers.get("authorization")
        if authorization is not None:
            return _covered(await self._by_bearer(authorization, address_of(scope)), scope)
        ticket = _ticket(scope)
        if ticket is not None:
            return _covered(await self._by_ticket(ticket, address_of(scope)), scope)
        cookie = self.cookie(scope)
        if cookie is None:
            raise unauthenticated()
        return _covered(await self._by_cookie(cookie, scope), scope)

    def cookie(self, scope: Asked) -> str | None:
        """The session cookie that came with this request."""
        return HTTPConnection(scope).cookies.get(named(SESSION, scope, self._secure))

    def recognised(self, scope: Asked) -> Identity | None:
        """The same for most who open a WebSocket, at once: from their token or cookie, and what the directory knows.

        None where the database must be asked or the answer may be no: then `identity` tells.
        """
        connection = HTTPConnection(scope)
        authorization, cookie = connection.headers.get("authorization"), self.cookie(scope)
        session: Session | None = None
        via: Via = "cookie"
        if authorization is not None:
            session, via = self._bearer(authorization), "bearer"
        elif cookie is not None and _ticket(scope) is None and self.from_own_pages(scope):
            session = self.cookies.read(cookie, self._now_ms())
        if session is None or session.id in self.revocations or not covers(session.scopes, scope):
            return None
        person = self._directory.known(session.person)
        if person is None or not same_account(person.role, session.role) or self._barred(person.id):
            return None
        return _identity(person, session, via, address_of(scope))

    def from_own_pages(self, scope: Asked) -> bool:
        """Whether this request has an `Origin`, and it is ours or an allowed one."""
        return from_own_pages(scope, self._origins)

    def refuse_foreign_pages(self, scope: Asked, doing: str) -> None:
        """Return unless a foreign page asks: it could sign somebody in as another. Raises `Problem` (403)."""
        if "origin" in HTTPConnection(scope).headers and not self.from_own_pages(scope):
            raise forbidden(f"{doing} from the server's own pages, or from an origin that CURBSIDE_ORIGINS lists.")

    async def _by_bearer(self, authorization: str, where: str) -> Identity:
        session = self._bearer(authorization)
        if session is None:
            raise unauthenticated("This bearer token is not valid, or has expired. Get a new one.")
        return await self._admitted(session, "bearer", where)

    def _bearer(self, authorization: str) -> Session | None:
        scheme, _, token = authorization.partition(" ")
        return self.bearers.read(token.strip(), self._now_ms()) if scheme.lower() == "bearer" else None

    async def _by_ticket(self, text: str, where: str) -> Identity:
        ticket = await self.tickets.redeem(text)
        if ticket is None:
            raise unauthenticated("This ticket was used, or is older than 30 s. Get a new one from `/api/tickets`.")
        person = await self._known(ticket.person)
        session = Session(person.id, person.role, ticket.session, ticket.session_expires_at, scopes=ticket.scopes)
        return await self._admitted(session, "ticket", where)

    async def _by_cookie(self, cookie: str, scope: Asked) -> Identity:
        session, where = self.cookies.read(cookie, self._now_ms()), address_of(scope)
        if not _safe(scope) and not self.from_own_pages(scope):
            self._audit.note("origin_refused", session.person if session else "", outcome="refused", where=where)
            raise forbidden(
                "A session cookie counts only with the `Origin` of this server, or one that CURBSIDE_ORIGINS names. "
                "Send that, or a bearer token."
            )
        if session is None:
            raise unauthenticated("This session is not valid, or has expired. Sign in again.")
        return await self._admitted(session, "cookie", where)

    async def _admitted(self, session: Session, via: Via, where: str) -> Identity:
        if session.id in self.revocations:
            self._audit.note("session_refused", session.person, detail="revoked", outcome="refused", where=where)
            raise unauthenticated("This session was ended. Sign in again.")
        person = await self._known(session.person)
        if self._barred(person.id):
            self._audit.note("session_refused", session.person, detail="barred", outcome="refused", where=where)
            raise forbidden("A moderator has suspended this account or closed it. Your sign-in page says why.")
        if not same_account(person.role, session.role):
            # Either may be the newer one: what the directory knows is up to a minute old.
            self._directory.forget(person.id)
            person = await self._known(session.person)
        if not same_account(person.role, session.role):
            detail = f"{session.role} no longer"
            self._audit.note("session_refused", session.person, detail=detail, outcome="refused", where=where)
            raise unauthenticated("Your role has changed since this session began. Sign in again.")
        return _identity(person, session, via, where)

    async def _known(self, person: str) -> Person:
        known = await self._directory.person(person)
        if known is None:
            raise unauthenticated("There is no such person any longer. Sign in with another account.")
        return known


def _identity(person: Person, session: Session, via: Via, where: str) -> Identity:
    return Identity(person, session.id, session.expires_at, via, where, session.proved_at, session.scopes)


def _covered(identity: Identity, scope: Asked) -> Identity:
    if covers(identity.scopes, scope):
        return identity
    if "enrol" in identity.scopes:
        raise Problem(403, "second_factor", "Set up a passkey or an authenticator app first, under your menu.")
    raise forbidden("This token is not for that: its scopes do not cover it. Make another one.")


def _safe(scope: Asked) -> bool:
    return scope["type"] == "http" and scope["method"] in SAFE


def _ticket(scope: Asked) -> str | None:
    if scope["type"] != "websocket":
        return None
    pairs = parse_qsl(scope["query_string"].decode("latin-1"))
    return next((value for name, value in pairs if name == "ticket"), None)
