"""An author's own awards, once they are revealed: how one wants them, who pays, and whether one takes them."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.awards import answering
from persistence.awards.answering import Answer, Choice, Unanswerable
from persistence.awards.reading import received
from persistence.awards.terms import Terms
from persistence.database import Database
from realtime.ports import Audit
from web.api.answers import answer, body, case_id, no_body, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door, Identity

T = TypeVar("T")


class OwnAwards:
    """`/api/me/awards`."""

    def __init__(self, door: Door, database: Database, terms: Terms, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._terms = terms
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/me/awards", self.page, methods=["GET"]),
            Route("/api/me/awards/choice", self.choose, methods=["PUT"]),
            Route("/api/me/awards/{id}/{number}/payer", self.payer, methods=["POST"]),
            Route("/api/me/awards/{id}/{number}", self.reply, methods=["PUT"]),
        ]

    async def page(self, request: Request) -> Response:
        """What was revealed to whom asks, the newest first, how they want awards, and by which policy they are paid."""
        person = (await self._author(request)).person.id

        def read(sql: Session) -> dict[str, Any]:
            return {"awards": received(sql, person), "choice": answering.choice_of(sql, person)}

        return answer(await self._database.read(read) | {"policy": self._terms.policy})

    async def choose(self, request: Request) -> Response:
        """204: so they want their awards. None is accepted by it, and none is changed that was answered."""
        person, wish, now_ms = (await self._author(request)).person.id, await body(request, Choice), self._now_ms()
        await self._database.write(lambda sql: answering.choose(sql, person, wish, now_ms))
        return nothing()

    async def payer(self, request: Request) -> Response:
        """200 with the `payer`: whoever knows takes the award by name, or declines it."""
        identity, now_ms = await self._author(request), self._now_ms()
        await no_body(request)
        room, number, person = case_id(request), _number(request), identity.person.id
        payer = await self._written(lambda sql: answering.named(sql, person, room, number, now_ms))
        self._audit.note("award_payer_named", person, room, str(number), where=identity.address)
        return answer({"payer": payer})

    async def reply(self, request: Request) -> Response:
        """204: the answer is on record. Another one may follow until the award is exported."""
        identity, wish, now_ms = await self._author(request), await body(request, Answer), self._now_ms()
        room, number, person = case_id(request), _number(request), identity.person.id
        await self._written(lambda sql: answering.answer(sql, person, room, number, wish, now_ms))
        detail = f"{number}, {wish.answer}" + (f", {wish.way}, {wish.form}" if wish.answer == "accept" else "")
        self._audit.note("award_answered", person, room, detail, where=identity.address)
        return nothing()

    async def _author(self, request: Request) -> Identity:
        identity = await self._door.identity(request.scope)
        if identity.person.role == "observer":
            raise forbidden("Observers give awards and receive none. Yours are at `/api/awards`.")
        return identity

    async def _written(self, write: Callable[[Session], T]) -> T:
        try:
            return await self._database.write(write)
        except Unanswerable as error:
            raise Problem(409, "conflict", str(error)) from None


def _number(request: Request) -> int:
    text = request.path_params["number"]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Problem(404, "not_found", "There is no such award of yours.")
    return int(text)
