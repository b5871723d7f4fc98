"""`curbside token`: bearer tokens, for programs, tests and benches."""

import asyncio
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from web.commands.failures import Failure
from web.commands.setup import database, load_settings, signing_secret

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel import Session as Sql

    from realtime.rooms.people import Person, Role
    from web.settings import Settings
    from web.signin.signing import Session

TTL_S: Final = 12 * 3_600
LONGEST_S: Final = 3_660 * 24 * 3_600
ROLES: Final = ("clinician", "physician", "observer", "moderator")
_TIERS: Final = {"clinician": 1, "physician": 3, "observer": 0, "moderator": 0}


@click.command()
@click.option("--person", metavar="HANDLE", help="Whose token. Or give --count.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="The role that the token is for.")
@click.option("--specialty", default="", help="The specialty of whom --create or --count makes.")
@click.option("--institution", default="", help="The institution of whom --create or --count makes.")
@click.option("--kind", default="", help="The kind of institution of an observer whom --create or --count makes.")
@click.option("--agree", is_flag=True, help="Put an observer under their institution's agreement, made when absent.")
@click.option("--create", is_flag=True, help="Make the person when absent: a physician verified (T3), a clinician T1.")
@click.option(
    "--ttl", type=click.IntRange(1, LONGEST_S), default=TTL_S, show_default=True, help="Seconds until it expires."
)
@click.option("--count", type=click.IntRange(1, 1_000_000), help="Make this many new people, each with a token.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file for --count, a token a line.")
def token(
    person: str | None,
    role: "Role",
    specialty: str,
    institution: str,
    kind: str,
    agree: bool,
    create: bool,
    ttl: int,
    count: int | None,
    out: Path | None,
) -> None:
    """Print a person's bearer token, or write many to a file."""
    if (person is None) == (count is None):
        raise Failure("Give --person for one token, or --count and --out for many.")
    if (out is None) != (count is None):
        raise Failure("--count and --out go together: the tokens of many people go to a file.")
    if agree and (role != "observer" or not institution or not kind):
        raise Failure("--agree is for observers: give --role observer, --institution and --kind with it.")
    settings = load_settings()
    if person is not None:
        wish = _person(person, role, specialty, institution, kind)
        click.echo(asyncio.run(_one(settings, wish, create, agree, ttl)))
    elif count is not None and out is not None:
        stem = f"{role}-{os.urandom(4).hex()}"
        people = [_person(f"{stem}-{number}", role, specialty, institution, kind) for number in range(1, count + 1)]
        with _opened(out) as file:
            file.writelines(f"{token}\n" for token in asyncio.run(_many(settings, people, agree, ttl)))


async def _one(settings: "Settings", wish: "Person", create: bool, agree: bool, ttl_s: int) -> str:
    from persistence import people
    from persistence.observers.scripted import under_agreement
    from web.clock import now_ms

    def find(sql: "Sql") -> "Person | None":
        known = people.by_handle(sql, wish.handle)
        if known is None and create:
            people.add(sql, wish, now_ms())
            known = wish
        if known is not None and agree:
            under_agreement(sql, [known], wish.institution, wish.kind, now_ms())
        return known

    async with database(settings) as journal:
        person = await journal.write(find)
    if person is None:
        raise Failure(f"There is no person `{wish.handle}`. Add --create to make one.")
    if person.role != wish.role:
        raise Failure(f"`{person.handle}` is a {person.role}, and a token for another role would be refused.")
    return await _listed(settings, person, ttl_s)


async def _listed(settings: "Settings", person: "Person", ttl_s: int) -> str:
    """A token that its person sees on their list, and that a reset ends."""
    from persistence.signin import sessions, tables
    from web.clock import now_ms

    session = _session(person, ttl_s)
    row = tables.Session(
        id=session.id,
        person=person.id,
        way=sessions.TOKEN,
        name="curbside token",
        created_at=now_ms(),
        active_at=now_ms(),
        expires_at=session.expires_at,
    )
    async with database(settings) as journal:
        await journal.write(lambda sql: sessions.begin(sql, row))
    return _signed(settings, [session])[0]


async def _many(settings: "Settings", wishes: "Sequence[Person]", agree: bool, ttl_s: int) -> list[str]:
    from persistence import people
    from persistence.observers.scripted import under_agreement
    from web.clock import now_ms

    def write(sql: "Sql") -> None:
        people.add_many(sql, wishes, now_ms())
        if agree:
            under_agreement(sql, wishes, wishes[0].institution, wishes[0].kind, now_ms())

    async with database(settings) as journal:
        await journal.write(write)
    return _signed(settings, [_session(person, ttl_s) for person in wishes])


def _person(handle: str, role: "Role", specialty: str, institution: str, kind: str) -> "Person":
    from persistence.people import new_id
    from realtime.rooms.people import Person

    tier = _TIERS[role]
    return Person(new_id(), handle, role, specialty=specialty, tier=tier, institution=institution, kind=kind)


def _session(person: "Person", ttl_s: int) -> "Session":
    from web.clock import now_ms
    from web.signin.signing import Session, session_id

    return Session(person.id, person.role, session_id(), now_ms() + ttl_s * 1_000)


def _signed(settings: "Settings", sessions: "Sequence[Session]") -> list[str]:
    from web.signin.signing import Signing

    signing = Signing(signing_secret(settings), "bearer")
    return [signing.signed(session) for session in sessions]


@contextmanager
def _opened(path: Path) -> "Iterator[IO[str]]":
    """A file that only its owner may read, opened before anybody is made whose token is to go there."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(descriptor, "w") as file:
            os.fchmod(descriptor, 0o600)
            yield file
    except OSError as error:
        raise Failure(f"{path} cannot be written ({error.strerror}): give another file with --out.") from None
