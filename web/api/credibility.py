"""How far peers may rely on somebody's word: all of it for oneself and moderators, a word or two for colleagues."""

import re
from functools import partial
from typing import Any

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import people
from persistence.credibility.merit import merit
from persistence.credibility.reading import PAGE, Line, calibration, items, standings
from persistence.credibility.ties import independent_peers
from persistence.database import Database
from realtime.ports import Audit
from realtime.rooms.credibility.item import Kind
from realtime.rooms.credibility.standing import Place
from realtime.rooms.credibility.weighing import LEAST_SHOWN
from realtime.rooms.people import DOCTORS, Person
from realtime.rooms.refusals import Refusal, Refused
from web.api.answers import answer
from web.api.problems import Problem, forbidden
from web.signin.identify import Door

_place = re.compile(r"([0-9]{1,16})~([A-Za-z0-9_-]{1,36})~([A-Za-z0-9_.-]{1,40})")


class Told(msgspec.Struct, frozen=True):
    """What colleagues are told of somebody in one specialty: `n` claims of a kind were scored, and how they went."""

    specialty: str
    kind: Kind
    n: int
    place: Place


class CredibilityDesk:
    """`/api/me/credibility`, `/api/credibility` and what moderators see of it."""

    def __init__(self, door: Door, database: Database, audit: Audit) -> None:
        self._door = door
        self._database = database
        self._audit = audit

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/credibility", self.own, methods=["GET"]),
            Route("/api/me/credibility/items", self.own_items, methods=["GET"]),
            Route("/api/credibility/{id}", self.told, methods=["GET"]),
            Route("/api/moderation/people/{id}/credibility", self.of_person, methods=["GET"]),
            Route("/api/moderation/people/{id}/credibility/items", self.items_of_person, methods=["GET"]),
        ]

    async def own(self, request: Request) -> Response:
        """What one's own claims come to, with the priors that they are drawn towards."""
        person = await self._doctor(request)
        return answer(await self._database.read(partial(_all, person)))

    async def own_items(self, request: Request) -> Response:
        """One's own scored items, the newest first, each with its events."""
        person = await self._doctor(request)
        return await self._items(person.id, request)

    async def told(self, request: Request) -> Response:
        """What colleagues are told of a person: of what is ten or more, a word, never a figure of how right."""
        asking = (await self._door.identity(request.scope)).person
        if not (asking.verified or asking.role == "moderator"):
            raise forbidden("This is for verified physicians and moderators. Ask to be verified first.")
        found = await self._database.read(partial(_told, request.path_params["id"]))
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        return answer(found)

    async def of_person(self, request: Request) -> Response:
        """All of it, for moderators."""
        person = await self._looked_up(request)
        return answer(await self._database.read(partial(_all, person)))

    async def items_of_person(self, request: Request) -> Response:
        """All scored items of a person, for moderators."""
        return await self._items((await self._looked_up(request)).id, request)

    async def _items(self, person: str, request: Request) -> Response:
        before = _given_place(request)
        found = await self._database.read(lambda sql: items(sql, person, before))
        return answer({"items": found, "next": _place_of(found[-1]) if len(found) == PAGE else None})

    async def _doctor(self, request: Request) -> Person:
        person = (await self._door.identity(request.scope)).person
        if person.role not in DOCTORS:
            raise forbidden("This is for clinicians and physicians: nobody else's word is scored.")
        return person

    async def _looked_up(self, request: Request) -> Person:
        """The person whom a moderator asks about."""
        asking, person = (await self._door.identity(request.scope)).person, str(request.path_params["id"])
        moderates = asking.role == "moderator"
        self._audit.note("credibility_read", asking.id, what=person, outcome="ok" if moderates else "refused")
        if not moderates:
            raise forbidden("This is for moderators.")
        found = await self._database.read(lambda sql: people.find(sql, person))
        if found is None:
            raise Refused(Refusal.NOT_FOUND)
        return found


def _all(person: Person, sql: Sql) -> dict[str, Any]:
    found = [
        msgspec.structs.asdict(one)
        | {"bins": calibration(sql, person.id, one.specialty) if one.kind == "opinion" else []}
        for one in standings(sql, person.id)
    ]
    peers, has_merit = independent_peers(sql, person.id), merit(sql, person.id)
    return {"handle": person.handle, "standings": found, "independent_peers": peers, "merit": has_merit}


def _told(person: str, sql: Sql) -> dict[str, Any] | None:
    known = people.find(sql, person)
    if known is None or known.role not in DOCTORS:
        return None
    found = [one for one in standings(sql, person) if one.n >= LEAST_SHOWN]
    if not found:
        return {"handle": known.handle, "standings": [], "independent_peers": None}
    told = [Told(one.specialty, one.kind, one.n, one.place) for one in found]
    return {"handle": known.handle, "standings": told, "independent_peers": independent_peers(sql, person)}


def _given_place(request: Request) -> tuple[int, str, str] | None:
    given = request.query_params.get("before")
    if given is None:
        return None
    found = _place.fullmatch(given)
    if found is None:
        raise Problem(
            422, "invalid", "`before` is not valid. Give what `next` of the page before said, or leave it out."
        )
    return int(found[1]), found[2], found[3]


def _place_of(line: Line) -> str:
    return f"{line.at}~{line.room}~{line.event}"
