"""One's own verification: what is known, what is missing, what was decided, and what one can give or ask for."""

import contextlib
from functools import partial
from typing import Annotated, Any, Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.people import describe, find, show_name
from persistence.verification import codes, decisions, documents, identities, requests, tables, vouches
from persistence.verification.wrong import Wrong
from realtime.errors import Unavailable
from realtime.rooms.people import Person
from realtime.rooms.tiers import may_vouch, missing
from realtime.rooms.wordless import wordless
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem
from web.api.registrations import Claim, send_code
from web.api.verified import Bureau, told
from web.limits import Limits

CODES_PER_HOUR: Final = 6
CHANGES_PER_HOUR: Final = 60
_APPEALED: Final = frozenset({"refused", "lowered", "lapsed", "taken", "approved"})


class Said(msgspec.Struct, frozen=True):
    """The code from the mail."""

    code: Annotated[str, msgspec.Meta(pattern=r"^\d{6}$(?!\n)")]


class Appeal(msgspec.Struct, frozen=True):
    """Against the last decision, and why."""

    __repr__ = wordless

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4_000)]


class Shown(msgspec.Struct, frozen=True):
    """Whether one's real name stands beside one's handle."""

    shown: bool


class OwnVerification:
    """`/api/me/verification` and what belongs to it."""

    def __init__(self, bureau: Bureau) -> None:
        self._bureau = bureau
        self._codes = Limits(CODES_PER_HOUR, CODES_PER_HOUR)
        self._changes = Limits(CHANGES_PER_HOUR, CHANGES_PER_HOUR)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/verification", self.show, methods=["GET"]),
            Route("/api/me/verification", self.claim, methods=["PUT"]),
            Route("/api/me/verification/code", self.new_code, methods=["PUT"]),
            Route("/api/me/verification/code", self.confirm, methods=["POST"]),
            Route("/api/me/verification/requests", self.ask, methods=["POST"]),
            Route("/api/me/name", self.name, methods=["PUT"]),
            Route("/api/verification/appeals", self.appeal, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """All that is kept about one's verification, for oneself."""
        person = (await self._bureau.doctor(request)).person.id
        return answer(await self._bureau.database.read(partial(self._all, person)))

    async def claim(self, request: Request) -> Response:
        """200: who one says that one is, in place of what one said before. Another address is to be confirmed anew."""
        person = await self._person(request)
        wish = await body(request, Claim)
        before = await self._bureau.database.read(lambda sql: identities.identity(sql, self._bureau.keys, person.id))
        if wish.email and (before is None or before.email != wish.email):
            self._codes.check(person.id)
        code = await self._bureau.database.write(partial(self._claim, person.id, wish))
        await self._bureau.reconsider(person.id)
        await self._bureau.changed([person.id])
        if code:
            with contextlib.suppress(Unavailable):
                await send_code(self._bureau, wish.email, code)
        return answer(await self._bureau.database.read(partial(self._all, person.id)))

    async def new_code(self, request: Request) -> Response:
        """204: another code is on its way to one's address."""
        person = await self._person(request)
        await no_body(request)
        self._codes.check(person.id)
        with told():
            email, code = await self._bureau.database.write(partial(self._code, person.id))
        await send_code(self._bureau, email, code)
        return nothing()

    async def confirm(self, request: Request) -> Response:
        """204: the code is the right one."""
        person = await self._person(request)
        said = await body(request, Said)
        bureau, now_ms = self._bureau, self._bureau.now_ms()
        right = await bureau.database.write(lambda sql: codes.right(sql, bureau.keys, person.id, said.code, now_ms))
        if not right:
            raise Problem(422, "invalid", "This is not the code, or it is old. Look again, or have a new one sent.")
        await self._bureau.reconsider(person.id)
        return nothing()

    async def ask(self, request: Request) -> Response:
        """201: a moderator will look at what one has given."""
        person = await self._person(request)
        await no_body(request)
        with told():
            id = await self._bureau.database.write(partial(self._ask, person.id))
        self._bureau.audit.note("verification_asked", person.id, what=id)
        return answer({"id": id}, 201)

    async def appeal(self, request: Request) -> Response:
        """201: another moderator than the first will look at the last decision."""
        person = await self._person(request)
        wish = await body(request, Appeal)
        with told():
            id = await self._bureau.database.write(partial(self._appeal, person.id, wish.text))
        self._bureau.audit.note("verification_appealed", person.id, what=id)
        return answer({"id": id}, 201)

    async def name(self, request: Request) -> Response:
        """200 with the name as it is shown from now on, empty where none is."""
        person = await self._person(request)
        wish = await body(request, Shown)
        with told():
            name = await self._bureau.database.write(partial(self._name, person.id, wish.shown))
        self._bureau.audit.note("name_shown" if wish.shown else "name_hidden", person.id)
        await self._bureau.changed([person.id])
        return answer({"name": name})

    async def _person(self, request: Request) -> Person:
        person = (await self._bureau.doctor(request)).person
        self._changes.check(person.id)
        return person

    def _claim(self, person: str, wish: Claim, sql: Sql) -> str:
        bureau, now_ms = self._bureau, self._bureau.now_ms()
        before = identities.identity(sql, bureau.keys, person)
        identities.keep(sql, bureau.keys, person, wish.identity, now_ms)
        if before is not None and not before.same_person(wish.identity):
            self._begin_anew(person, sql)
        now = find(sql, person)
        if now is not None and not now.verified:
            describe(sql, person, wish.specialty, wish.country)
        if before is not None and before.email == wish.email:
            return ""
        codes.unconfirm(sql, person)
        return codes.make(sql, bureau.keys, person, now_ms) if bureau.mail and wish.email else ""

    def _begin_anew(self, person: str, sql: Sql) -> None:
        """Whoever says that they are somebody else is not verified: only who they said they were is."""
        show_name(sql, person, "")
        now = find(sql, person)
        if now is not None and now.tier:
            lowered = decisions.Change(tier=0, basis="", outcome="lowered", by="system")
            decisions.move(sql, self._bureau.keys, self._bureau.policy, person, lowered, self._bureau.now_ms())

    def _code(self, person: str, sql: Sql) -> tuple[str, str]:
        known = identities.identity(sql, self._bureau.keys, person)
        if self._bureau.mail is None or known is None or not known.email:
            raise Wrong("There is no address to send a code to, or this server sends no mail. Ask a moderator.")
        return known.email, codes.make(sql, self._bureau.keys, person, self._bureau.now_ms())

    def _ask(self, person: str, sql: Sql) -> str:
        if not documents.count(sql, person) and not vouches.standing(sql, person):
            raise Wrong("Give a document first, or have a colleague at T3 answer for you.")
        return requests.submit(sql, self._bureau.keys, person, "claim", self._bureau.now_ms())

    def _appeal(self, person: str, text: str, sql: Sql) -> str:
        keys = self._bureau.keys
        last = next((one for one in decisions.of_person(sql, keys, person) if one.outcome in _APPEALED), None)
        if last is None:
            raise Wrong("There is no decision to appeal against.")
        return requests.submit(sql, keys, person, "appeal", self._bureau.now_ms(), text=text, about=last.id)

    def _name(self, person: str, shown: bool, sql: Sql) -> str:
        known = identities.identity(sql, self._bureau.keys, person)
        if shown and (known is None or not known.name):
            raise Wrong("You have not said what your name is. Give it first.")
        since = identities.said_at(sql, person)
        now = find(sql, person)
        checked = since is not None and decisions.approved_since(sql, person, since)
        if shown and (now is None or not now.verified or not checked):
            raise Wrong("Nobody has checked this name yet: it can be shown once you are verified under it.")
        return show_name(sql, person, known.name if shown and known else "").name

    def _all(self, person: str, sql: Sql) -> dict[str, Any]:
        keys = self._bureau.keys
        now, standing = find(sql, person), sql.get(tables.Verification, person)
        assert now is not None, "they have just come through the door"
        known = requests.evidence(sql, keys, person)
        return {
            "tier": now.tier,
            "role": now.role,
            "name": now.name,
            "basis": standing.basis if standing else "",
            "until": standing.until if standing else None,
            "noticed_at": standing.noticed_at if standing else None,
            "mail": self._bureau.mail is not None,
            "evidence": known,
            "missing": missing(known, now.tier),
            "identity": identities.identity(sql, keys, person),
            "specialty": now.specialty,
            "documents": documents.given(sql, person),
            "requests": requests.of_person(sql, keys, person),
            "decisions": decisions.of_person(sql, keys, person),
            "may_vouch": may_vouch(now),
            "vouched_by": vouches.for_person(sql, person),
            "vouches_for": vouches.by_person(sql, person),
            "openings": identities.openings(sql, keys, person),
        }
