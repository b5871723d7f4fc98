"""`curbside person`: adding people and verifying physicians."""

import asyncio
import os
import sys
from base64 import b32encode
from typing import TYPE_CHECKING, Final

import click

from realtime.rooms.purposes import INSTITUTION_KINDS
from web.commands.asking import asked
from web.commands.failures import Failure
from web.commands.setup import database, load_settings, noting, verification_keys
from web.commands.token import ROLES

if TYPE_CHECKING:
    from sqlmodel import Session as Sql

    from persistence.observers.institutions import Institution
    from realtime.rooms.people import Person, Role
    from web.settings import Settings

# A setup code has 100 random bits.
_CODE_BYTES: Final = 13


@click.group()
def person() -> None:
    """Add people, and verify physicians."""


@person.command()
@click.argument("handle")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Physicians begin verified, at tier 2.")
@click.option("--specialty", default="", help="For example paediatric_intensive_care.")
@click.option("--country", default="", help="ISO 3166-1 alpha-2, for example NO.")
@click.option("--institution", default="", help="Bounds cases of reach `institution`.")
@click.option("--network", default="", help="Bounds cases of reach `network`.")
@click.option("--kind", type=click.Choice(INSTITUTION_KINDS), help="An observer's kind of institution.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--no-password", is_flag=True, help="Make no password: tokens only.")
def add(
    handle: str,
    role: "Role",
    specialty: str,
    country: str,
    institution: str,
    network: str,
    kind: str | None,
    password_stdin: bool,
    no_password: bool,
) -> None:
    """Add a person under HANDLE and print their id."""
    from persistence.people import TIERS, new_id
    from realtime.rooms.people import Person

    if password_stdin and no_password:
        raise Failure("Give --password-stdin or --no-password, not both.")
    settings = load_settings()
    password = None if no_password else _password(password_stdin)
    wish = Person(
        new_id(),
        handle,
        role,
        specialty=specialty,
        country=country,
        tier=TIERS[role][0],
        institution=institution,
        network=network,
        kind=kind or "",
    )
    placed = asyncio.run(_add(settings, wish, password))
    click.echo(wish.id)
    if institution and not placed:
        click.echo(
            f"curbside: there is no institution `{institution}`: add it, until then {handle} is shown nothing.",
            err=True,
        )


@person.command()
@click.argument("handle")
@click.option("--tier", type=click.IntRange(2, 3), help="The tier as verified.  [default: 2, or the one they have]")
@click.option("--specialty", help="Replaces the specialty that they gave.")
@click.option("--evidence", default="", help="How you know who they are: kept sealed, shown to them and moderators.")
def verify(handle: str, tier: int | None, specialty: str | None, evidence: str) -> None:
    """Make the person under HANDLE a verified physician. Running servers know it within a minute."""
    verified = asyncio.run(_verify(load_settings(), handle, tier, specialty, evidence))
    click.echo(f"{verified.handle} is a verified physician, T{verified.tier}.")


@person.command(short_help="Take all ways of signing in from HANDLE; print a setup code.")
@click.argument("handle")
def reset(handle: str) -> None:
    """Take all ways of signing in from HANDLE, end their sessions and tokens, and print a code to begin anew with."""
    code = asyncio.run(_reset(load_settings(), handle))
    click.echo(f"Every passkey, password, app, session and token of {handle} is void within a second.")
    click.echo(f"The code below is good once, for 24 hours, at `I have a setup code` of the sign-in page.\n{code}")


@person.command(short_help="Print what is known of HANDLE, and was decided of them.")
@click.argument("handle")
def show(handle: str) -> None:
    """Print what is known of the person under HANDLE and was decided of them; not who they really are."""
    for line in asyncio.run(_show(load_settings(), handle)):
        click.echo(line)


def _password(from_stdin: bool) -> str:
    instead = "give --password-stdin or --no-password"
    given = sys.stdin.readline().rstrip("\r\n") if from_stdin else asked("Password", twice=True, instead=instead)
    from web.signin.passwords import PASSWORD_CHARS

    if len(given) < PASSWORD_CHARS:
        raise Failure(f"A password has at least {PASSWORD_CHARS} characters: choose a longer one.")
    return given


