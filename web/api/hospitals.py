"""Signing in with a hospital's account: there and back, and whose account it is here."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated, Final, TypeVar
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from persistence import people
from persistence.database import Database
from persistence.signin import factors
from persistence.signin import hospitals as accounts
from persistence.vault import Vault
from realtime.errors import Unavailable
from realtime.ports import Audit
from realtime.rooms.people import Person
from web.api.answers import answer, body, no_body, nothing
from web.api.problems import Problem, forbidden, unauthenticated
from web.clock import Clock
from web.settings import Switch
from web.signin.address import address_of
from web.signin.attempts import Attempts
from web.signin.beginning import Beginning
from web.signin.challenges import Challenges
from web.signin.cookies import is_secure, named
from web.signin.hospitals import Hospital
from web.signin.identify import Door
from web.signin.origins import own_origin
from web.signin.providers import Account, NotAccepted, Providers
from web.signin.recent import in_person

BACK: Final = "/api/signin/back"
_LEAVING: Final = "curbside_leaving"
"""Binds what comes back to the browser that left."""
_ARRIVED: Final = "curbside_arrived"
"""The account with which somebody came who is not known here yet, sealed."""
_MINUTES_10: Final = 600

T = TypeVar("T")


class Leave(msgspec.Struct, frozen=True):
    """What `POST /api/signin/hospitals/{id}` takes. `again`: the hospital is to ask anew who it is."""

    again: bool = False


class Newcomer(msgspec.Struct, frozen=True):
    """What `POST /api/sessions/newcomer` takes."""

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=people.HANDLE_CHARS)]


class Arrived(msgspec.Struct, frozen=True):
    """An account that is nobody's here yet, of which hospital, until when (Unix ms)."""

    hospital: str
    account: Account
    expires_at: int


