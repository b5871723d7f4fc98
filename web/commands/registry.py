"""`curbside registry`: files of registers, against which licences are looked up."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.failures import Failure
from web.commands.setup import database, load_settings

if TYPE_CHECKING:
    from persistence.verification.importing import Imported
    from persistence.verification.mapping import Layout
    from persistence.verification.tables import Register
    from web.settings import Settings

_LINES_BETWEEN = 100_000


@click.group(short_help="Import the registers in which licences are looked up.")
def registry() -> None:
    """Import files of registers, against which licences are looked up."""


@registry.command("import", short_help="Read the FILE of a register, laid out as LAYOUT says.")
@click.argument("layout")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_(layout: str, file: Path) -> None:
    """Read FILE, a CSV or a ZIP with one in it, as LAYOUT says: `nppes`, a country, or a layout's own file."""
    settings = load_settings()
    known = _layout(layout)
    if known.unverified:
        click.echo(f"The layout `{layout}` was not compared with a file of the register itself: look at what comes.")
    done = asyncio.run(_import(settings, known, file))
    click.echo(f"{done.kept} entries kept, {done.skipped} lines skipped, {done.removed} entries gone.")


@registry.command("list", short_help="List the imported registers, and the known layouts.")
def list_() -> None:
    """List the registers that were imported, and the layouts that there are."""
    from datetime import UTC, datetime

    from persistence.verification.mapping import known_layouts

    for one in asyncio.run(_list(load_settings())):
        at = datetime.fromtimestamp(one.imported_at / 1_000, UTC).isoformat(timespec="minutes")
        click.echo(f"{one.country} {one.roll}: {one.entries} entries, imported {at}, SHA-256 {one.sha256.hex()}")
    click.echo(f"Layouts: {', '.join(known_layouts())}")


def _layout(name: str) -> "Layout":
    from persistence.verification.mapping import known_layouts, layout

    known = known_layouts()
    file = known.get(name.lower(), Path(name))
    if not file.exists():
        raise Failure(f"There is no layout `{name}`: give a layout of {', '.join(known)}, or the path of your own.")
    try:
        return layout(file)
    except ValueError as error:
        raise Failure(str(error)) from None


async def _import(settings: "Settings", layout: "Layout", file: Path) -> "Imported":
    from persistence.verification.importing import read_in
    from web.clock import now_ms

    def told(lines: int) -> None:
        if lines % _LINES_BETWEEN == 0:
            click.echo(f"{lines} lines …", err=True)

    async with database(settings) as opened:
        return await read_in(opened, layout, file, now_ms(), told)


async def _list(settings: "Settings") -> "list[Register]":
    from persistence.verification.registers import imported

    async with database(settings) as opened:
        return await opened.read(imported)
