"""`curbside interests`: what Open Payments says of the people here."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.setup import database, load_settings, noting, verification_keys

if TYPE_CHECKING:
    from persistence.interests.importing import Imported
    from web.settings import Settings

_LINES_BETWEEN = 100_000


@click.group(short_help="Import what Open Payments says of the people here.")
def interests() -> None:
    """Import what Open Payments says of the people here."""


@interests.command("import", short_help="Read a FILE of general payments of Open Payments.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--whole", is_flag=True, help="FILE has all of its programme years: what it lacks was withdrawn, and goes."
)
def import_(file: Path, whole: bool) -> None:
    """Read FILE, a CSV of general payments of Open Payments (CMS), or a ZIP with one in it."""
    done = asyncio.run(_import(load_settings(), file, whole))
    for one in done.wrong:
        click.echo(f"line {one.line}: {one.why}", err=True)
    if done.bad > len(done.wrong):
        click.echo(f"… and {done.bad - len(done.wrong)} more lines that are wrong.", err=True)
    years = ", ".join(map(str, done.years))
    click.echo(f"Programme years {years}: {done.kept} records kept, of {len(done.people)} people.")
    click.echo(f"{done.others} lines of others, {done.bad} lines wrong, {done.removed} records gone.")


async def _import(settings: "Settings", file: Path, whole: bool) -> "Imported":
    from persistence.interests.importing import read_in
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms

    def told(lines: int) -> None:
        if lines % _LINES_BETWEEN == 0:
            click.echo(f"{lines} lines …", err=True)

    keys = verification_keys(settings)
    async with database(settings) as opened, noting(opened) as audit:
        done = await read_in(opened, keys, file, now_ms(), whole=whole, told=told)
        detail = f"{done.kept} kept, {done.removed} gone, SHA-256 {done.sha256}"
        audit.note("payments_imported", SYSTEM, detail=detail)
        return done
