"""Registering: an account under a handle, not verified, and who one says that one is, held apart from it."""

import contextlib
from functools import partial
from typing import Annotated, Final, Literal
from unicodedata import normalize

import msgspec
from sqlmodel import Session as Sql
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import people
from persistence.people import HANDLE_CHARS, new_id
from persistence.verification import codes, identities
from persistence.verification.alike import looks
from persistence.verification.formats import formats
from persistence.verification.identities import Identity
from persistence.verification.wrong import Wrong
from realtime.errors import Unavailable
from realtime.rooms.handles import wrong_with
from realtime.rooms.people import Person
from realtime.rooms.wordless import wordless
from web.api.answers import answer, body
from web.api.problems import Problem, forbidden
from web.api.verified import Bureau, told
from web.limits import Limits
from web.signin.address import address_of
from web.signin.passwords import PASSWORD_CHARS, Passwords

PER_HOUR: Final = 20
BURST: Final = 20

# Who calls themselves so could be taken for us.
RESERVED: Final = frozenset(
    looks(name) for name in ("admin", "administrator", "curbside", "moderator", "operator", "root", "support", "system")
)

Short = Annotated[str, msgspec.Meta(max_length=100)]
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^([^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+)?$(?!\n)")]
Country = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{0,60}$(?!\n)")]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody says that they are. `register` and `number`: of the licence, where they have one."""

    __repr__ = wordless

    family: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    given: Short = ""
    email: Email = ""
    country: Country
    specialty: Code = ""
    register: Code = ""
    number: Annotated[str, msgspec.Meta(max_length=40)] = ""

    @property
    def identity(self) -> Identity:
        """The part of it that is held apart."""
        return Identity(
            family=self.family.strip(),
            given=self.given.strip(),
            email=self.email,
            country=self.country,
            register=self.register,
            number=self.number.strip(),
        )


class Registration(Claim, frozen=True, kw_only=True):
    """What `POST /api/registrations` takes."""

    __repr__ = wordless

    handle: Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]
    password: Annotated[str, msgspec.Meta(max_length=1_024)]


class Form(msgspec.Struct, frozen=True):
    """How one register numbers people, for a form. `guessed`: nobody has checked the format against the register."""

    country: str
    register: str
    name: str
    example: str
    guessed: bool
    source: str
    date: str


class Registrations:
    """`/api/registrations`."""

    def __init__(self, bureau: Bureau, switch: Literal["on", "off"], passwords: Passwords) -> None:
        self._bureau = bureau
        self._passwords = passwords
        self._open = switch == "on"
        self._limits = Limits(PER_HOUR, BURST)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/registrations", self.form, methods=["GET"]),
            Route("/api/registrations", self.register, methods=["POST"]),
        ]

    async def form(self, _: Request) -> Response:
        """Whether one can register here, and the formats of licences, for everyone."""
        known = [
            Form(one.country, one.register, one.name, one.example, one.unverified, one.source, one.date)
            for one in formats().values()
        ]
        return answer({"open": self._open, "password_chars": PASSWORD_CHARS, "licences": known})

    async def register(self, request: Request) -> Response:
        """201 with the new person's id and handle; they sign in next."""
        self._admit(request)
        wish = await body(request, Registration)
        handle = normalize("NFC", wish.handle)
        self._check(handle, wish.password)
        with told():
            # Before the hash, which costs much; the write looks again.
            await self._bureau.database.read(partial(_free, handle))
            kept = await self._passwords.hashed(wish.password)
            person = Person(new_id(), handle, "clinician", wish.specialty, wish.country)
            code = await self._bureau.database.write(partial(self._add, person, kept, wish.identity))
        self._bureau.audit.note("registered", person.id, where=address_of(request.scope))
        if code and self._bureau.mail is not None:
            # Where it cannot go out just now: the page of one's verification offers another one.
            with contextlib.suppress(Unavailable):
                await send_code(self._bureau, wish.email, code)
        return answer({"person": person.id, "handle": handle}, 201)

    def _admit(self, request: Request) -> None:
        if not self._open:
            raise forbidden("Nobody registers here. Ask those who run this server for an account.")
        if "origin" in request.headers and not self._bureau.door.from_own_pages(request.scope):
            raise forbidden("Register from the server's own pages, or from an origin that CURBSIDE_ORIGINS lists.")
        self._limits.check(address_of(request.scope))

    @staticmethod
    def _check(handle: str, password: str) -> None:
        wrong = wrong_with(handle)
        if wrong is None and looks(handle) in RESERVED:
            wrong = "This handle sounds like those who run the server. Choose another."
        if wrong is None and len(password) < PASSWORD_CHARS:
            wrong = f"A password has at least {PASSWORD_CHARS} characters: choose a longer one."
        if wrong is not None:
            raise Problem(422, "invalid", wrong)

    def _add(self, person: Person, password_hash: str, identity: Identity, sql: Sql) -> str:
        """The code that is to be sent, or nothing."""
        bureau, now_ms = self._bureau, self._bureau.now_ms()
        _free(person.handle, sql)
        try:
            people.add(sql, person, now_ms)
        except ValueError as error:
            raise Wrong(str(error)) from None
        people.set_password_hash(sql, person.id, password_hash)
        identities.keep(sql, bureau.keys, person.id, identity, now_ms)
        return codes.make(sql, bureau.keys, person.id, now_ms) if bureau.mail and identity.email else ""


async def send_code(bureau: Bureau, email: str, code: str) -> None:
    """Send a code to its address; where that fails it can be asked for again. No name, no handle, nothing clinical."""
    assert bureau.mail is not None, "whoever asks knows that there is mail"
    text = f"{code}\n\nGive this code on your page “Your verification”, within the hour.\n"
    await bureau.mail.send(email, "Your code for Curbside", text)


def _free(handle: str, sql: Sql) -> None:
    if people.looks_taken(sql, handle):
        raise Wrong("This handle is taken, or looks like one that is. Choose another.")
