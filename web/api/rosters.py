"""Rosters of institutions: who is on call for which specialty, and who keeps them."""

from typing import Annotated, Any

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.reach import keepers, rosters
from persistence.reach.tables import Roster
from realtime.rooms.command import Short, Word
from web.api.answers import answer, body, no_body, nothing
from web.api.roster_access import RosterAccess
from web.api.shifts import Written
from web.signin.identify import Identity
from web.signin.recent import recent


class Added(msgspec.Struct, frozen=True):
    """A roster as it is added. `zone`: a name of the IANA list."""

    institution: Short
    name: Short
    specialty: Word
    zone: Word


class Named(msgspec.Struct, frozen=True):
    """Who keeps the rosters of an institution, and nobody else."""

    institution: Short
    handles: Annotated[list[Short], msgspec.Meta(max_length=keepers.MOST_KEEPERS)]


class Rosters:
    """`/api/rosters`."""

    def __init__(self, access: RosterAccess) -> None:
        self._access = access

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/rosters", self.page, methods=["GET"]),
            Route("/api/rosters", self.add, methods=["POST"]),
            Route("/api/rosters/keepers", self.name, methods=["PUT"]),
            Route("/api/rosters/{id}", self.show, methods=["GET"]),
            Route("/api/rosters/{id}", self.remove, methods=["DELETE"]),
        ]

    async def page(self, request: Request) -> Response:
        """The rosters that one keeps, by institution, with who else keeps them."""
        identity = await self._access.door.identity(request.scope)
        return answer({"institutions": await self._access.database.read(lambda sql: _kept(sql, identity))})

    async def add(self, request: Request) -> Response:
        """201 with the roster, which has no shifts yet."""
        access, identity = self._access, await self._access.changing(request)
        wish, now_ms = await body(request, Added), access.now_ms()
        said = {"institution": wish.institution, "name": wish.name, "specialty": wish.specialty}
        if not await access.database.read(lambda sql: access.keeps(sql, identity, wish.institution)):
            raise access.refuse(identity)
        made = await access.written(lambda sql: rosters.add(sql, **said, zone_name=wish.zone, now_ms=now_ms))
        access.note("roster_added", identity, made)
        return answer(_line(made), 201)

    async def name(self, request: Request) -> Response:
        """204: these keep the rosters of an institution. Moderators name them."""
        access, identity = self._access, await self._access.changing(request)
        if identity.person.role != "moderator":
            raise access.refuse(identity)
        recent(identity, access.now_ms())
        wish = await body(request, Named)
        await access.written(lambda sql: keepers.name_keepers(sql, wish.institution, wish.handles))
        access.audit.note("keepers_named", identity.person.id, what=wish.institution, where=identity.address)
        return nothing()

    async def show(self, request: Request) -> Response:
        """A roster with its shifts."""
        access, identity = self._access, await self._access.door.identity(request.scope)

        def read(sql: Sql) -> dict[str, Any]:
            roster = access.roster(sql, identity, request)
            shifts = rosters.shifts_of(sql, roster)
            return _line(roster) | {
                "shifts": [{"id": one.id, **msgspec.structs.asdict(Written.of(one))} for one in shifts]
            }

        return answer(await access.database.read(read))

    async def remove(self, request: Request) -> Response:
        """204: the roster is gone, with its shifts."""
        access, identity = self._access, await self._access.changing(request)
        await no_body(request)

        def write(sql: Sql) -> Roster:
            roster = access.roster(sql, identity, request)
            rosters.remove(sql, roster)
            return roster

        access.note("roster_removed", identity, await access.written(write))
        return nothing()


def _kept(sql: Sql, identity: Identity) -> list[dict[str, Any]]:
    """All institutions that have rosters or keepers to a moderator, and to others those that they keep."""
    person, moderates = identity.person, identity.person.role == "moderator"
    mine = keepers.kept(sql) if moderates else keepers.kept_by(sql, person.id)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in mine}
    for one in rosters.listed(sql, None if moderates else mine):
        found.setdefault(one.institution, []).append(_line(one))
    return [
        {"institution": name, "rosters": lines, "keepers": keepers.keepers(sql, name)}
        for name, lines in sorted(found.items())
    ]


def _line(roster: Roster) -> dict[str, Any]:
    return {name: getattr(roster, name) for name in ("id", "institution", "name", "specialty", "zone")}
