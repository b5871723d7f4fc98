"""Finding somebody by their handle, to ring them for a case: whether they would be rung now."""

from collections.abc import Mapping
from typing import Annotated, Final
from unicodedata import normalize

import msgspec
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import people
from persistence.database import Database
from persistence.paging.by_name import Hindrance, hindrance
from persistence.paging.choosing import Rules
from realtime.hub import Hub
from realtime.ports import Audit
from realtime.rooms.handles import HANDLE_CHARS
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.showing import entered
from web.api.answers import answer, body, case_id
from web.api.problems import Problem
from web.api.reads import noted
from web.clock import Clock
from web.limits import Limits
from web.signin.identify import Door

PER_HOUR: Final = 120
BURST: Final = 20

_SAYS: Final[Mapping[Hindrance, str]] = {
    "never": "They are not rung: moderators never are, nor whom a moderator has muted. Ask another.",
    "excluded": "They are in this case already, or were removed from it. Ask another.",
    "unverified": "For a `stat` case only verified physicians (T2 and higher) are rung. Ask another.",
    "do_not_disturb": "They do not want to be disturbed now. Ask another, or invite them.",
    "quiet": "They have quiet hours now. Ask another, or invite them.",
    "limit": "They were interrupted as often within the hour as they may be. Ask another, or invite them.",
}


class Sought(msgspec.Struct, frozen=True):
    """Who is looked for, with or without the `@` before it."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS + 1)]


class ByName:
    """`/api/cases/{id}/pages/person`."""

    def __init__(self, door: Door, database: Database, hub: Hub, audit: Audit, now_ms: Clock, rules: Rules) -> None:
        self._door = door
        self._database = database
        self._hub = hub
        self._audit = audit
        self._now_ms = now_ms
        self._rules = rules
        self._limits = Limits(PER_HOUR, BURST)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/pages/person", self.find, methods=["POST"])]

    async def find(self, request: Request) -> Response:
        """Who that is, where a `page` for them would ring them now."""
        identity = await self._door.identity(request.scope)
        asker, id = identity.person, case_id(request)
        with noted(self._audit, "person_sought", asker, id, where=identity.address):
            host = await entered(self._hub.rooms, id, asker)
            _check(host.room, asker, rings=self._hub.node.rings)
            self._limits.check(asker.id)
            wish = await body(request, Sought)
            found = await self._database.read(lambda sql: self._found(sql, host.room, asker.id, wish.handle))
        return answer(found.by)

    def _found(self, sql: Session, room: Room, asker: str, handle: str) -> Person:
        written = normalize("NFC", handle.strip().removeprefix("@"))
        person = people.find(sql, people.named(sql, [written]).get(written, ""))
        if person is None or person.role == "observer":
            raise Problem(404, "not_found", "Nobody here has this handle. Check how it is written.")
        why = hindrance(
            *(sql, room, person.id),
            asker=asker,
            rules=self._rules,
            present=self._hub.connections.people(),
            now_ms=self._now_ms(),
        )
        if why is not None:
            raise Problem(422, "invalid", _SAYS[why])
        return person


def _check(room: Room, asker: Person, *, rings: bool) -> None:
    """Who may ring somebody that the room does not know, and when. Raises `Refused`."""
    if asker.role == "observer":
        raise Refused(Refusal.OBSERVER)
    if asker.role != "moderator" and asker.id != room.presenter:
        raise Refused(Refusal.NOT_YOURS)
    if not room.card.open:
        raise Refused(Refusal.CLOSED)
    if room.card.case.acuity == "routine":
        raise Refused(Refusal.ROUTINE_PAGES_NOBODY)
    if not rings:
        raise Refused(Refusal.NOBODY_RUNG_HERE)
