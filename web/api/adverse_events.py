"""Suspected adverse events: reported by contributors, acknowledged by whoever makes the product."""

import asyncio
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers import adverse
from persistence.observers.adverse import Report
from realtime.node import Node
from realtime.ports import Audit
from realtime.rooms.asking.wording import over_89
from realtime.rooms.command import Note, Short, Target
from realtime.rooms.deciding.texts import clean
from realtime.rooms.identifiers.gate import Confirmations, passed
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.wordless import wordless
from web.api.answers import answer, body, case_id, no_body, nothing
from web.api.ports import Live
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door


class AdverseWish(msgspec.Struct, frozen=True, kw_only=True):
    """What a contributor reports on a post: of the patient age band and sex only, the suspect product, the event.

    `not_identifying`: what its reporter has confirmed to identify nobody, as for a post.
    """

    __repr__ = wordless

    post: Target
    age_band: Annotated[str, msgspec.Meta(max_length=20)]
    sex: Annotated[str, msgspec.Meta(max_length=20)]
    product: Short
    event: Note
    not_identifying: Confirmations = []


class AdverseEvents:
    """`/api/cases/{id}/adverse-events` and `/api/adverse-events`. `node` has the gate, and the key of reports' ids."""

    def __init__(self, door: Door, database: Database, live: Live, node: Node, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._live = live
        self._node = node
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/cases/{id}/adverse-events", self.report, methods=["POST"]),
            Route("/api/adverse-events", self.page, methods=["GET"]),
            Route("/api/adverse-events/{id}/acknowledge", self.acknowledge, methods=["POST"]),
        ]

    async def report(self, request: Request) -> Response:
        """201 with its `id`, and how many institutions are to acknowledge it within a day; the same for a repeat."""
        person, room = (await self._door.identity(request.scope)).person, case_id(request)
        if person.role == "observer":
            raise forbidden("Observers report no adverse events here. Use your own way of reporting.")
        wish = await body(request, AdverseWish)
        await self._live.copy_of(room, person, 0, 0)
        report, now_ms = _report(wish, room, person), self._now_ms()
        confirmed = await self._look_over(wish)
        id = adverse.id_of(self._node.secret, report)
        try:
            kept = await self._database.write(lambda sql: adverse.add(sql, id, report, now_ms))
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None
        self._audit.note("adverse_event_reported", person.id, room, " ".join([id, *confirmed]))
        return answer({"id": id, "institutions": kept.institutions, "due_at": kept.due_at}, 201)

    async def page(self, request: Request) -> Response:
        """To observers those of their institution's products; to moderators those that nobody acknowledged in time."""
        person = (await self._door.identity(request.scope)).person
        now_ms = self._now_ms()
        if person.role == "moderator":
            found = await self._database.read(lambda sql: adverse.overdue(sql, now_ms))
        elif person.role == "observer":
            found = await self._database.read(lambda sql: adverse.listed(sql, person.institution))
        else:
            raise forbidden("Adverse events are listed for moderators and the makers of products.")
        self._audit.note("adverse_events_read", person.id, detail=f"{len(found)}")
        return answer({"adverse_events": found})

    async def acknowledge(self, request: Request) -> Response:
        """204: this observer's institution knows of it."""
        person = (await self._door.identity(request.scope)).person
        await no_body(request)
        id, now_ms = request.path_params["id"], self._now_ms()
        known = person.role == "observer" and await self._database.write(
            lambda sql: adverse.acknowledge(sql, id, person.institution, person.id, now_ms)
        )
        if not known:
            raise Problem(404, "not_found", "There is no such adverse event of a product of your institution.")
        self._audit.note("adverse_event_acknowledged", person.id, detail=id)
        return nothing()

    async def _look_over(self, wish: AdverseWish) -> list[str]:
        """The gate that every text passes: the rules whose finds were confirmed. Raises `IdentifiersFound`."""
        texts = [("product", wish.product), ("event", wish.event)]
        if self._node.second is not None:
            await self._node.second.examine(text for _, text in texts)
        confirmed = await asyncio.to_thread(passed, texts, wish.not_identifying, self._node.find)
        return sorted({f"{one.field}:{one.rule}" for one in confirmed})


def _report(wish: AdverseWish, room: str, person: Person) -> Report:
    for text in (wish.age_band, wish.sex, wish.product, wish.event):
        if not clean(text).strip():
            raise Problem(422, "invalid", "A report names age band, sex, product and event. Fill in what is empty.")
    if over_89(wish.age_band):
        raise Refused(Refusal.AGE_OVER_89)
    return Report(
        room=room,
        post=wish.post,
        patient=f"{wish.age_band}, {wish.sex}",
        reporter=", ".join(part for part in (person.role, person.specialty) if part),
        reported_by=person.id,
        product=wish.product.strip(),
        event=wish.event.strip(),
    )
