"""Signing in with a hospital's account: there and back."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from persistence import people
from persistence.database import Database
from persistence.signin import hospitals as accounts
from realtime.errors import Unavailable
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import answer, body
from web.api.problems import Problem
from web.clock import Clock
from web.settings import Switch
from web.signin.address import address_of
from web.signin.arrivals import Arrivals, as_bytes, as_text, set_cookie
from web.signin.attempts import Attempts
from web.signin.beginning import Beginning
from web.signin.challenges import Challenges
from web.signin.cookies import named
from web.signin.hospitals import Hospital
from web.signin.identify import Door
from web.signin.origins import own_origin
from web.signin.providers import Account, NotAccepted, Providers

BACK: Final = "/api/signin/back"
_LEAVING: Final = "curbside_leaving"
"""Binds what comes back to the browser that left."""


class Leave(msgspec.Struct, frozen=True):
    """What `POST /api/signin/hospitals/{id}` takes. `again`: the hospital is to ask anew who it is."""

    again: bool = False


class HospitalDesk:
    """Hospitals over HTTP."""

    def __init__(
        self,
        *,
        hospitals: Mapping[str, Hospital],
        providers: Providers,
        challenges: Challenges,
        arrivals: Arrivals,
        attempts: Attempts,
        beginning: Beginning,
        secure: Switch,
        database: Database,
        door: Door,
        audit: Audit,
        now_ms: Clock,
    ) -> None:
        self._hospitals = hospitals
        self._providers = providers
        self._challenges = challenges
        self._arrivals = arrivals
        self._attempts = attempts
        self._beginning = beginning
        self._secure = secure
        self._database = database
        self._door = door
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/signin/hospitals", self.listed, methods=["GET"]),
            Route("/api/signin/hospitals/{id}", self.leave, methods=["POST"]),
            Route("/api/signin/hospitals/{id}/farewell", self.farewell, methods=["GET"]),
            Route(BACK, self.back, methods=["GET"]),
        ]

    async def listed(self, _: Request) -> Response:
        """The hospitals, for everyone."""
        return answer({"hospitals": [{"id": one.id, "name": one.name} for one in self._hospitals.values()]})

    async def leave(self, request: Request) -> Response:
        """200 with the `location` to go to, and a cookie without which nobody comes back."""
        hospital = self._hospital(request)
        wish = await body(request, Leave)
        browser = token_urlsafe(32)
        challenge = self._challenges.fresh(_purpose(hospital.id, browser))
        location = await self._providers.start_url(
            hospital, _back(request), state=as_text(challenge), again=wish.again, **self._secrets(challenge)
        )
        response = answer({"location": location})
        set_cookie(response, request, _LEAVING, f"{hospital.id}.{browser}", self._secure)
        return response

    async def back(self, request: Request) -> Response:
        """303: signed in, or to the sign-in page, which says what was wrong."""
        try:
            account, hospital = await self._account(request)
        except NotAccepted as error:
            self._audit.note(
                "sign_in_failed", "", detail=f"hospital: {error.why}", outcome="failed", where=address_of(request.scope)
            )
            return self._to(request, "/signin?hospital=refused")
        except Unavailable:
            return self._to(request, "/signin?hospital=away")
        person = await self._database.read(lambda sql: _owner(sql, account))
        if person is None:
            response = self._to(request, "/signin?hospital=new")
            self._arrivals.keep(response, request, hospital, account)
            return response
        still = partial(accounts.owned, person=person.id, issuer=account.issuer, subject=account.subject)
        begun = await self._beginning.begin(request, person, "hospital", still)
        return _with_cookies(self._to(request, "/"), begun)

    async def farewell(self, request: Request) -> Response:
        """The `location` at which one signs out of the hospital as well, or null."""
        hospital = self._hospital(request)
        return answer({"location": await self._providers.farewell(hospital, f"{own_origin(request.scope)}/signin")})

    async def _account(self, request: Request) -> tuple[Account, Hospital]:
        cookie = request.cookies.get(named(_LEAVING, request.scope, self._secure), "")
        id, _, browser = cookie.partition(".")
        hospital = self._hospitals.get(id)
        given = request.query_params
        challenge = as_bytes(given.get("state", ""))
        if hospital is None or not await self._challenges.spend(challenge, _purpose(id, browser)):
            raise NotAccepted("state")
        if "error" in given or not given.get("code"):
            raise NotAccepted("refused")
        where = address_of(request.scope)
        # Each answer that is made up costs a question to the provider.
        if await self._attempts.wait_s(f"hospital {where}", where):
            raise NotAccepted("too often")
        account = await self._providers.account(
            hospital, _back(request), code=given["code"], issuer=given.get("iss"), **self._secrets(challenge)
        )
        await self._attempts.succeeded(f"hospital {where}", where)
        return account, hospital

    def _secrets(self, challenge: bytes) -> dict[str, str]:
        """What belongs to one sign-in and is kept nowhere: any node knows it."""
        return {name: as_text(self._challenges.derived(challenge, name)) for name in ("nonce", "verifier")}

    def _hospital(self, request: Request) -> Hospital:
        found = self._hospitals.get(request.path_params["id"])
        if found is None:
            raise Problem(404, "not_found", "No such hospital signs its people in here.")
        return found

    def _to(self, request: Request, where: str) -> Response:
        response = RedirectResponse(where, 303, {"cache-control": "no-store", "referrer-policy": "no-referrer"})
        set_cookie(response, request, _LEAVING, "", self._secure)
        return response


def _owner(sql: Sql, account: Account) -> Person | None:
    id = accounts.whose(sql, account.issuer, account.subject)
    return people.find(sql, id) if id is not None else None


def _purpose(hospital: str, browser: str) -> str:
    return f"hospital {hospital} {sha256(browser.encode()).hexdigest()}"


def _back(request: Request) -> str:
    return f"{own_origin(request.scope)}{BACK}"


def _with_cookies(response: Response, begun: Response) -> Response:
    response.raw_headers.extend(header for header in begun.raw_headers if header[0] == b"set-cookie")
    return response
