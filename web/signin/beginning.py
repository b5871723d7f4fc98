"""How every sign-in begins a session, whichever way it came: a new id, a cookie, a row on its person's list."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response

from persistence.database import Database
from persistence.people import PeopleDirectory
from persistence.signin import factors, sessions, tables
from realtime.ports import Audit
from realtime.rooms.people import Person
from realtime.wire.server import Me
from web.api.answers import answer
from web.api.problems import forbidden, unauthenticated
from web.clock import Clock
from web.settings import Settings
from web.signin.address import address_of
from web.signin.agents import agent
from web.signin.cookies import give
from web.signin.identify import Door, Identity
from web.signin.revocations import Taken
from web.signin.scopes import Scope
from web.signin.signing import Session, session_id

Way = Literal["password", "passkey", "hospital", "demo", "setup"]
Still = Callable[[Sql], bool]
"""Whether what somebody signed in with is theirs still, as it was when it was looked at."""

HOUR_MS: Final = 3_600_000
# Whoever sees all of a network must not be known by a password alone.
_ASKED: Final = frozenset({"physician", "moderator"})
# These are two factors in one, or are for the hospital to judge.
_ENOUGH: Final = frozenset({"passkey", "hospital", "demo"})


class Current(Me, frozen=True):
    """Who is signed in, in which session, until when, and when they last proved who they are (Unix ms).

    `scopes` are not empty where a second factor has to be set up before anything else.
    """

    expires_at: int
    session: str
    proved_at: int
    scopes: tuple[Scope, ...]


class Beginning:
    """Begins sessions. `ended` is told of each that was ended, and when it would have expired.

    `why_barred`: the sentence for whom moderators keep out.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        database: Database,
        directory: PeopleDirectory,
        door: Door,
        audit: Audit,
        ended: Callable[[str, int], None],
        why_barred: Callable[[str], str | None],
        now_ms: Clock,
    ) -> None:
        self._settings = settings
        self._database = database
        self._directory = directory
        self._door = door
        self._audit = audit
        self._ended = ended
        self._why_barred = why_barred
        self._now_ms = now_ms
        self.session_ms: Final = settings.session_hours * HOUR_MS

    async def begin(self, request: Request, person: Person, way: Way, still: Still) -> Response:
        """201 with the cookie of a new session. Raises `Unavailable`.

        Raises `Problem`: 403 for who was barred; 401 where it is not `still` so when the session is written.
        """
        where = address_of(request.scope)
        if (why := self._why_barred(person.id)) is not None:
            self._audit.note("sign_in_failed", person.id, detail="barred", outcome="refused", where=where)
            raise forbidden(why)
        self._directory.forget(person.id)
        now_ms = self._now_ms()
        id, expires_at = session_id(), now_ms + self.session_ms
        row = tables.Session(
            id=id,
            person=person.id,
            way=way,
            address=where,
            agent=agent(request.headers.get("user-agent", "")),
            created_at=now_ms,
            active_at=now_ms,
            expires_at=expires_at,
        )
        scopes = await self._database.write(lambda sql: self._begun(sql, row, person, still))
        if scopes is None:
            self._audit.note("sign_in_failed", person.id, detail="changed meanwhile", outcome="failed", where=where)
            raise unauthenticated("What you signed in with was just changed or removed. Sign in again.")
        self._audit.note("signed_in", person.id, detail="" if way == "password" else way, where=where)
        session = Session(person.id, person.role, id, expires_at, now_ms, scopes)
        response = answer(_current(person, session), 201, {"location": "/api/sessions/current"})
        return self.give(response, request, session)

    def renewed(self, request: Request, identity: Identity, response: Response, scopes: tuple[Scope, ...]) -> Response:
        """`response` with the cookie of the same session: its person has just proved who they are."""
        session = Session(
            identity.person.id, identity.person.role, identity.session, identity.expires_at, self._now_ms(), scopes
        )
        return self.give(response, request, session)

    def give(self, response: Response, request: Request, session: Session) -> Response:
        """`response` with the cookie of `session`."""
        left_s = (session.expires_at - self._now_ms()) // 1_000
        give(response, request, self._door.cookies.signed(session), left_s, self._settings.secure_cookies)
        return response

    def take(self, response: Response, request: Request) -> Response:
        """`response` that takes the cookie back."""
        give(response, request, "", 0, self._settings.secure_cookies)
        return response

    async def end(self, taken: Taken) -> Mapping[str, int]:
        """End the sessions that `taken` returns on every node, and return them. Raises `Unavailable`."""
        ended = await self._door.revocations.end(taken)
        for session, expires_at in ended.items():
            self._ended(session, expires_at)
        return ended

    def _begun(self, sql: Sql, row: tables.Session, person: Person, still: Still) -> tuple[Scope, ...] | None:
        """The scopes of the session; None where it did not begin."""
        factors.hold(sql, person.id)
        if not still(sql):
            return None
        sessions.begin(sql, row)
        required = self._settings.second_factor == "required" and person.role in _ASKED and row.way not in _ENOUGH
        return ("enrol",) if required and not factors.has_second(sql, person.id) else ()


def current(identity: Identity) -> Current:
    """What `identity` looks like to its person."""
    session = Session(
        identity.person.id,
        identity.person.role,
        identity.session,
        identity.expires_at,
        identity.proved_at,
        identity.scopes,
    )
    return _current(identity.person, session)


def _current(person: Person, session: Session) -> Current:
    return Current(
        person.id,
        person.handle,
        person.role,
        person.specialty,
        person.tier,
        session.expires_at,
        session.id,
        session.proved_at,
        session.scopes,
    )