class HospitalDesk:
    """Hospitals over HTTP."""

    def __init__(
        self,
        *,
        hospitals: Mapping[str, Hospital],
        providers: Providers,
        challenges: Challenges,
        vault: Vault,
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
        self._vault = vault
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
            Route("/api/signin/newcomer", self.newcomer, methods=["GET"]),
            Route("/api/sessions/newcomer", self.welcome, methods=["POST"]),
            Route("/api/hospitals", self.link, methods=["POST"]),
            Route("/api/hospitals/{id}", self.unlink, methods=["DELETE"]),
        ]

    async def listed(self, _: Request) -> Response:
        """The hospitals, for everyone."""
        return answer({"hospitals": [{"id": one.id, "name": one.name} for one in self._hospitals.values()]})

    async def leave(self, request: Request) -> Response:
        """200 with the `location` to go to, and a cookie without which nobody comes back."""
        hospital = self._hospital(request)
        wish = await body(request, Leave)
        self._count(request)
        browser = token_urlsafe(32)
        challenge = self._challenges.fresh(_purpose(hospital.id, browser))
        location = await self._providers.start_url(
            hospital, _back(request), state=_text(challenge), again=wish.again, **self._secrets(challenge)
        )
        response = answer({"location": location})
        self._keep(response, request, _LEAVING, f"{hospital.id}.{browser}")
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
            sealed = self._vault.sealed(
                msgspec.json.encode(Arrived(hospital.id, account, self._now_ms() + _MINUTES_10 * 1_000)), _ARRIVED
            )
            self._keep(response, request, _ARRIVED, _text(sealed))
            return response
        return _with_cookies(self._to(request, "/"), await self._beginning.begin(request, person, "hospital"))

    async def newcomer(self, request: Request) -> Response:
        """The `hospital` with whose account this browser came, and a `handle` that it suggests; 404 without one."""
        arrived = self._arrived(request)
        return answer({"hospital": self._hospitals[arrived.hospital].name, "handle": arrived.account.name})

    async def welcome(self, request: Request) -> Response:
        """201 with the cookie: a new clinician, not verified, to whom the account belongs. 409 for a handle in use."""
        arrived = self._arrived(request)
        self._check_origin(request)
        self._count(request)
        handle = normalize("NFC", (await body(request, Newcomer)).handle)
        hospital, now_ms = self._hospitals[arrived.hospital], self._now_ms()
        person = Person(
            people.new_id(),
            handle,
            "clinician",
            country=hospital.country,
            institution=hospital.institution,
            network=hospital.network,
        )

        def write(sql: Sql) -> None:
            people.add(sql, person, now_ms)
            sql.flush()
            accounts.link(sql, person.id, arrived.account.issuer, arrived.account.subject, now_ms)

        await self._written(write)
        self._audit.note("person_added", person.id, detail="hospital", where=address_of(request.scope))
        response = await self._beginning.begin(request, person, "hospital")
        self._drop(response, request, _ARRIVED)
        return response

    async def link(self, request: Request) -> Response:
        """204: the account with which this browser came belongs to whoever is signed in, who has just proved it."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        await no_body(request)
        account, now_ms = self._arrived(request).account, self._now_ms()
        person = identity.person.id
        await self._written(lambda sql: accounts.link(sql, person, account.issuer, account.subject, now_ms))
        self._audit.note("hospital_linked", person, where=address_of(request.scope))
        response = nothing()
        self._drop(response, request, _ARRIVED)
        return response

    async def unlink(self, request: Request) -> Response:
        """204: the hospital's account is no way in any longer. 409 where it is the only one."""
        identity = await self._door.identity(request.scope)
        in_person(identity, self._now_ms())
        person, issuer = identity.person.id, self._hospital(request).issuer

        def write(sql: Sql) -> bool:
            if people.password_hash(sql, person) is None and not factors.has_second(sql, person):
                raise ValueError("This is your only way to sign in. Make a passkey first.")
            return accounts.unlink(sql, person, issuer)

        if not await self._written(write):
            raise Problem(404, "not_found", "You have no account of this hospital here.")
        self._audit.note("hospital_unlinked", person, where=address_of(request.scope))
        return nothing()

    async def farewell(self, request: Request) -> Response:
        """The `location` at which one signs out of the hospital as well, or null."""
        hospital = self._hospital(request)
        return answer({"location": await self._providers.farewell(hospital, f"{own_origin(request.scope)}/signin")})

    async def _account(self, request: Request) -> tuple[Account, Hospital]:
        cookie = request.cookies.get(named(_LEAVING, request.scope, self._secure), "")
        id, _, browser = cookie.partition(".")
        hospital = self._hospitals.get(id)
        given = request.query_params
        challenge = _bytes(given.get("state", ""))
        if hospital is None or not await self._challenges.spend(challenge, _purpose(id, browser)):
            raise NotAccepted("state")
        if "error" in given or not given.get("code"):
            raise NotAccepted("refused")
        account = await self._providers.account(
            hospital, _back(request), code=given["code"], issuer=given.get("iss"), **self._secrets(challenge)
        )
        return account, hospital

    def _secrets(self, challenge: bytes) -> dict[str, str]:
        """What belongs to one sign-in and is kept nowhere: any node knows it."""
        return {name: _text(self._challenges.derived(challenge, name)) for name in ("nonce", "verifier")}

    def _hospital(self, request: Request) -> Hospital:
        found = self._hospitals.get(request.path_params["id"])
        if found is None:
            raise Problem(404, "not_found", "No such hospital signs its people in here.")
        return found

    def _arrived(self, request: Request) -> Arrived:
        sealed = _bytes(request.cookies.get(named(_ARRIVED, request.scope, self._secure), ""))
        try:
            arrived = msgspec.json.decode(self._vault.opened(sealed, _ARRIVED), type=Arrived)
        except (ValueError, msgspec.MsgspecError):
            raise Problem(404, "not_found", "Sign in at your hospital first.") from None
        if arrived.expires_at <= self._now_ms() or arrived.hospital not in self._hospitals:
            raise unauthenticated("That was more than 10 minutes ago. Sign in at your hospital again.")
        return arrived

    def _count(self, request: Request) -> None:
        where = address_of(request.scope)
        wait_s = self._attempts.wait_s(f"hospital {where}", where)
        if wait_s:
            raise Problem(429, "rate_limited", "Too many tries. Wait a minute.", retry_after_ms=round(wait_s * 1_000))

    def _check_origin(self, request: Request) -> None:
        if not self._door.from_own_pages(request.scope):
            raise forbidden("Sign in from the server's own pages.")

    async def _written(self, write: Callable[[Sql], T]) -> T:
        try:
            return await self._database.write(write)
        except ValueError as error:
            raise Problem(409, "conflict", str(error)) from None

    def _keep(self, response: Response, request: Request, name: str, value: str) -> None:
        scope = request.scope
        safe = is_secure(scope, self._secure)
        name = named(name, scope, self._secure)
        response.set_cookie(name, value, _MINUTES_10 if value else 0, secure=safe, httponly=True, samesite="lax")

    def _drop(self, response: Response, request: Request, name: str) -> None:
        self._keep(response, request, name, "")

    def _to(self, request: Request, where: str) -> Response:
        response = RedirectResponse(where, 303, {"cache-control": "no-store", "referrer-policy": "no-referrer"})
        self._drop(response, request, _LEAVING)
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


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
