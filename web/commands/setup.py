"""What most commands begin with: the settings, and the database at this version's tables."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from web.commands.failures import Failure

if TYPE_CHECKING:
    from sqlmodel import Session

    from persistence.audit.log import AuditLog
    from persistence.postgres import Postgres
    from persistence.seal import SealKey
    from persistence.sqlite import Sqlite
    from persistence.verification.keys import Keys
    from web.settings import Settings

T = TypeVar("T")

# What to do about a database that is away, by whether it is the embedded one.
_AWAY: Final = {
    True: "cannot be read or written: see that it is a database of ours, on a disk with room, that you may write to",
    False: "cannot be reached or written: start it",
}


def load_settings(**given: Any) -> "Settings":
    """The settings; what is `given` and not None comes before the environment. Raises `Failure`."""
    from web.settings import load

    with _said():
        return load(**given)


def signing_secret(settings: "Settings") -> bytes:
    """The deployment's secret, made where it is missing. Raises `Failure`."""
    from web.secret import secret

    with _said():
        return secret(settings)


def check_hospitals(settings: "Settings") -> None:
    """See that the file of hospitals, where there is one, can be used. Raises `Failure`."""
    from web.signin.hospitals import hospitals

    with _said():
        hospitals(settings)


def check_gateway(settings: "Settings") -> None:
    """See that the file of the gateway for SMS and calls, where there is one, can be used. Raises `Failure`."""
    from web.channels.gateway import gateway

    with _said():
        gateway(settings.gateway)


def check_acuity(settings: "Settings") -> None:
    """See that the file of acuity, where there is one, can be used. Raises `Failure`."""
    from web.acuity import urgency

    with _said():
        urgency(settings)


def check_recogniser(settings: "Settings") -> None:
    """See that what is to look for identifiers is installed. Raises `Failure`."""
    from web.recogniser import check

    with _said():
        check(settings)


def check_ladder(settings: "Settings") -> None:
    """See that the ladder can be used, and has a human who is named where it must. Raises `Failure`."""
    from web.ladder import rules

    with _said():
        rules(settings)


async def check_coordinators(settings: "Settings", database: "Sqlite | Postgres") -> None:
    """See that those who are rung last are there. Raises `Failure`."""
    from web.ladder import rules, strangers

    if settings.paging == "on" and (names := await database.read(lambda sql: strangers(sql, rules(settings).ladder))):
        raise Failure(f"There is nobody called `{names[0]}` to be rung last: add them, or set CURBSIDE_COORDINATOR.")


def verification_keys(settings: "Settings") -> "Keys":
    """What verification seals and finds with. Raises `Failure`."""
    from persistence.verification.keys import Keys
    from web.secret import vault_key

    with _said():
        return Keys(vault_key(settings))


def seal_key(settings: "Settings") -> "SealKey":
    """The key that signs seals, made where it is missing. Raises `Failure`."""
    from persistence.seal import KEY_FILE, open_key

    try:
        return open_key(settings.var)
    except (OSError, ValueError):
        path = settings.var / KEY_FILE
        raise Failure(f"{path} cannot be read or made: put the file back, and let this process read it.") from None


@asynccontextmanager
async def database(settings: "Settings") -> AsyncIterator["Sqlite | Postgres"]:
    """The database, its tables as this version wants them: the embedded one is brought there, as `serve` does.

    Raises `Failure` for what is wrong with it, here or within the block.
    """
    from persistence.migrate import pending, upgrade

    async with reachable(settings) as opened:
        if await pending(opened):
            if not settings.embedded:
                raise Failure(f"{opened.place} lacks the tables of this version: run `curbside migrate` first.")
            await upgrade(opened)
        yield opened


@asynccontextmanager
async def noting(database: "Sqlite | Postgres") -> AsyncIterator["AuditLog"]:
    """The audit for what is done at a command line. Its lines are written when the block ends."""
    from persistence.audit.log import AuditLog
    from web.clock import now_ms

    log = AuditLog(database, now_ms)
    try:
        yield log
    finally:
        await log.close()


@asynccontextmanager
async def reachable(settings: "Settings") -> AsyncIterator["Sqlite | Postgres"]:
    """The database, whatever its tables. Raises `Failure` for what is wrong with it, here or within the block."""
    from persistence.database import open_database
    from realtime.errors import Unavailable

    try:
        opened = open_database(settings.database_url)
    except ValueError as error:
        raise Failure(f"{error} Set CURBSIDE_DATABASE_URL.") from None
    try:
        yield opened
    except Unavailable:
        raise Failure(f"{opened.place} {_AWAY[settings.embedded]}, or set CURBSIDE_DATABASE_URL.") from None
    except ValueError as error:
        raise Failure(str(error)) from None
    finally:
        await opened.close()


def written(write: "Callable[[Session], T]") -> T:
    """What `write` returns, once all that it wrote is committed. Raises `Failure` for what is wrong."""

    async def run() -> T:
        async with database(load_settings()) as journal:
            return await journal.write(write)

    return asyncio.run(run())


@contextmanager
def _said() -> Iterator[None]:
    """A setting that is not valid is said as any other failure."""
    from web.settings import InvalidSettings

    try:
        yield
    except InvalidSettings as error:
        raise Failure(str(error)) from None
