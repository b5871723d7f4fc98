"""`curbside audit`: proving that the audit is what was written, keeping checkpoints elsewhere, reading it out."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from web.commands.failures import Failure
from web.commands.sealed import keys_in
from web.commands.setup import database, load_settings, noting, seal_key

if TYPE_CHECKING:
    from persistence.audit.checkpoint import Signed
    from persistence.audit.export import Wanted
    from persistence.audit.tables import Audit
    from persistence.audit.verify import Found
    from web.settings import Settings

TIMES: Final = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
A_PATH: Final = click.Path(path_type=Path)


@click.group()
def audit() -> None:
    """Verify the audit, copy its checkpoints, export it."""


@audit.command(short_help="Check all lines, all rooms and all checkpoints.")
@click.option("--checkpoint", "copies", type=A_PATH, multiple=True, help="A copy that was kept elsewhere.")
def verify(copies: Sequence[Path]) -> None:
    """Check all lines, all rooms and all checkpoints; name the first of each that is wrong. Servers may run."""
    held = [copy for path in copies for copy in _copies(path)]
    found = asyncio.run(_verify(load_settings(), held))
    for sentence in found.wrong:
        click.echo(sentence, err=True)
    click.echo(f"{found.lines} lines, {found.events} events and {found.checkpoints} checkpoints were read.")
    if found.wrong:
        raise SystemExit(1)
    click.echo("All is as it was written." if copies else "All fits together. Give --checkpoint to prove it old.")


@audit.command(short_help="Make a checkpoint, and append the newest to a file.")
@click.option("--out", type=A_PATH, required=True, help="The file to append it to, to be kept elsewhere.")
def checkpoint(out: Path) -> None:
    """Make a checkpoint now and append the newest one to a file: it vouches for all before it."""
    number = asyncio.run(_checkpoint(load_settings(), out))
    click.echo(f"Checkpoint {number} is in {out}: keep it where nobody who can write to the database can.")


@audit.command(short_help="Write the audit as FHIR R4B AuditEvents, or as CSV.")
@click.option("--since", type=click.DateTime(TIMES), help="From this time on (UTC).")
@click.option("--until", type=click.DateTime(TIMES), help="Before this time (UTC).")
@click.option("--room", help="Only what concerns this case.")
@click.option("--person", help="Only what this person did (their id).")
@click.option("--format", "form", type=click.Choice(["fhir", "csv"]), default="fhir", show_default=True, help="How.")
def export(since: datetime | None, until: datetime | None, room: str | None, person: str | None, form: str) -> None:
    """Write the audit to standard output: FHIR R4B AuditEvents, one on a line, or CSV."""
    from persistence.audit.export import Wanted

    asyncio.run(_export(load_settings(), Wanted(_ms(since), _ms(until), room, person), form))


async def _verify(settings: "Settings", copies: "Sequence[Signed]") -> "Found":
    from persistence.audit.verify import verify

    keys = [key.public for key in keys_in(settings.var)]
    async with database(settings) as opened:
        return await verify(opened, keys, copies)


async def _checkpoint(settings: "Settings", out: Path) -> int:
    from persistence.audit.copies import append_to
    from persistence.audit.witness import Witness, last
    from web.clock import now_ms

    async with database(settings) as opened:
        await Witness(opened, seal_key(settings), now_ms).checkpoint()
        newest = await opened.read(last)
    if newest is None:
        raise Failure("Nothing has happened yet: there is no checkpoint to make.")
    try:
        append_to(out, newest)
    except OSError as error:
        raise Failure(f"{out} cannot be written ({error.strerror}): name another file.") from None
    return newest.statement.number


async def _export(settings: "Settings", wanted: "Wanted", form: str) -> None:
    from persistence.audit.export import as_csv, lines
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms

    # What is written from here on, the line of this export too, is for the next one.
    wanted = wanted._replace(until_ms=min(wanted.until_ms or now_ms(), now_ms()))
    async with database(settings) as opened, noting(opened) as log:
        log.note("audit_exported", SYSTEM, wanted.room or "", f"{form}, at the command line", what=wanted.person or "")
        if form == "csv":
            click.echo(as_csv([], header=True), nl=False)
        async for page in lines(opened, wanted):
            click.echo(as_csv(page) if form == "csv" else _fhir(page), nl=False)


def _fhir(page: "Sequence[Audit]") -> str:
    from persistence.audit.fhir import audit_event

    return "".join(f"{audit_event(line)}\n" for line in page)


def _copies(path: Path) -> "list[Signed]":
    """The copies at `path`. What is none is told: the worker writes a checkpoint that was cut off once more."""
    from persistence.audit.copies import copies_in, unreadable_in

    try:
        found, others = copies_in(path), unreadable_in(path)
    except OSError as error:
        raise Failure(f"{path} cannot be read ({error.strerror}): give a file or a folder of checkpoints.") from None
    if not found:
        raise Failure(f"{path} holds no checkpoint: give a file or a folder of checkpoints.")
    for sentence in others:
        click.echo(sentence, err=True)
    return found


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.replace(tzinfo=UTC).timestamp() * 1_000)
