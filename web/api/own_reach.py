"""When, for what and how often one wants to be reached."""

from typing import Annotated, Any, Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.reach import duty, keepers, profiles
from persistence.reach.profiles import FOR_EVER_MS, Profile
from realtime.ports import Audit
from realtime.rooms.people import DOCTORS, Person
from web.api.answers import answer, body
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.limits import Limits
from web.signin.identify import Door, Identity

CHANGES_PER_HOUR: Final = 120
SHOWN_MS: Final = 28 * 24 * 3_600_000
"""Shifts are shown for four weeks."""


class Undisturbed(msgspec.Struct, frozen=True):
    """Until when nobody is to disturb one, Unix ms; null: one may be disturbed again."""

    until: Annotated[int, msgspec.Meta(ge=0, le=FOR_EVER_MS)] | None


class OwnReach:
    """`/api/me/reach`. `per_hour`: so often the deployment lets a person be interrupted."""

    def __init__(self, door: Door, database: Database, audit: Audit, per_hour: int, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._audit = audit
        self._per_hour = per_hour
        self._now_ms = now_ms
        self._changes = Limits(CHANGES_PER_HOUR, CHANGES_PER_HOUR)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/reach", self.show, methods=["GET"]),
            Route("/api/me/reach", self.keep, methods=["PUT"]),
            Route("/api/me/reach/undisturbed", self.disturb_not, methods=["PUT"]),
        ]

    async def show(self, request: Request) -> Response:
        """What one has said, what the deployment allows, and when one is on call next."""
        identity = await self._doctor(request)
        return answer(await self._database.read(lambda sql: self._all(sql, identity.person)))

    async def keep(self, request: Request) -> Response:
        """All of it, as it is now."""
        identity = await self._doctor(request)
        self._changes.check(identity.person.id)
        wish, now_ms = await body(request, Profile), self._now_ms()

        def write(sql: Sql) -> dict[str, Any]:
            profiles.keep(sql, identity.person.id, wish, now_ms)
            return self._all(sql, identity.person)

        return await self._written(identity, write)

    async def disturb_not(self, request: Request) -> Response:
        """All of it, with do-not-disturb begun or ended."""
        identity = await self._doctor(request)
        self._changes.check(identity.person.id)
        wish, now_ms = await body(request, Undisturbed), self._now_ms()

        def write(sql: Sql) -> dict[str, Any]:
            profiles.disturb_not(sql, identity.person.id, wish.until, now_ms)
            return self._all(sql, identity.person)

        return await self._written(identity, write)

    async def _doctor(self, request: Request) -> Identity:
        identity = await self._door.identity(request.scope)
        if identity.person.role not in DOCTORS:
            raise forbidden("Cases ask clinicians and physicians only.")
        return identity

    async def _written(self, identity: Identity, write: Any) -> Response:
        try:
            now = await self._database.write(write)
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        self._audit.note("reach_changed", identity.person.id, where=identity.address)
        return answer(now)

    def _all(self, sql: Sql, person: Person) -> dict[str, Any]:
        now_ms = self._now_ms()
        return {
            "profile": profiles.profile(sql, person.id),
            "specialty": person.specialty,
            "most_per_hour": self._per_hour,
            "shifts": duty.duties_of(sql, person.id, now_ms, now_ms + SHOWN_MS),
            "keeps": keepers.kept_by(sql, person.id),
        }
