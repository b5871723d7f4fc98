"""`curbside erase`: taking away the words of one event, where the law asks for it."""

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import click

from web.commands.failures import Failure
from web.commands.setup import database, load_settings, noting

if TYPE_CHECKING:
    from persistence.pictures.shelf import Shelf
    from persistence.postgres import Postgres
    from persistence.sqlite import Sqlite
    from web.settings import Settings


@click.command(short_help="Erase the words and pictures of one event for ever.")
@click.argument("room")
@click.argument("seq", type=click.IntRange(1, 2**63 - 1))
@click.option("--reason", required=True, help="Why, for the audit. No word of what is erased.")
def erase(room: str, seq: int, reason: str) -> None:
    """Erase the words and pictures of event SEQ of ROOM for ever, also from the archive. The chain still verifies."""
    if not reason.strip():
        raise Failure("Say why it is erased: give --reason with a sentence, no word of what is erased.")
    settings = load_settings()
    asyncio.run(_erase(settings, room, seq, reason))
    click.echo(f"The words of event {seq} of {room} are erased. Running servers drop them within seconds.")
    click.echo(_rest(settings), err=True)


async def _erase(settings: "Settings", room: str, seq: int, reason: str) -> None:
    from persistence.erasing import erase, erase_from_file, wipe
    from persistence.pictures import rows
    from persistence.pictures.shelf import Shelf
    from persistence.sqlite import Sqlite
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms

    async with database(settings) as opened, noting(opened) as log:
        pictures = await opened.read(lambda sql: rows.of_event(sql, room, seq))
        # Before the words: once those are gone, nobody knows which pictures they were.
        await _remove(opened, Shelf(settings.pictures), pictures)
        erased = await opened.write(lambda sql: erase(sql, room, seq, now_ms()))
        log.note("erased", SYSTEM, room, f"event {seq}", why=reason)
        try:
            await erase_from_file(opened, settings.archive, erased)
        except OSError as error:
            where = f"{settings.archive} still has it ({error.strerror})"
            raise Failure(f"{where}: mend that, and run this again.") from None
        if isinstance(opened, Sqlite):
            try:
                wiped = await asyncio.to_thread(wipe, opened.path)
            except sqlite3.Error:
                wiped = False
            if not wiped:
                raise Failure("Others are using the database: its file may still have it. Run this again in a moment.")


async def _remove(opened: "Sqlite | Postgres", shelf: "Shelf", pictures: list[str]) -> None:
    from persistence.pictures import rows

    for name in pictures:
        try:
            await asyncio.to_thread(shelf.remove, name)
        except OSError as error:
            why = f"A picture of it cannot be removed ({error.strerror})"
            raise Failure(f"{why}: mend that, and run this again.") from None
    await opened.write(lambda sql: rows.erased(sql, pictures))


def _rest(settings: "Settings") -> str:
    elsewhere = "Backups and copies elsewhere still have it: see to them."
    if settings.embedded:
        return elsewhere
    return f"PostgreSQL's files have it until `VACUUM FULL event, room`, its WAL until that is gone. {elsewhere}"
