"""`curbside archive set-aside` and `release`: cases that could not be sealed, and another try for one of them."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from web.commands.failures import Failure
from web.commands.setup import database, load_settings

if TYPE_CHECKING:
    from persistence.tables import Trouble
    from web.settings import Settings


@click.command("set-aside")
def set_aside() -> None:
    """List the closed cases that workers have set aside, and why."""
    found = asyncio.run(_found(load_settings()))
    for trouble in found:
        last = datetime.fromtimestamp(trouble.at / 1_000, UTC).isoformat(timespec="seconds")
        first = f"  first wrong event {trouble.first_wrong}" if trouble.first_wrong is not None else ""
        click.echo(f"{trouble.room}  {last}  {trouble.kind}: {trouble.reason}{first}")
    if not found:
        click.echo("No case is set aside.")


@click.command(short_help="Let workers try to seal CASE again.")
@click.argument("case")
def release(case: str) -> None:
    """Let workers try to seal CASE again, once what was wrong has been put right."""
    if not asyncio.run(_released(load_settings(), case)):
        raise Failure(f"{case} is not set aside: `curbside archive set-aside` lists those that are.")
    click.echo(f"{case} is tried again.")


async def _found(settings: "Settings") -> "list[Trouble]":
    from persistence import troubles

    async with database(settings) as opened:
        return await opened.read(troubles.set_aside)


async def _released(settings: "Settings", case: str) -> bool:
    from persistence import troubles

    async with database(settings) as opened:
        return await opened.write(lambda session: troubles.release(session, case))
