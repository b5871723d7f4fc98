"""`curbside migrate`: what a release runs first."""

import asyncio
from typing import TYPE_CHECKING

import click

from web.commands.setup import load_settings, reachable

if TYPE_CHECKING:
    from web.settings import Settings


@click.command()
def migrate() -> None:
    """Bring the database's tables to this version. The embedded database migrates itself."""
    click.echo(asyncio.run(_migrate(load_settings())))


async def _migrate(settings: "Settings") -> str:
    from persistence.migrate import pending, upgrade

    async with reachable(settings) as opened:
        if not await pending(opened):
            return f"{opened.place} has the tables of this version."
        await upgrade(opened)
        return f"{opened.place} was brought to the tables of this version."
