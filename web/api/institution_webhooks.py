"""Webhooks of hospitals' own systems, for moderators: they are told of the pages of that institution's people."""

from typing import Annotated, Any

import msgspec
from sqlmodel import Session, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import tables
from persistence.channels import own
from persistence.channels.addresses import Hook, Keys
from persistence.channels.own import Owner
from persistence.channels.results import last_results
from realtime.rooms.wordless import wordless
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem, forbidden
from web.channels.office import Office
from web.channels.typed import address_of
from web.signin.identify import Identity
from web.signin.recent import recent


class Added(msgspec.Struct, frozen=True):
    """A webhook as a moderator adds it."""

    __repr__ = wordless

    url: Annotated[str, msgspec.Meta(max_length=2_000)]
    label: Annotated[str, msgspec.Meta(max_length=60)] = ""


class InstitutionWebhooks:
    """`/api/institutions/webhooks`: those of all, and `/api/institutions/{name}/webhooks`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/institutions/webhooks", self.all, methods=["GET"]),
            Route("/api/institutions/{name}/webhooks", self.show, methods=["GET"]),
            Route("/api/institutions/{name}/webhooks", self.add, methods=["POST"]),
            Route("/api/institutions/{name}/webhooks/{id}", self.remove, methods=["DELETE"]),
            Route("/api/institutions/{name}/webhooks/{id}/test", self.test, methods=["POST"]),
        ]

    async def all(self, request: Request) -> Response:
        """Those of all institutions, each with what became of the last that was sent there."""
        await self._moderator(request)
        office = self._office
        return answer({"webhooks": await office.database.read(lambda sql: _of_all(sql, office.keys))})

    async def show(self, request: Request) -> Response:
        """All of this institution."""
        await self._moderator(request)
        owner, office = self._owner(request), self._office
        return answer({"webhooks": await office.database.read(lambda sql: own.of_owner(sql, office.keys, owner))})

    async def add(self, request: Request) -> Response:
        """201 with the webhook and its `secret`, which is shown this once."""
        moderator, owner = await self._moderator(request), self._owner(request)
        recent(moderator, self._office.now_ms())
        wish = await body(request, Added)
        if not await self._office.database.read(lambda sql: _has_people(sql, owner.institution)):
            raise Problem(404, "not_found", "Nobody here is of this institution. Check its name.")
        address = address_of(self._office.house.settings, "webhook", wish.url, None)
        assert isinstance(address, Hook)
        made = await self._office.added(owner, "webhook", wish.label, address)
        self._office.note("channel_added", moderator, made.kind, made.id)
        shown: dict[str, Any] = msgspec.to_builtins(made)
        return answer(shown | {"secret": address.secret}, 201)

    async def remove(self, request: Request) -> Response:
        """204: it is not called any more."""
        moderator = await self._moderator(request)
        recent(moderator, self._office.now_ms())
        channel = await self._office.found(self._owner(request), request.path_params["id"])
        await self._office.database.write(lambda sql: own.remove(sql, channel.id))
        self._office.note("channel_removed", moderator, channel.kind, channel.id)
        return nothing()

    async def test(self, request: Request) -> Response:
        """200 with `error`: null where the other side has taken a test, else the class of what went wrong."""
        moderator = await self._moderator(request)
        await no_body(request)
        channel = await self._office.found(self._owner(request), request.path_params["id"])
        return answer({"error": await self._office.test(channel.id, moderator.person)})

    async def _moderator(self, request: Request) -> Identity:
        identity = await self._office.door.identity(request.scope)
        if identity.person.role != "moderator":
            audit, person = self._office.house.audit, identity.person.id
            audit.note("institutions_refused", person, outcome="refused", where=identity.address)
            raise forbidden("Only moderators see to institutions. Ask one.")
        return identity

    def _owner(self, request: Request) -> Owner:
        return Owner(institution=request.path_params["name"])


def _of_all(sql: Session, keys: Keys) -> list[dict[str, Any]]:
    return [
        {"institution": institution, **msgspec.to_builtins(one), "results": last_results(sql, one.id)}
        for institution, one in own.of_institutions(sql, keys)
    ]


def _has_people(sql: Session, institution: str) -> bool:
    row = tables.Person
    return sql.exec(select(row.id).where(row.institution == institution).limit(1)).first() is not None
