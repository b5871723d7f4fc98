"""`curbside worker`: what nobody waits for, in a process of its own."""

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

import click

from web.commands.setup import (
    check_gateway,
    check_ladder,
    database,
    load_settings,
    noting,
    seal_key,
    signing_secret,
    verification_keys,
)
from web.interpreter import uncollected

if TYPE_CHECKING:
    from web.settings import Settings


@click.command(short_help="Seal and archive closed cases until told to stop.")
def worker() -> None:
    """Seal and archive closed cases, ring the next where nobody answers, send by people's channels, remove leftovers.

    Without Redis `serve` does that too.
    """
    with uncollected():
        from web import logs

        settings = load_settings()
        logs.configure(settings.log_level)
        verification_keys(settings)
        check_ladder(settings)
        check_gateway(settings)
    asyncio.run(_work(settings))


async def _work(settings: "Settings") -> None:
    with uncollected():
        from persistence.chores import keep_up
        from persistence.journal import open_journal
        from persistence.paging.pager import Pager
        from persistence.worker import Worker
        from realtime.backplane.open import open_backplane
        from web.channels.senders import courier
        from web.chores import chores
        from web.clock import now_ms
        from web.ladder import rules
        from web.telling import Telling

    async with database(settings) as opened, noting(opened) as audit:
        journal = open_journal(opened)
        telling = Telling(open_backplane(settings.redis_url), signing_secret(settings))
        work = Worker(
            database=opened,
            journal=journal,
            folder=settings.archive,
            key=seal_key(settings),
            now_ms=now_ms,
            told=telling.sealed,
        )
        await telling.start()
        click.echo("Curbside's worker is ready")
        beside = keep_up(chores(settings, opened, journal, audit, telling.people_changed))
        pager = Pager(database=opened, journal=journal, rules=rules(settings), now_ms=now_ms, told=telling.spoken)
        running = [work.run(), beside, courier(settings, opened).run(), pager.run()]
        await _until_told(asyncio.gather(*running))
        await telling.close()
        await journal.close()


async def _until_told(work: "asyncio.Future[list[None]]") -> None:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
