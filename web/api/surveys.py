"""Surveys across cases: moderators and institutions ask, verified physicians answer, and are told what all have."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.observers.observing import SqlObserving
from persistence.surveys import answering, book
from persistence.surveys.outside import Results, as_csv, results
from persistence.surveys.participation import participation, sizes
from persistence.surveys.read import answered, has_answered
from persistence.surveys.survey import Choices, Survey, Wish
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import HEADERS, answer, body, no_body, nothing
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.signin.identify import Door

T = TypeVar("T")


class Answers(msgspec.Struct, frozen=True):
    """What one chooses, for each question in order: places of options, from 0."""

    answers: Annotated[list[Choices], msgspec.Meta(min_length=1, max_length=20)]


class Surveys:
    """`/api/surveys`."""

    def __init__(self, door: Door, database: Database, observing: SqlObserving, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._observing = observing
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/surveys", self.page, methods=["GET"]),
            Route("/api/surveys", self.open, methods=["POST"]),
            Route("/api/surveys/offered", self.offered, methods=["GET"]),
            Route("/api/surveys/{id}/approve", self.approve, methods=["POST"]),
            Route("/api/surveys/{id}/end", self.end, methods=["POST"]),
            Route("/api/surveys/{id}/answer", self.answer, methods=["POST"]),
            Route("/api/surveys/{id}/decline", self.decline, methods=["POST"]),
            Route("/api/surveys/{id}/results", self.results, methods=["GET"]),
            Route("/api/surveys/{id}/results.csv", self.table, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """All surveys for a moderator, for an institution its own, each with how many have answered."""
        person, now_ms = await self._asker(request), self._now_ms()
        institution = None if person.role == "moderator" else person.institution
        return answer({"surveys": await self._database.read(lambda sql: _listed(sql, institution, now_ms))})

    async def open(self, request: Request) -> Response:
        """201 with the survey: a moderator's asks from `opens_at` on, an institution's once a moderator approved it."""
        person = await self._asker(request)
        wish, now_ms = await body(request, Wish), self._now_ms()
        made = await self._written(lambda sql: book.open_survey(sql, wish, person, now_ms))
        self._audit.note("survey_opened", person.id, what=made.id)
        return answer(made, 201)

    async def approve(self, request: Request) -> Response:
        """The survey, which asks from now on."""
        person = await self._asker(request)
        await no_body(request)
        if person.role != "moderator":
            raise forbidden("Only moderators approve surveys. Ask one.")
        id, now_ms = request.path_params["id"], self._now_ms()
        made = await self._written(lambda sql: book.approve(sql, id, person.id, now_ms))
        self._audit.note("survey_approved", person.id, what=id)
        return answer(_there(made))

    async def end(self, request: Request) -> Response:
        """The survey, which asks nobody any more."""
        person = await self._asker(request)
        await no_body(request)
        survey, now_ms = await self._own(request, person), self._now_ms()
        made = await self._written(lambda sql: book.end(sql, survey.id, person.id, now_ms))
        self._audit.note("survey_ended", person.id, what=survey.id)
        return answer(_there(made))

    async def offered(self, request: Request) -> Response:
        """The surveys that ask who reads this, with what they have answered."""
        person, now_ms = await self._physician(request), self._now_ms()
        found = await self._database.read(lambda sql: book.offered(sql, person, now_ms))
        return answer({"surveys": [_shown(one) for one in found]})

    async def answer(self, request: Request) -> Response:
        """204: the answer is taken, in place of an earlier one."""
        person = await self._physician(request)
        given = await body(request, Answers)
        survey, now_ms = await self._found(request), self._now_ms()
        await self._written(lambda sql: answering.answer(sql, survey, person, list(given.answers), now_ms))
        return nothing()

    async def decline(self, request: Request) -> Response:
        """204: this survey asks who sent this no more, and has no answer of theirs."""
        person = await self._physician(request)
        await no_body(request)
        survey, now_ms = await self._found(request), self._now_ms()
        await self._written(lambda sql: answering.decline(sql, survey, person, now_ms))
        return nothing()

    async def results(self, request: Request) -> Response:
        """What was answered, as far as it may be told: to who answered, and once it is over to who asked."""
        _, found = await self._told(request)
        return answer(found)

    async def table(self, request: Request) -> Response:
        """The same as a table, CSV."""
        survey, found = await self._told(request)
        named = {"content-disposition": f'attachment; filename="survey-{survey.id}.csv"'}
        return Response(as_csv(survey, found), headers={**HEADERS, **named}, media_type="text/csv")

    async def _told(self, request: Request) -> tuple[Survey, Results]:
        """Two looks at answers that still come would tell of those between: until it is over only all are told of."""
        identity = await self._door.identity(request.scope)
        person, survey = identity.person, await self._found(request)
        if person.role in ("moderator", "observer"):
            await self._own(request, await self._asker(request))
            if not survey.over_at(self._now_ms()):
                raise Problem(409, "conflict", "The results of a survey are told once it is over.")
        elif not await self._database.read(lambda sql: has_answered(sql, survey.id, person.id)):
            raise forbidden("You see what others answered once you have answered yourself.")
        given = await self._database.read(lambda sql: answered(sql, survey.id))
        found = results(survey, given)
        return survey, found if survey.over_at(self._now_ms()) else Results([], found.all)

    async def _own(self, request: Request, person: Person) -> Survey:
        """The survey, where it is a moderator's to see or of the person's own institution. Raises `Problem`."""
        survey = await self._found(request)
        if person.role != "moderator" and survey.institution != person.institution:
            raise _missing()
        return survey

    async def _found(self, request: Request) -> Survey:
        id = request.path_params["id"]
        return _there(await self._database.read(lambda sql: book.found(sql, id)))

    async def _asker(self, request: Request) -> Person:
        """Who may ask: a moderator, or an observer whose institution's agreement is in force. Raises `Problem`."""
        identity = await self._door.identity(request.scope)
        person = identity.person
        if person.role == "observer":
            await self._observing.permit(person)
        elif person.role != "moderator":
            self._audit.note("surveys_refused", person.id, outcome="refused", where=identity.address)
            raise forbidden("Moderators and institutions under agreement open surveys.")
        return person

    async def _physician(self, request: Request) -> Person:
        person = (await self._door.identity(request.scope)).person
        if not person.verified:
            raise forbidden("Surveys ask verified physicians.")
        return person

    async def _written(self, write: Callable[[Session], T]) -> T:
        try:
            return await self._database.write(write)
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None


def _listed(session: Session, institution: str | None, now_ms: int) -> list[dict[str, Any]]:
    surveys = book.listed(session, institution)
    known = sizes(session, [one.id for one in surveys])
    return [
        msgspec.structs.asdict(one) | {"participation": participation(known.get(one.id, {}), over=one.over_at(now_ms))}
        for one in surveys
    ]


def _shown(one: book.Offered) -> dict[str, Any]:
    """A survey as who is asked sees it: nothing of quotas or of who else is asked."""
    wish = one.survey.wish
    return {
        "id": one.survey.id,
        "title": wish.title,
        "by": one.survey.institution,
        "closes_at": wish.closes_at,
        "questions": wish.questions,
        "answers": one.answers,
    }


def _there(survey: Survey | None) -> Survey:
    if survey is None:
        raise _missing()
    return survey


def _missing() -> Problem:
    return Problem(404, "not_found", "There is no such survey, or it is not yours to see.")
