"""The cases that one may enter, as a list: the worklist for those who do not watch it live."""

from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.cases import listed, open_counts
from persistence.database import Database
from realtime.ports import Observing
from realtime.rooms.card import Card, Help, generated_title, sees_titles
from realtime.rooms.observing import Permit, may_observe
from realtime.rooms.people import Person
from web.api.answers import answer, number, page_start
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door

PAGE: Final = 50
MOST_PAGE: Final = 200
STATUSES: Final = ("open", "closed")


class CaseLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case as lists have it. `waiting`: nobody but the presenter has posted yet. `help`: whether it has somebody.

    Observers are told neither.
    """

    id: str
    status: str
    title: str
    acuity: str
    specialties: list[str]
    languages: list[str]
    opened_at: int
    closed_at: int | None = None
    waiting: bool | None = None
    help: Help | None = None
    help_at: int | None = None


class CaseList:
    """`GET /api/cases` and its counts."""

    def __init__(self, door: Door, database: Database, observing: Observing, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._observing = observing
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/cases", self.page, methods=["GET"]),
            Route("/api/cases/counts", self.counts, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """Newest first; `next` goes into `after`. Observers are shown a delayed case when its delay is over."""
        person = (await self._door.identity(request.scope)).person
        permit = await permitted(self._observing, person)
        status = _status(request)
        limit = number(request, "limit", PAGE, least=1, most=MOST_PAGE)
        after = page_start(request)
        now_ms = self._now_ms()
        cards = await self._database.read(
            # Before the page is cut: `next` must not name a case that may not be told of yet.
            lambda sql: listed(sql, person, status, after, limit, lambda card: told(card, person, permit, now_ms))
        )
        lines = [CaseLine(**described(card, person)) for card in cards]
        return answer({"cases": lines, "next": cards[-1].case.id if len(cards) == limit else None})

    async def counts(self, request: Request) -> Response:
        """How many open cases there are by specialty and acuity: what those below T2 see of most of them."""
        identity = await self._door.identity(request.scope)
        if identity.person.role == "observer":
            raise forbidden("Counts are for clinicians. Observers find streams through the worklist.")
        return answer({"counts": await self._database.read(open_counts)})


async def permitted(observing: Observing, person: Person) -> Permit | None:
    """Under what an observer lists cases; None for others. Raises `Refused` or `Unavailable`."""
    return await observing.permit(person) if person.role == "observer" else None


def told(card: Card, person: Person, permit: Permit | None, now_ms: int) -> bool:
    """Whether `person` may know that the case is as its card says: observers when their delay is over, if at all."""
    if person.role != "observer":
        return True
    since = card.closed_at or card.case.opened_at
    due = since + card.case.observers.delay_s * 1_000 <= now_ms
    return due and permit is not None and may_observe(card, permit, now_ms)


def described(card: Card, person: Person) -> dict[str, Any]:
    """The fields of a `CaseLine`, with the author's title for those who may see it."""
    case, (help_, help_at) = card.case, card.help
    shown = person.role != "observer"
    return {
        "id": case.id,
        "status": case.status,
        "title": case.title if sees_titles(card, person) else generated_title(case),
        "acuity": case.acuity,
        "specialties": case.specialties,
        "languages": case.languages,
        "opened_at": case.opened_at,
        "closed_at": card.closed_at,
        "waiting": card.waiting if shown else None,
        "help": help_ if shown else None,
        "help_at": help_at if shown else None,
    }


def _status(request: Request) -> str | None:
    status = request.query_params.get("status")
    if status is not None and status not in STATUSES:
        raise Problem(422, "invalid", "`status` is not valid. Give `open` or `closed`, or leave it out.")
    return status
