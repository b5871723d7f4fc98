"""`curbside institution`: who observes, on which plan, under which agreement; and the monthly statement."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from realtime.rooms.purposes import INSTITUTION_KINDS, PURPOSES
from web.commands.failures import Failure
from web.commands.roster import roster
from web.commands.setup import written
from web.commands.statement import check, statement

if TYPE_CHECKING:
    from sqlmodel import Session as Sql

    from persistence.observers.institutions import Institution


# Seats, and hours: as many as a moderator may give.
MOST: Final = 1_000_000


@click.group(short_help="Institutions that observe: plans, agreements, statements.")
def institution() -> None:
    """Institutions that observe: plans, agreements, suspension, statements."""


@institution.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(INSTITUTION_KINDS), required=True, help="Rooms are shown how many of it.")
@click.option("--purpose", "purposes", type=click.Choice(PURPOSES), multiple=True, required=True, help="Repeatable.")
@click.option("--product", "products", multiple=True, help="A product that it declares. Repeatable.")
@click.option("--seats", type=click.IntRange(1, MOST), required=True, help="Seats in rooms at once.")
@click.option("--hours", type=click.IntRange(1, MOST), required=True, help="Hours of listening in the term.")
@click.option("--term-days", type=click.IntRange(1, 3_660), default=365, show_default=True, help="From now.")
@click.option("--embargo-days", type=click.IntRange(0, 3_650), default=0, show_default=True, help="For investors.")
@click.option("--agreement", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Its text, a file.")
def add(
    name: str,
    kind: str,
    purposes: tuple[str, ...],
    products: tuple[str, ...],
    seats: int,
    hours: int,
    term_days: int,
    embargo_days: int,
    agreement: Path | None,
) -> None:
    """Add the institution NAME. Until its agreement is in force and accepted, nobody observes for it."""
    from persistence.observers import institutions
    from web.clock import now_ms

    now = now_ms()
    text = _text(agreement) if agreement is not None else ""
    wish = institutions.Institution(
        name=name,
        kind=kind,
        purposes=list(purposes),
        products=list(products),
        seats=seats,
        hours=hours,
        term_start=now,
        term_end=institutions.end_of(term_days, now),
        embargo_days=embargo_days,
    )

    def write(sql: "Sql") -> None:
        institutions.add(sql, wish, now)
        if text:
            institutions.agree(sql, name, text=text, uses=wish.purposes, now_ms=now)

    written(write)
    click.echo(f"{name} is added{', and its agreement is in force' if text else ''}.")


@institution.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def agree(name: str, file: Path) -> None:
    """Put the text in FILE in force as the agreement of NAME. Every observer must accept it anew."""
    from persistence.observers import institutions
    from web.clock import now_ms

    text = _text(file)

    def write(sql: "Sql") -> int:
        purposes = institutions.institution(institutions.existing(sql, name)).purposes
        return institutions.agree(sql, name, text=text, uses=purposes, now_ms=now_ms()).version

    click.echo(f"Version {written(write)} of the agreement of {name} is in force.")


@institution.command(short_help="Replace the products that NAME declares.")
@click.argument("name")
@click.option("--product", "products", multiple=True, help="A product. Repeatable; all that is not named is dropped.")
def declare(name: str, products: tuple[str, ...]) -> None:
    """Replace the products that NAME declares: it is to acknowledge suspected adverse events of these."""
    from persistence.observers import institutions

    made = written(lambda sql: institutions.declare(sql, name, products))
    click.echo(f"{name} declares {', '.join(made.products) or 'nothing'}.")


@institution.command(short_help="Begin another term of NAME.")
@click.argument("name")
@click.option("--seats", type=click.IntRange(1, MOST), required=True, help="Seats in rooms at once.")
@click.option("--hours", type=click.IntRange(1, MOST), required=True, help="Hours of listening in the term.")
@click.option("--term-days", type=click.IntRange(1, 3_660), default=365, show_default=True, help="From now.")
def renew(name: str, seats: int, hours: int, term_days: int) -> None:
    """Begin another term of the institution NAME: its hours count from nothing."""
    from persistence.observers import institutions
    from web.clock import now_ms

    now = now_ms()
    written(lambda sql: institutions.renew(sql, name, now, institutions.end_of(term_days, now), seats, hours))
    click.echo(f"{name} has a new term of {term_days} days.")


@institution.command("list")
def listed() -> None:
    """List all institutions, one a line."""
    from persistence.observers import institutions

    for one in written(institutions.listed):
        click.echo(f"{one.name}: {_line(one)}")


@institution.command(short_help="Show the plan and the agreement of NAME.")
@click.argument("name")
def show(name: str) -> None:
    """Show the institution NAME: its plan, what it has used, its agreement."""
    from persistence.observers import institutions

    def read(sql: "Sql") -> "tuple[Institution, int]":
        return institutions.institution(institutions.existing(sql, name)), institutions.observers(sql, name)

    one, people = written(read)
    click.echo(f"{one.name}: {_line(one)}")
    click.echo(f"purposes: {', '.join(one.purposes)}")
    click.echo(f"products: {', '.join(one.products) or 'none'}")
    click.echo(f"term: {_day(one.term_start)} to {_day(one.term_end)}")
    click.echo(f"observers: {people}")


@institution.command(short_help="End all access of NAME within a second.")
@click.argument("name")
@click.option("--why", required=True, help="The reason, for the record.")
def suspend(name: str, why: str) -> None:
    """End all access of NAME at once: its observers are sent nothing more within a second, on every node."""
    from persistence.observers import institutions
    from web.clock import now_ms

    written(lambda sql: institutions.suspend(sql, name, why, now_ms()))
    click.echo(f"{name} is suspended.")


@institution.command()
@click.argument("name")
def resume(name: str) -> None:
    """End the suspension of NAME."""
    from persistence.observers import institutions

    written(lambda sql: institutions.resume(sql, name))
    click.echo(f"{name} may observe again.")


institution.add_command(roster)
institution.add_command(statement)
institution.add_command(check)


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        raise Failure(f"{file} cannot be read as text: give the agreement in UTF-8.") from None
    if not text.strip():
        raise Failure(f"{file} is empty: give a file with the text of the agreement.")
    return text


def _line(one: "Institution") -> str:
    used = one.used_ms / 3_600_000
    state = f"suspended: {one.suspended_why}" if one.suspended_at is not None else f"agreement {one.agreement}"
    return f"{one.kind}, {one.seats} seats, {used:.1f} of {one.hours} hours, until {_day(one.term_end)}, {state}"


def _day(at_ms: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at_ms / 1_000, UTC).date().isoformat()
