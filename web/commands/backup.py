"""`curbside backup` and `curbside restore`: everything that a deployment needs to go on, in one encrypted file."""

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands import passphrase
from web.commands.alone import claim
from web.commands.failures import Failure
from web.commands.setup import load_settings, noting, reachable

if TYPE_CHECKING:
    from persistence.backup.report import Held
    from persistence.backup.take import Taken
    from web.settings import Settings

_path = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="Put all that a deployment holds into an encrypted file.")
@click.argument("file", type=_path)
@click.option("--verify", is_flag=True, help="Read the backup in FILE to its end and say what it holds; take none.")
@passphrase.passphrase_file
def backup(file: Path, verify: bool, passphrase_file: Path | None) -> None:
    """Put the database, the archive, the pictures and the keys into FILE, encrypted. Servers may run meanwhile."""
    if verify:
        _verify(file, passphrase_file)
        return
    settings = load_settings()
    words = passphrase.read(passphrase_file, new=True)
    taken = asyncio.run(_take(settings, file, words))
    click.echo(f"{file}: {taken.held.sentence}.")
    if taken.missing:
        click.echo(
            f"curbside: {taken.missing} files of sealed cases are not in {settings.archive}: "
            "back up where the worker's archive is.",
            err=True,
        )
    _fail_if_wrong(taken.held)


@click.command(short_help="Put what a backup holds into this deployment.")
@click.argument("file", type=_path)
@click.option("--replace", is_flag=True, help="Lose what is in the database now, and put the backup's in its place.")
@passphrase.passphrase_file
def restore(file: Path, replace: bool, passphrase_file: Path | None) -> None:
    """Put what the backup in FILE holds into the database, the folders and CURBSIDE_VAR: all of it, or nothing."""
    settings = load_settings()
    _check(file)
    words = passphrase.read(passphrase_file, new=False)
    held = asyncio.run(_restore(settings, file, words, replace))
    click.echo(f"Restored {held.sentence}. Every room's chain and head is whole.")
    if settings.secret_key is None and "secret.key" not in held.keys:
        click.echo("curbside: the backup has no secret: set CURBSIDE_SECRET_KEY to the one that was used.", err=True)


def _verify(file: Path, passphrase_file: Path | None) -> None:
    from persistence.backup.restore import check

    _check(file)
    words = passphrase.read(passphrase_file, new=False)
    try:
        held = check(file, words)
    except ValueError as error:
        click.echo(f"{file}: {error}", err=True)
        raise SystemExit(1) from None
    click.echo(f"{file}: {held.sentence}.")
    _fail_if_wrong(held)


def _check(file: Path) -> None:
    """See that there is a file to read, before a person is asked for its passphrase."""
    try:
        file.open("rb").close()
    except OSError as error:
        raise Failure(
            f"{file} cannot be read or written ({error.strerror}): give a file that `curbside backup` wrote."
        ) from None


def _fail_if_wrong(held: "Held") -> None:
    if held.wrong is not None:
        click.echo(f"curbside: {held.wrong} It was so in the database already.", err=True)
        raise SystemExit(1)


async def _take(settings: "Settings", file: Path, words: str) -> "Taken":
    from persistence.backup.take import take
    from persistence.keyring import RETIRED_FILE
    from persistence.migrate import pending
    from persistence.seal import KEY_FILE
    from realtime.rooms.people import SYSTEM
    from web.clock import now_ms
    from web.secret import SECRET_FILE, VAULT_FILE

    keys = [settings.var / name for name in (KEY_FILE, RETIRED_FILE, SECRET_FILE, VAULT_FILE)]
    async with reachable(settings) as opened:
        if await pending(opened):
            raise Failure(f"{opened.place} lacks the tables of this version: run `curbside migrate` first.")
        folders = {"archive": settings.archive, "pictures": settings.pictures}
        taken = await take(opened, file, words, **folders, keys=keys, now_ms=now_ms())
        async with noting(opened) as log:
            log.note("backup_taken", SYSTEM)
        return taken


async def _restore(settings: "Settings", file: Path, words: str, replace: bool) -> "Held":
    from persistence.backup.restore import restore as restored
    from persistence.sqlite import Sqlite

    async with reachable(settings) as opened:
        with contextlib.ExitStack() as held:
            if isinstance(opened, Sqlite):
                held.enter_context(claim(opened.path))
            folders = {"archive": settings.archive, "pictures": settings.pictures, "var": settings.var}
            return await restored(opened, file, words, **folders, replace=replace)
