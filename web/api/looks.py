"""Who has read a case: for its presenter and for moderators."""

from typing import Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import tables
from persistence.audit.looks import Look, Place, looks
from persistence.database import Database
from persistence.rows import card
from realtime.ports import Audit
from realtime.rooms.card import may_enter
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from web.api.answers import answer, case_id, number
from web.api.problems import Problem, forbidden
from web.api.reads import noted
from web.signin.identify import Door

PAGE: Final = 50
MOST_PAGE: Final = 200


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One read. Of an observer only `institution` and `observer`, its kind, are told; `detail` says how and what range.

    `act`: `join`, `step_up`, `case_read`, `history_read`, `archive_read`, `handover_read`, `proof_made`, or
    `case_entered`: a moderator said why they enter a case that is not open to them.
    """

    at: int
    act: str
    detail: str
    handle: str = ""
    role: str = ""
    specialty: str = ""
    institution: str = ""
    observer: str = ""
    why: str = ""


class Looks:
    """`/api/cases/{id}/audit`."""

    def __init__(self, door: Door, database: Database, audit: Audit) -> None:
        self._door = door
        self._database = database
        self._audit = audit

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/audit", self.page, methods=["GET"])]

    async def page(self, request: Request) -> Response:
        """A page of reads, newest first; `next` goes into `after`."""
        identity = await self._door.identity(request.scope)
        room = case_id(request)
        limit = number(request, "limit", PAGE, least=1, most=MOST_PAGE)
        before = _place(request)
        with noted(self._audit, "looks_read", identity.person, room, where=identity.address):
            found = await self._database.read(lambda sql: _looks(sql, identity.person, room, before, limit))
        following = "-".join(map(str, found[-1].place)) if len(found) == limit else None
        return answer({"reads": [_seen(look) for look in found], "next": following})


def _looks(sql: Sql, person: Person, room: str, before: Place | None, limit: int) -> list[Look]:
    row = sql.get(tables.Room, room)
    if row is None or not may_enter(card(row.card), person):
        raise Refused(Refusal.NOT_FOUND)
    if person.role != "moderator" and person.id != row.presenter:
        raise forbidden("Who has read a case is for its presenter and for moderators.")
    return looks(sql, room, row.presenter, before, limit)


def _seen(look: Look) -> Seen:
    line, who = look
    if who is None:
        return Seen(at=line.at, act=line.act, detail=line.detail)
    if who.role == "observer":
        return Seen(at=line.at, act=line.act, detail=line.detail, institution=who.institution, observer=who.kind)
    return Seen(
        at=line.at,
        act=line.act,
        detail=line.detail,
        handle=who.handle,
        role=who.role,
        specialty=who.specialty,
        why=line.reason,
    )


def _place(request: Request) -> Place | None:
    text = request.query_params.get("after")
    if text is None:
        return None
    at, _, rest = text.partition("-")
    chain, _, place = rest.rpartition("-")
    if not (at.isdecimal() and place.isdecimal() and len(text) < 100):
        raise Problem(422, "invalid", "`after` is the `next` of the page before, as it was given.")
    return int(at), chain, int(place)
