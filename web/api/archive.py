"""Sealed cases, over HTTP. What is read comes from the journal, which the archive's files are proofs of."""

from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import tables
from persistence.cases import archived, seals
from persistence.database import Database
from realtime.ports import Audit, Observing
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from web.api.answers import answer, case_id, number, page_start
from web.api.case_list import MOST_PAGE, PAGE, CaseLine, described, permitted, told
from web.api.ports import Live
from web.api.reads import noted
from web.clock import Clock
from web.signin.identify import Door

EVENTS_AT_ONCE: Final = 500


class ArchivedLine(CaseLine, frozen=True, kw_only=True, omit_defaults=True):
    """A sealed case in a list. `events`: how many its first seal covers."""

    sealed_at: int
    events: int


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """A seal over the events up to `upto`, from where the one before it ends.

    `root` is their Merkle root and `sha256` that of the file, hex.
    """

    upto: int
    root: str
    key_id: str
    sha256: str
    sealed_at: int


class ArchiveReader:
    """`/api/archive`."""

    def __init__(
        self, door: Door, database: Database, live: Live, observing: Observing, audit: Audit, now_ms: Clock
    ) -> None:
        self._door = door
        self._database = database
        self._live = live
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/archive", self.page, methods=["GET"]),
            Route("/api/archive/{id}", self.case, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """A page of the sealed cases that the reader may enter, newest first; `next` goes into `after`."""
        person = (await self._door.identity(request.scope)).person
        permit = await permitted(self._observing, person)
        after = page_start(request)
        limit = number(request, "limit", PAGE, least=1, most=MOST_PAGE)
        now_ms = self._now_ms()
        found = await self._database.read(
            lambda sql: archived(sql, person, after, limit, lambda card: told(card, person, permit, now_ms))
        )
        lines = [
            ArchivedLine(sealed_at=seal.sealed_at, events=seal.events, **described(card, person))
            for card, seal in found
        ]
        return answer({"cases": lines, "next": found[-1][0].case.id if len(found) == limit else None})

    async def case(self, request: Request) -> Response:
        """One sealed case, complete, with its seals."""
        identity = await self._door.identity(request.scope)
        person, room = identity.person, case_id(request)
        with noted(self._audit, "archive_read", person, room, where=identity.address):
            case = await self._complete(room, person)
        return answer(case)

    async def _complete(self, room: str, person: Person) -> dict[str, Any]:
        sealed = await self._database.read(lambda sql: seals(sql, room))
        copy = await self._live.copy_of(room, person, 0, EVENTS_AT_ONCE)
        # Until this reader is told of a seal too, it is not there for them, and without the first one no archive.
        known = [row for row in sealed if row.upto <= copy.state["sealed_upto"]]
        if not known:
            raise Refused(Refusal.NOT_FOUND)
        events = copy.events
        while len(events) < copy.seq:
            more = (await self._live.copy_of(room, person, len(events), EVENTS_AT_ONCE)).events
            if not more:
                break
            events = [*events, *more]
        return {
            "case": copy.case,
            "state": copy.state,
            "events": events,
            "seq": copy.seq,
            "check": copy.check,
            "seals": [_seal(row) for row in known],
        }


def _seal(row: tables.Archive) -> Seal:
    return Seal(
        upto=row.upto,
        root=row.root.hex(),
        key_id=row.key_id,
        sha256=row.sha256.hex(),
        sealed_at=row.sealed_at,
    )
