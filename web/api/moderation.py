"""What moderators see and do over HTTP: flags, sanctions, rings. Every act has a reason, and is on record."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import people
from persistence.database import Database
from persistence.moderation import entries, flags, sanctions
from persistence.moderation.endorsements import circles
from persistence.moderation.flags import Decision
from persistence.moderation.rings import rings
from persistence.moderation.sanctions import SanctionKind
from persistence.moderation.tables import Sanction
from realtime.ports import Audit
from realtime.rooms.command import Target
from realtime.rooms.people import PersonId, RoomId
from web.api.answers import answer, body, case_id, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity
from web.signin.recent import administers, recent

Reason = Annotated[str, msgspec.Meta(min_length=3, max_length=2_000)]


class Ruling(msgspec.Struct, frozen=True):
    """What is decided on all flags of a post that wait."""

    room: RoomId
    target: Target
    decision: Decision
    reason: Reason


class Wish(msgspec.Struct, frozen=True):
    """A sanction to be imposed. `person`: their id or handle. `until`: Unix ms."""

    person: PersonId
    kind: SanctionKind
    reason: Reason
    until: int | None = None


class Lifting(msgspec.Struct, frozen=True):
    """Why a sanction ends before its time."""

    reason: Reason


class Entering(msgspec.Struct, frozen=True):
    """Why a moderator enters a case that is not open to them."""

    reason: Reason


class ModerationDesk:
    """`/api/moderation`. `changed` brings what this process knows of sanctions up to date."""

    def __init__(
        self, door: Door, database: Database, audit: Audit, now_ms: Clock, changed: Callable[[], Awaitable[None]]
    ) -> None:
        self._door = door
        self._database = database
        self._audit = audit
        self._now_ms = now_ms
        self._changed = changed

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/moderation/flags", self.flags, methods=["GET"]),
            Route("/api/moderation/flags/decisions", self.rule, methods=["POST"]),
            Route("/api/moderation/sanctions", self.sanctions, methods=["GET"]),
            Route("/api/moderation/sanctions", self.impose, methods=["POST"]),
            Route("/api/moderation/sanctions/{id}/lifting", self.lift, methods=["POST"]),
            Route("/api/moderation/people/{id}/sanctions", self.history, methods=["GET"]),
            Route("/api/moderation/rings", self.rings, methods=["GET"]),
            Route("/api/cases/{id}/entry", self.enter, methods=["POST"]),
            Route("/api/me/sanctions", self.own, methods=["GET"]),
        ]

    async def flags(self, request: Request) -> Response:
        """The posts whose flags nobody has decided on, those first that have waited longest."""
        moderator = await self._moderator(request, "flags_read")
        self._note(moderator, "flags_read")
        posts = await self._database.read(flags.undecided)
        return answer({"posts": await self._named(posts, lambda post: [flag["person"] for flag in post.flags])})

    async def rule(self, request: Request) -> Response:
        """200 with how many flags were decided on. What is to be done in the room is done there."""
        moderator = await self._moderator(request, "flags_ruled")
        wish = await body(request, Ruling)
        decided = await self._database.write(
            lambda sql: flags.decide(
                sql, wish.room, wish.target, wish.decision, wish.reason, moderator.person.id, self._now_ms()
            )
        )
        if not decided:
            raise Problem(409, "conflict", "No flag of this post waits for a decision. Load the list anew.")
        self._note(moderator, "flags_ruled", wish.room, wish.decision, wish.reason)
        return answer({"decided": decided})

    async def sanctions(self, request: Request) -> Response:
        """What is in force, the newest first."""
        await self._moderator(request, "sanctions_read")
        now_ms = self._now_ms()
        found = await self._database.read(lambda sql: [_sanction(one) for one in sanctions.in_force(sql, now_ms)])
        return answer({"sanctions": await self._named(found, _concerned)})

    async def history(self, request: Request) -> Response:
        """All that was ever imposed on a person."""
        moderator = await self._moderator(request, "sanctions_read")
        person: str = request.path_params["id"]
        found = await self._database.read(lambda sql: [_sanction(one) for one in sanctions.of_person(sql, person)])
        self._note(moderator, "sanctions_read", what=person)
        return answer({"sanctions": await self._named(found, _concerned)})

    async def impose(self, request: Request) -> Response:
        """201 with the sanction; it holds on every node within a second."""
        moderator = await self._moderator(request, "sanctioned")
        recent(moderator, self._now_ms())
        wish = await body(request, Wish)

        def write(sql: Session) -> dict[str, Any]:
            return _sanction(
                sanctions.impose(
                    sql,
                    person=_id_of(sql, wish.person),
                    kind=wish.kind,
                    reason=wish.reason,
                    by=moderator.person.id,
                    until=wish.until,
                    now_ms=self._now_ms(),
                )
            )

        imposed = await self._written(write)
        self._note(moderator, "sanctioned", detail=wish.kind, why=wish.reason, what=imposed["person"])
        await self._changed()
        return answer(imposed, 201)

    async def lift(self, request: Request) -> Response:
        """200 with the sanction, which is over."""
        moderator = await self._moderator(request, "sanction_lifted")
        recent(moderator, self._now_ms())
        wish = await body(request, Lifting)
        sanction: str = request.path_params["id"]
        lifted = await self._written(
            lambda sql: _sanction(sanctions.lift(sql, sanction, wish.reason, moderator.person.id, self._now_ms()))
        )
        self._note(moderator, "sanction_lifted", detail=lifted["kind"], why=wish.reason, what=lifted["person"])
        await self._changed()
        return answer(lifted)

    async def rings(self, request: Request) -> Response:
        """People who mostly agree with each other, in sealed cases."""
        await self._moderator(request, "rings_read")
        found = await asyncio.to_thread(rings, *await self._database.read(circles))
        return answer({"rings": await self._named(found, lambda ring: ring.people)})

    async def enter(self, request: Request) -> Response:
        """204: they may enter this case for a shift, whatever its reach. Its presenter sees that they did, and why."""
        moderator = await self._moderator(request, "case_entered")
        room, wish = case_id(request), await body(request, Entering)
        now_ms, person = self._now_ms(), moderator.person.id
        if not await self._database.write(lambda sql: entries.enter(sql, room, person, wish.reason, now_ms)):
            raise Problem(404, "not_found", "There is no such case. Check the id.")
        self._note(moderator, "case_entered", room, why=wish.reason)
        return nothing()

    async def own(self, request: Request) -> Response:
        """What was ever imposed on the one who asks, with the reasons."""
        person = (await self._door.identity(request.scope)).person.id
        found = await self._database.read(lambda sql: [_sanction(one) for one in sanctions.of_person(sql, person)])
        return answer({"sanctions": [{k: v for k, v in one.items() if k not in ("by", "lifted_by")} for one in found]})

    async def _written(self, write: Callable[[Session], dict[str, Any]]) -> dict[str, Any]:
        try:
            return await self._database.write(write)
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None

    async def _moderator(self, request: Request, act: str) -> Identity:
        identity = await self._door.identity(request.scope)
        if identity.person.role != "moderator":
            self._audit.note(act, identity.person.id, outcome="refused", where=identity.address)
            raise forbidden("This is for moderators. Sign in as one.")
        administers(identity)
        return identity

    def _note(
        self, moderator: Identity, act: str, room: str = "", detail: str = "", why: str = "", what: str = ""
    ) -> None:
        self._audit.note(act, moderator.person.id, room, detail, where=moderator.address, why=why, what=what)

    async def _named(self, items: list[Any], named: Callable[[Any], list[str]]) -> list[Any]:
        """`items` with `names`: the handles of those whom each is about."""
        wanted = sorted({person for item in items for person in named(item)})
        known = await self._database.read(lambda sql: people.find_many(sql, wanted))
        return [
            {**msgspec.to_builtins(item), "names": {p: known[p].handle for p in named(item) if p in known}}
            for item in items
        ]


def _id_of(session: Session, named: str) -> str:
    """The id of the person of this handle, or `named` itself."""
    known = people.by_handle(session, named)
    return known.id if known else named


def _concerned(sanction: dict[str, Any]) -> list[str]:
    return [sanction[who] for who in ("person", "by", "lifted_by") if sanction[who]]


def _sanction(row: Sanction) -> dict[str, Any]:
    shown = ("id", "person", "kind", "reason", "by", "at", "until", "lifted_at", "lifted_by", "lifted_reason")
    return {name: getattr(row, name) for name in shown}