async def _add(settings: "Settings", wish: "Person", password: str | None) -> bool:
    """Whether an observer's institution is there; of others it need not be."""
    from persistence import people
    from persistence.observers import institutions
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms
    from web.signin.passwords import hashed

    kept = hashed(password) if password is not None else None

    def write(sql: "Sql") -> bool:
        one = institutions.found(sql, wish.institution) if wish.role == "observer" else None
        people.add(sql, _observing(wish, one) if one is not None else wish, now_ms())
        if kept is not None:
            people.set_password_hash(sql, wish.id, kept)
        return one is not None or wish.role != "observer"

    async with database(settings) as journal, noting(journal) as log:
        placed = await journal.write(write)
        log.note("person_added", SYSTEM, detail=wish.role, what=wish.id)
    return placed


def _observing(wish: "Person", one: "Institution") -> "Person":
    """`wish` with the kind of the institution. Raises `ValueError` where another was named."""
    import msgspec

    if wish.kind not in ("", one.kind):
        raise ValueError(f"`{one.name}` is of the kind {one.kind}, not {wish.kind}.")
    return msgspec.structs.replace(wish, kind=one.kind)


async def _verify(
    settings: "Settings", handle: str, tier: int | None, specialty: str | None, evidence: str
) -> "Person":
    from persistence import people
    from persistence.verification.decisions import Change, note_verified
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms
    from web.verification import policy

    keys, now = verification_keys(settings), now_ms()

    def write(sql: "Sql") -> "Person":
        known = _known(sql, handle)
        verified = people.verify(sql, known.id, tier, specialty)
        change = Change(tier=verified.tier, basis="operator", outcome="approved", by="operator", reason=evidence)
        note_verified(sql, keys, policy(settings), known, change, now)
        return verified

    async with database(settings) as journal, noting(journal) as log:
        verified = await journal.write(write)
        log.note("person_verified", SYSTEM, detail=f"T{verified.tier}", why=evidence, what=verified.id)
    return verified


async def _reset(settings: "Settings", handle: str) -> str:
    from persistence.signin import factors, sessions
    from realtime.rooms.people import SYSTEM
    from web.api.setups import VALID_MS
    from web.clock import now_ms
    from web.signin.revocations import put
    from web.signin.typed import typed_digest

    code = b32encode(os.urandom(_CODE_BYTES)).decode().rstrip("=").lower()

    def write(sql: "Sql") -> "Person":
        known = _known(sql, handle)
        factors.start_anew(sql, known.id, typed_digest(code), now_ms() + VALID_MS)
        put(sql, sessions.end_all(sql, known.id, tokens=True), now_ms())
        return known

    async with database(settings) as journal, noting(journal) as log:
        person = await journal.write(write)
        log.note("person_reset", SYSTEM, what=person.id)
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


async def _show(settings: "Settings", handle: str) -> list[str]:
    from persistence.verification import decisions, requests, tables

    keys = verification_keys(settings)

    def read(sql: "Sql") -> list[str]:
        known = _known(sql, handle)
        standing = sql.get(tables.Verification, known.id)
        until = f"until {_day(standing.until)}" if standing and standing.until else "no end"
        found = requests.evidence(sql, keys, known.id)
        lines = [
            f"{known.handle}: {known.role}, T{known.tier}, {until}, id {known.id}",
            f"evidence: address {'' if found.confirmed else 'not '}confirmed, documents {found.documents}, "
            f"licence {found.format}, register {found.register}, vouches {found.vouches}"
            f"{', licence held by another' if found.contested else ''}",
        ]
        for one in decisions.of_person(sql, keys, known.id):
            move = f"{_day(one.at)} {one.outcome} by {one.by}: T{one.tier_before} to T{one.tier}."
            lines.append(f"{move} {one.reason}".rstrip())
        return lines

    async with database(settings) as journal:
        return await journal.read(read)


def _known(sql: "Sql", handle: str) -> "Person":
    from persistence import people

    known = people.by_handle(sql, handle)
    if known is None:
        raise ValueError(f"There is no person `{handle}`. Add one with `curbside person add`.")
    return known


def _day(at_ms: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at_ms / 1_000, UTC).date().isoformat()
