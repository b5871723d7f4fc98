"""One's own channels over HTTP: by which one is reached outside the app, proved, tried out, chosen for, removed."""

from typing import Annotated, Any, Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.channels import own
from persistence.channels.addresses import Hook
from persistence.channels.own import PROVED_BY_CODE, Owner
from persistence.channels.tables import Channel
from realtime.rooms.notices import NoticeKind
from realtime.rooms.paging.routing import ChannelKind
from realtime.rooms.wordless import wordless
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem
from web.channels.office import Office
from web.channels.typed import Keyed, address_of
from web.limits import Limits
from web.signin.identify import Identity
from web.signin.recent import administers, recent

ADDED_PER_HOUR: Final = 30
CODES_PER_HOUR: Final = 6
TESTS_PER_HOUR: Final = 20
TESTS_AT_ONCE: Final = 5


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """A channel as one adds it. `to`: a number, an address of e-mail, or a URL; of a browser its `subscription`."""

    __repr__ = wordless

    kind: ChannelKind
    label: Annotated[str, msgspec.Meta(max_length=60)] = ""
    to: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    subscription: Keyed | None = None


class Chosen(msgspec.Struct, frozen=True):
    """For which kinds of notices a channel is wanted; null for all."""

    notices: list[NoticeKind] | None


class Said(msgspec.Struct, frozen=True):
    """The code that came by the channel."""

    __repr__ = wordless

    code: Annotated[str, msgspec.Meta(pattern=r"^\d{6}$(?!\n)")]


class OwnChannels:
    """`/api/me/channels` and `/api/push/key`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._added = Limits(ADDED_PER_HOUR, ADDED_PER_HOUR)
        self._codes = Limits(CODES_PER_HOUR, CODES_PER_HOUR)
        self._tests = Limits(TESTS_PER_HOUR, TESTS_AT_ONCE)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/channels", self.show, methods=["GET"]),
            Route("/api/me/channels", self.add, methods=["POST"]),
            Route("/api/me/channels/{id}", self.choose, methods=["PUT"]),
            Route("/api/me/channels/{id}", self.remove, methods=["DELETE"]),
            Route("/api/me/channels/{id}/code", self.new_code, methods=["PUT"]),
            Route("/api/me/channels/{id}/code", self.prove, methods=["POST"]),
            Route("/api/me/channels/{id}/test", self.test, methods=["POST"]),
            Route("/api/push/key", self.key, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """All of one's own, and which kinds there are here."""
        identity = await self._office.door.identity(request.scope)
        office, owner = self._office, Owner(person=identity.person.id)
        channels = await office.database.read(lambda sql: own.of_owner(sql, office.keys, owner))
        return answer({"channels": channels, "offered": sorted(office.senders), "second_s": office.second_s})

    async def key(self, request: Request) -> Response:
        """The key by which a browser knows what this deployment pushes: base64url, as `applicationServerKey`."""
        await self._office.door.identity(request.scope)
        return answer({"key": self._office.push_key})

    async def add(self, request: Request) -> Response:
        """201 with the channel. A code goes to a mailbox or number; a webhook's `secret` is shown this once."""
        identity = await self._identity(request)
        wish = await body(request, Added)
        if wish.kind != "push":
            recent(identity, self._office.now_ms())
        self._added.check(identity.person.id)
        if wish.kind in PROVED_BY_CODE:
            self._codes.check(identity.person.id)
        address = address_of(self._office.house.settings, wish.kind, wish.to, wish.subscription)
        made = await self._office.added(Owner(person=identity.person.id), wish.kind, wish.label, address)
        self._office.note("channel_added", identity, wish.kind, made.id)
        if made.verified_at is None:
            await self._office.send_code(made.id)
        shown: dict[str, Any] = msgspec.to_builtins(made)
        return answer(shown | ({"secret": address.secret} if isinstance(address, Hook) else {}), 201)

    async def choose(self, request: Request) -> Response:
        """204: the channel is for these kinds of notices. A `stat` page is never silenced on all channels."""
        identity = await self._identity(request)
        wish = await body(request, Chosen)
        channel = await self._own(request, identity)
        await self._office.database.write(lambda sql: own.choose(sql, sql.get_one(Channel, channel.id), wish.notices))
        return nothing()

    async def remove(self, request: Request) -> Response:
        """204: it is not used any more."""
        identity = await self._identity(request)
        channel = await self._own(request, identity)
        if channel.kind != "push":
            recent(identity, self._office.now_ms())
        await self._office.database.write(lambda sql: own.remove(sql, channel.id))
        self._office.note("channel_removed", identity, channel.kind, channel.id)
        return nothing()

    async def new_code(self, request: Request) -> Response:
        """204: another code is on its way."""
        identity = await self._identity(request)
        await no_body(request)
        channel = await self._own(request, identity)
        if channel.kind not in PROVED_BY_CODE or channel.verified_at is not None:
            raise Problem(409, "conflict", "This channel needs no code: it is proved already.")
        self._codes.check(identity.person.id)
        await self._office.send_code(channel.id)
        return nothing()

    async def prove(self, request: Request) -> Response:
        """204: the code is the right one, and the channel is used from now on."""
        identity = await self._identity(request)
        said = await body(request, Said)
        channel = await self._own(request, identity)
        office, now_ms = self._office, self._office.now_ms()

        def write(sql: Sql) -> bool:
            return own.proved(sql, office.keys, sql.get_one(Channel, channel.id), said.code, now_ms)

        if not await office.database.write(write):
            raise Problem(422, "invalid", "This is not the code, or it is old. Look again, or have a new one sent.")
        office.note("channel_proved", identity, channel.kind, channel.id)
        return nothing()

    async def test(self, request: Request) -> Response:
        """200 with `error`: null where the other side has taken a test, else the class of what went wrong."""
        identity = await self._identity(request)
        await no_body(request)
        channel = await self._own(request, identity)
        if channel.verified_at is None:
            raise Problem(409, "conflict", "This channel is not proved yet. Give the code that was sent by it first.")
        self._tests.check(identity.person.id)
        return answer({"error": await self._office.test(channel.id, identity.person)})

    async def _identity(self, request: Request) -> Identity:
        identity = await self._office.door.identity(request.scope)
        administers(identity)
        return identity

    async def _own(self, request: Request, identity: Identity) -> Channel:
        owner, channel = Owner(person=identity.person.id), str(request.path_params["id"])
        return await self._office.found(owner, channel)
