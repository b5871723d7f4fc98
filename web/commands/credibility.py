"""`curbside credibility`: what was said in cases, scored by how they turned out."""

import asyncio
from typing import TYPE_CHECKING, NamedTuple

import click

from web.commands.setup import database, load_settings

if TYPE_CHECKING:
    from web.settings import Settings


class Done(NamedTuple):
    """How many cases were looked at, and how many claims were scored before and are now."""

    cases: int
    before: int
    after: int


@click.group(short_help="Score what was said in cases anew.")
def credibility() -> None:
    """Look after what is known of how right people were."""


@credibility.command(short_help="Score all cases from nothing.")
def recompute() -> None:
    """Forget all scores, and score all cases anew that have an outcome. Workers may run meanwhile."""
    done = asyncio.run(_recompute(load_settings()))
    click.echo(f"{done.cases} cases were looked at anew: {done.after} claims, {done.before} before.")


async def _recompute(settings: "Settings") -> Done:
    from persistence.credibility.anew import forget
    from persistence.credibility.chore import Scoring
    from persistence.credibility.reading import count
    from persistence.journal import open_journal
    from web.clock import now_ms

    async with database(settings) as opened:
        before = await opened.read(count)
        cases = await opened.write(forget)
        journal = open_journal(opened)
        try:
            await Scoring(opened, journal, now_ms).step()
        finally:
            await journal.close()
        return Done(cases, before, await opened.read(count))
