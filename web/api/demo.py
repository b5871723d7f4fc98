"""`/api/demo`, only where `--demo` runs: whom one can choose to be, how far the play is, and its buttons.

Signing in without a password is for this machine's own pages, and only while nobody real is in the database.
"""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.people import HANDLE_CHARS
from web.api.answers import answer, body
from web.api.problems import Problem, forbidden
from web.demo.demo import Demo
from web.demo.famous import CASE, NOTICE
from web.demo.loopback import loopback
from web.demo.people import DemoPerson
from web.demo.play import State
from web.demo.player import Over, StillOn
from web.demo.script import length_s
from web.signin.beginning import Beginning
from web.signin.identify import Door
from web.signin.origins import from_own_pages, own_origin


class Choice(msgspec.Struct, frozen=True):
    """Whom one can be. `about`: what they can do here."""

    handle: str
    role: str
    specialty: str
    country: str
    tier: int
    about: str


class Playing(msgspec.Struct, frozen=True):
    """How far the play in `room` is, in seconds of its length. `notice` is to be shown beside it."""

    room: str
    title: str
    state: State
    at_s: float
    length_s: float
    notice: str


class Shown(msgspec.Struct, frozen=True):
    """What `GET /api/demo` answers. No `people`: a password is needed here."""

    people: list[Choice]
    play: Playing


class Chosen(msgspec.Struct, frozen=True):
    """What `POST /api/demo/sessions` takes."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]


class Wish(msgspec.Struct, frozen=True):
    """What `POST /api/demo/play` takes."""

    do: Literal["play", "pause", "again"]


class DemoDesk:
    """The demo over HTTP."""

    def __init__(self, demo: Demo, door: Door, beginning: Beginning) -> None:
        self._demo = demo
        self._door = door
        self._beginning = beginning

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/demo", self.show, methods=["GET"]),
            Route("/api/demo/sessions", self.sign_in, methods=["POST"]),
            Route("/api/demo/play", self.do, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """For everyone, before they sign in too."""
        people = [_choice(one) for one in self._demo.people] if await self._free(request) else []
        return answer(Shown(people, await self._playing()))

    async def sign_in(self, request: Request) -> Response:
        """201 with the cookie, for the demo's people only; 404 where a password is needed."""
        if not await self._free(request):
            raise Problem(404, "not_found", "Nobody signs in here without a password. Use `/api/sessions`.")
        if not from_own_pages(request.scope, ()):
            raise forbidden("Sign in from the server's own pages.")
        person = await self._demo.person((await body(request, Chosen)).handle)
        if person is None:
            raise Problem(404, "not_found", "The demo has nobody of that handle to sign in as.")
        return await self._beginning.begin(request, person, "demo", lambda _: True)

    async def do(self, request: Request) -> Response:
        """200 with `{play}` as it is then; 409 for what cannot be now."""
        await self._door.identity(request.scope)
        wish = await body(request, Wish)
        try:
            if wish.do == "again":
                await self._demo.player.again()
            else:
                self._demo.player.told(wish.do == "play")
        except StillOn:
            raise Problem(409, "conflict", "It is not over yet. Let it play to its end, or close the case.") from None
        except Over:
            raise Problem(409, "conflict", "It is over. Ask for it `again`.") from None
        return answer({"play": await self._playing()})

    async def _free(self, request: Request) -> bool:
        """Whether no password is needed. A foreign name that leads here must not be enough (DNS rebinding)."""
        origin = own_origin(request.scope)
        return origin is not None and loopback(urlsplit(origin).hostname or "") and await self._demo.alone()

    async def _playing(self) -> Playing:
        play, most_s = await self._demo.player.settled(), length_s()
        return Playing(play.room, CASE.title, play.state, round(min(play.at_s, most_s), 1), most_s, NOTICE)


def _choice(one: DemoPerson) -> Choice:
    person = one.person
    return Choice(person.handle, person.role, person.specialty, person.country, person.tier, one.about)
