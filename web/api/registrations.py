"""Registering: an account under a handle, not verified, and who one says that one is, held apart from it.

One brings a passkey, or a password.
"""

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
from persistence.signin import passkeys, tables
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
from web.api.passkeys import NewPasskey
from web.api.problems import Problem, forbidden
from web.api.verified import Bureau, told
from web.limits import Limits
from web.signin.address import address_of
from web.signin.beginning import Beginning
from web.signin.passkeys import REGISTER, Passkeys
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


Handle = Annotated[str, msgspec.Meta(min_length=1, max_length=HANDLE_CHARS)]


class Wanted(msgspec.Struct, frozen=True):
    """What `POST /api/registrations/options` takes."""

    handle: Handle


class FirstPasskey(NewPasskey, frozen=True):
    """A passkey for an account that is not there yet. `person`: as the options named them."""

    person: Annotated[str, msgspec.Meta(min_length=1, max_length=26)]


class Registration(Claim, frozen=True, kw_only=True):
    """What `POST /api/registrations` takes: a `passkey` or a `password`, by which one signs in from then on."""

    __repr__ = wordless

    handle: Handle
    password: Annotated[str, msgspec.Meta(max_length=1_024)] = ""
    passkey: FirstPasskey | None = None


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

    def __init__(
        self,
        bureau: Bureau,
        switch: Literal["on", "off"],
        passwords: Passwords,
        passkeys: Passkeys,
        beginning: Beginning,
    ) -> None:
        self._bureau = bureau
        self._passwords = passwords
        self._passkeys = passkeys
        self._beginning = beginning
        self._open = switch == "on"
        self._limits = Limits(PER_HOUR, BURST)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/api/registrations", self.form, methods=["GET"]),
            Route("/api/registrations", self.register, methods=["POST"]),
            Route("/api/registrations/options", self.options, methods=["POST"]),
        ]

    async def form(self, _: Request) -> Response:
        """Whether one can register here, and the formats of licences, for everyone."""
        known = [
            Form(one.country, one.register, one.name, one.example, one.unverified, one.source, one.date)
            for one in formats().values()
        ]
        return answer({"open": self._open, "password_chars": PASSWORD_CHARS, "licences": known})

    async def options(self, request: Request) -> Response:
        """What the browser is given to make the passkey of an account that is to be; its person is `user.id`."""
        self._admit(request)
        handle = _handle((await body(request, Wanted)).handle)
        with told():
            await self._bureau.database.read(partial(_free, handle))
        return answer(self._passkeys.to_make(request.scope, _newcomer(new_id(), handle), purpose=REGISTER))

    async def register(self, request: Request) -> Response:
        """201 with the new person's id and handle. Who brought a passkey is signed in; others sign in next."""
        self._admit(request)
        wish = await body(request, Registration)
        handle = _handle(wish.handle)
        _check_way_in(wish)
        with told():
            # Before what costs much; the write looks again.
            await self._bureau.database.read(partial(_free, handle))
            passkey, kept = await self._way_in(request, wish)
            person = _newcomer(passkey.person if passkey else new_id(), handle, wish.specialty, wish.country)
            code = await self._bureau.database.write(partial(self._add, person, passkey, kept, wish.identity))
        self._bureau.audit.note("registered", person.id, where=address_of(request.scope))
        if code and self._bureau.mail is not None:
            # Where it cannot go out just now: the page of one's verification offers another one.
            with contextlib.suppress(Unavailable):
                await send_code(self._bureau, wish.email, code)
        if passkey is not None:
            still = partial(passkeys.owned, person=person.id, id=passkey.id)
            return await self._beginning.begin(request, person, "passkey", still)
        return answer({"person": person.id, "handle": handle}, 201)

    def _admit(self, request: Request) -> None:
        if not self._open:
            raise forbidden("Nobody registers here. Ask those who run this server for an account.")
        self._bureau.door.refuse_foreign_pages(request.scope, "Register")
        self._limits.check(address_of(request.scope))

    async def _way_in(self, request: Request, wish: Registration) -> tuple[tables.Passkey | None, str]:
        """The passkey or the hash of the password, to be kept."""
        if wish.passkey is None:
            return None, await self._passwords.hashed(wish.password)
        brought = wish.passkey
        return await self._passkeys.made(request.scope, brought.person, brought.credential, brought.name, REGISTER), ""

    def _add(
        self, person: Person, passkey: tables.Passkey | None, password_hash: str, identity: Identity, sql: Sql
    ) -> str:
        """The code that is to be sent, or nothing."""
        bureau, now_ms = self._bureau, self._bureau.now_ms()
        _free(person.handle, sql)
        try:
            people.add(sql, person, now_ms)
            if passkey is not None:
                sql.flush()
                passkeys.add(sql, passkey)
        except ValueError as error:
            raise Wrong(str(error)) from None
        if password_hash:
            people.set_password_hash(sql, person.id, password_hash)
        identities.keep(sql, bureau.keys, person.id, identity, now_ms)
        return codes.make(sql, bureau.keys, person.id, now_ms) if bureau.mail and identity.email else ""


def _newcomer(id: str, handle: str, specialty: str = "", country: str = "") -> Person:
    return Person(id, handle, "clinician", specialty, country)


def _handle(wanted: str) -> str:
    """The handle as it is kept. Raises `Problem` where it cannot be one."""
    handle = normalize("NFC", wanted)
    wrong = wrong_with(handle)
    if wrong is None and looks(handle) in RESERVED:
        wrong = "This handle sounds like those who run the server. Choose another."
    if wrong is not None:
        raise Problem(422, "invalid", wrong)
    return handle


def _check_way_in(wish: Registration) -> None:
    if (wish.passkey is None) == (not wish.password):
        raise Problem(422, "invalid", "One registers with a passkey or with a password: send one of the two.")
    if wish.passkey is None and len(wish.password) < PASSWORD_CHARS:
        raise Problem(422, "invalid", f"A password has at least {PASSWORD_CHARS} characters: choose a longer one.")


async def send_code(bureau: Bureau, email: str, code: str) -> None:
    """Send a code to its address; where that fails it can be asked for again. No name, no handle, nothing clinical."""
    assert bureau.mail is not None, "whoever asks knows that there is mail"
    text = f"{code}\n\nGive this code on your page “Your verification”, within the hour.\n"
    await bureau.mail.send(email, "Your code for Curbside", text)


def _free(handle: str, sql: Sql) -> None:
    if people.looks_taken(sql, handle):
        raise Wrong("This handle is taken, or looks like one that is. Choose another.")
