"""The handover note of a case over HTTP: for whoever takes the patient on, people and systems."""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import tzinfo
from hashlib import sha256
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.handover.fhir import as_document
from persistence.handover.page import STYLE, as_page
from persistence.handover.text import as_text
from persistence.handover.times import Times
from persistence.logbook import events
from realtime.ports import Audit, Journal
from realtime.rooms.events import Event
from realtime.rooms.handover import Handover, composed
from web.api.answers import HEADERS, case_id
from web.api.ports import Live
from web.api.problems import Problem, forbidden
from web.api.reads import noted
from web.limits import Limits
from web.signin.identify import Door

# Each reads a whole log: more than any handover takes.
NOTES_PER_HOUR: Final = 240
NOTES_AT_ONCE: Final = 30
OFTEN: Final = "You have taken very many handover notes just now. Wait a minute, then try again."
_DIGEST: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
_PAGE_HEADERS: Final = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}


class Form(NamedTuple):
    """How a note is given: its media type, the end of its file's name, what makes it, and headers of its own."""

    media: str
    end: str
    made: Callable[[Handover, Times], str]
    headers: Mapping[str, str] = {}


FORMS: Final[Mapping[str, Form]] = {
    "text": Form("text/plain; charset=utf-8", "txt", as_text),
    "html": Form("text/html; charset=utf-8", "html", as_page, _PAGE_HEADERS),
    "fhir": Form("application/fhir+json", "json", lambda note, _: as_document(note)),
}


class Handovers:
    """`/api/cases/{id}/handover`."""

    def __init__(self, door: Door, live: Live, journal: Journal, audit: Audit) -> None:
        self._door = door
        self._live = live
        self._journal = journal
        self._audit = audit
        self._often = Limits(NOTES_PER_HOUR, NOTES_AT_ONCE)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/handover", self.note, methods=["GET"])]

    async def note(self, request: Request) -> Response:
        """The note in the form that is asked for, times in UTC and in the zone `tz` as well."""
        identity = await self._door.identity(request.scope)
        person, room = identity.person, case_id(request)
        name, form = _form(request)
        with noted(self._audit, "handover_read", person, room, name, where=identity.address):
            if person.role == "observer":
                raise forbidden("A handover note names who advised: it is for those who treat and advise.")
            self._often.check(person.id, OFTEN)
            await self._live.copy_of(room, person, 0, 0)  # raises where they may not enter
            log = [event async for event in events(self._journal, room)]
            said = await asyncio.to_thread(_made, log, form, request.query_params.get("tz"))
        shown = "attachment" if name == "fhir" else "inline"
        named = {"content-disposition": f'{shown}; filename="handover-{room}.{form.end}"'}
        return Response(said, 200, {**HEADERS, **form.headers, **named}, form.media)


def _form(request: Request) -> tuple[str, Form]:
    name = request.query_params.get("format", "text")
    if name not in FORMS:
        raise Problem(422, "invalid", "`format` is not valid. Give `text`, `html` or `fhir`.")
    return name, FORMS[name]


def _made(log: list[Event], form: Form, zone: str | None) -> str:
    return form.made(composed(log), Times(_zone(zone)))


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Problem(422, "invalid", "`tz` is no time zone. Give one as `Europe/Zurich`, or leave it out.") from None
