"""Cases over HTTP: opening one, listing those that one may enter, reading one and its events."""

from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from realtime.ports import Audit
from realtime.reading import RoomCopy
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import Id
from realtime.rooms.refusals import Refusal, Refused
from web.api.answers import answer, body, case_id, number
from web.api.ports import Live
from web.api.problems import Problem, forbidden
from web.api.reads import noted
from web.limits import Limits
from web.signin.identify import Door, Identity

PAGE: Final = 200
MOST_PAGE: Final = 500
MOST_SEQ: Final = 2**53
# Sixty cases at once, then one every ten seconds: more than any clinic opens, and less than fills a disk.
CASES_PER_HOUR: Final = 360
CASES_AT_ONCE: Final = 60
OFTEN: Final = "You have opened very many cases just now. Wait, then send the same key again."


class Cases:
    """`/api/cases` but for the list."""

    def __init__(self, door: Door, live: Live, audit: Audit) -> None:
        self._door = door
        self._live = live
        self._audit = audit
        self._opening = Limits(CASES_PER_HOUR, CASES_AT_ONCE)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/cases", self.open, methods=["POST"]),
            Route("/api/cases/{id}", self.case, methods=["GET"]),
            Route("/api/cases/{id}/events", self.events, methods=["GET"]),
        ]

    async def open(self, request: Request) -> Response:
        """201 with the case's `id`; the same again for a repeat of key and content."""
        identity = await self._door.identity(request.scope)
        if identity.person.role == "observer":
            self._audit.note("open_refused", identity.person.id, outcome="refused", where=identity.address)
            raise forbidden("Observers open no cases. Sign in as a clinician or a physician.")
        key = _key(request)
        self._opening.check(identity.person.id, OFTEN)
        wish = await body(request, OpenCase)
        case = await self._opened(identity, wish, key)
        return answer({"id": case}, 201, {"location": f"/api/cases/{case}"})

    async def case(self, request: Request) -> Response:
        """The case and the state of its room, at (`seq`, `check`)."""
        copy = await self._read(request, "case_read", 0, 0)
        return answer({"case": copy.case, "state": copy.state, "seq": copy.seq, "check": copy.check})

    async def events(self, request: Request) -> Response:
        """A page of its events; (`seq`, `check`) is the end of the log, not of the page."""
        after = number(request, "after", 0, most=MOST_SEQ)
        limit = number(request, "limit", PAGE, least=1, most=MOST_PAGE)
        copy = await self._read(request, "history_read", after, limit)
        return answer({"events": copy.events, "seq": copy.seq, "check": copy.check})

    async def _opened(self, identity: Identity, wish: OpenCase, key: str) -> str:
        try:
            case = await self._live.open_case(identity.person, wish, key)
        except Refused as refused:
            if refused.refusal is Refusal.CONFLICT:
                where = identity.address
                self._audit.note("conflict", identity.person.id, detail=key, outcome="refused", where=where)
                raise Problem(409, "conflict", "This `Idempotency-Key` opened another case. Take a new one.") from None
            raise
        self._audit.note("case_opened", identity.person.id, case, where=identity.address)
        return case

    async def _read(self, request: Request, act: str, after: int, limit: int) -> RoomCopy:
        identity = await self._door.identity(request.scope)
        room = case_id(request)
        detail = f"after {after}" if limit else ""
        with noted(self._audit, act, identity.person, room, detail, where=identity.address):
            return await self._live.copy_of(room, identity.person, after, limit)


def _key(request: Request) -> str:
    try:
        return msgspec.convert(request.headers.get("idempotency-key"), Id)
    except msgspec.ValidationError:
        detail = "Send `Idempotency-Key`, a new one for each case: 1 to 36 of `A-Za-z0-9_-`."
        raise Problem(422, "invalid", detail) from None
