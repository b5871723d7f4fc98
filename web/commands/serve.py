"""`curbside serve`: the web process."""

import asyncio
import contextlib
import errno
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from web.commands.alone import claim
from web.commands.failures import Failure
from web.commands.setup import (
    check_acuity,
    check_coordinators,
    check_gateway,
    check_hospitals,
    check_ladder,
    check_recogniser,
    database,
    load_settings,
    seal_key,
    signing_secret,
    verification_keys,
)
from web.interpreter import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp
    from uvicorn import Config

    from persistence.disks import Disks
    from web.demo.people import Company
    from web.demo.stage import Stage
    from web.settings import Settings

BACKLOG: Final = 4_096
# When everybody was sent away, whoever is still being answered over HTTP has so long.
ANSWERS_S: Final = 2
READY_S: Final = 30
# A worker that does not answer its parent for so long is replaced; a new one has so long to begin.
HEALTH_S: Final = 15
# For a reader who does not read the kernel takes this many bytes, not its usual 4 MB; and a line on which nothing is
# acknowledged for this long (ms) is over.
_PATIENCE: Final = {"TCP_NOTSENT_LOWAT": 4_096, "TCP_USER_TIMEOUT": 20_000}

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", help="The address to listen on.  [default: CURBSIDE_HOST, else 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65_535), help="0 takes a free one.  [default: CURBSIDE_PORT, else 8000]")
@click.option(
    "--demo", is_flag=True, help="With people to sign in as, an open case and one that is played. On this machine only."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; more need Redis.")
@click.option("--tls-cert", type=_file, help="The certificate chain, PEM.")
@click.option("--tls-key", type=_file, help="Its key, PEM.")
def serve(
    host: str | None, port: int | None, demo: bool, workers: int, tls_cert: Path | None, tls_key: Path | None
) -> None:
    """Serve until told to stop (Ctrl-C, SIGTERM)."""
    with contextlib.ExitStack() as held:
        with uncollected():
            settings = load_settings(host=host, port=port)
            run = _ready_to_run(settings, demo, workers, _tls(tls_cert, tls_key), held)
        run()


def _ready_to_run(
    settings: "Settings", demo: bool, workers: int, tls: "tuple[Path, Path] | None", held: contextlib.ExitStack
) -> "Callable[[], None]":
    """Find out all that could be wrong, in the order in which a person would put it right, and load what serves."""
    from web import logs
    from web.descriptors import allow_many_descriptors

    allow_many_descriptors()
    _check(settings, demo, workers)
    logs.configure(settings.log_level)
    signing_secret(settings)
    verification_keys(settings)
    check_hospitals(settings)
    check_acuity(settings)
    check_ladder(settings)
    check_gateway(settings)
    check_recogniser(settings)
    if not settings.redis_url:
        seal_key(settings)
    disks, company = asyncio.run(_prepare(settings, demo, held))
    listening = bound(settings.host, settings.port)
    address = f"{'https' if tls else 'http'}://{_shown(listening)}"
    if workers > 1:
        # Each of them reads the environment itself.
        config = configured(settings, "web.app:create_app", workers, tls)
        return lambda: _serve_with_workers(config, listening, address, disks)
    from web.app import create_app

    if demo:
        from web.demo.settings import for_demo

        settings = for_demo(settings)
    stage = _stage(address, company)
    config = configured(settings, lambda: create_app(settings, demo=stage), workers, tls)
    return lambda: _serve_alone(config, listening, ready_text(address, disks, company))


def configured(
    settings: "Settings", app: "str | Callable[[], ASGIApp]", workers: int = 1, tls: tuple[Path, Path] | None = None
) -> "Config":
    """How uvicorn serves the app that `app` makes, or names, with these settings."""
    from uvicorn import Config

    from web.upgrade.protocol import UpgradingProtocol

    cert, key = tls or (None, None)
    return Config(
        app,
        factory=True,
        workers=workers,
        loop="uvloop",
        http=UpgradingProtocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        backlog=BACKLOG,
        timeout_graceful_shutdown=ANSWERS_S,
        timeout_worker_healthcheck=HEALTH_S,
        ssl_certfile=cert,
        ssl_keyfile=key,
    )


def ready_text(address: str, disks: "Disks", company: "Company | None") -> str:
    """What stands on the terminal when the server is ready; `company` where the demo runs."""
    lines = [f"Curbside is ready at {address}", disks.sentence, *disks.warnings]
    if company is not None:
        from web.demo.printed import printed

        lines += printed(company.people)
    return "\n".join(lines)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Failure`.

    It listens at once, so that of two servers on one port the second one fails, and whoever comes early is kept.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise Failure(f"The host `{host}` is not known: give an address of this machine with --host.") from None
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for option, value in _PATIENCE.items():
            # What is accepted has it from the socket that listens. Not every system knows every option.
            if (number := getattr(socket, option, None)) is not None:
                listening.setsockopt(socket.IPPROTO_TCP, number, value)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        fix = "an address of this machine with --host" if error.errno == errno.EADDRNOTAVAIL else "another with --port"
        raise Failure(f"Port {port} at {host} cannot be used ({error.strerror}): give {fix}.") from None
    return listening


async def _prepare(settings: "Settings", demo: bool, held: contextlib.ExitStack) -> "tuple[Disks, Company | None]":
    """See that the database is there and of this version, so that what is wrong is said before anything runs.

    On how many disks it stands is for the terminal.
    """
    from persistence.sqlite import Sqlite

    async with database(settings) as journal:
        if isinstance(journal, Sqlite):
            held.enter_context(claim(journal.path))
        await check_coordinators(settings, journal)
        disks = await journal.disks()
        if not demo:
            return disks, None
        from web.demo.people import add_people

        return disks, await add_people(journal, settings.var)


def _stage(address: str, company: "Company | None") -> "Stage | None":
    if company is None:
        return None
    from web.demo.stage import Stage

    return Stage(address, company)


def _serve_alone(config: "Config", listening: socket.socket, ready: str) -> None:
    from uvicorn import Server

    from web.app import DRAIN

    class Telling(Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                click.echo(ready)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Before the port is closed: whoever asks meanwhile is told to go elsewhere.
            await self.lifespan.state[DRAIN]()
            await super().shutdown(sockets)

    server = Telling(config)
    # From now on, and when uvicorn raises the signal once more at the end: told to end, and ended, is exit status 0.
    signal.signal(signal.SIGTERM, server.handle_exit)
    with contextlib.suppress(KeyboardInterrupt):
        server.run([listening])


def _serve_with_workers(config: "Config", listening: socket.socket, address: str, disks: "Disks") -> None:
    from uvicorn.supervisors import Multiprocess

    class Telling(Multiprocess):
        ready = False

        def init_processes(self) -> None:
            super().init_processes()
            self.ready = all(process.wait_until_ready(READY_S) for process in self.processes)
            if self.ready:
                ready = f"Curbside is ready at {address}, with {config.workers} workers"
                click.echo("\n".join([ready, disks.sentence, *disks.warnings]))

    listening.set_inheritable(True)
    workers = Telling(config, [listening])
    workers.run()
    if not workers.ready:
        raise Failure("The workers did not start: the log above says why.")


def _check(settings: "Settings", demo: bool, workers: int) -> None:
    if workers > 1 and not settings.redis_url:
        raise Failure(
            "More than one worker needs Redis: set CURBSIDE_REDIS_URL and PostgreSQL, or leave out --workers."
        )
    if demo and not settings.embedded:
        raise Failure("--demo keeps its people on SQLite only: unset CURBSIDE_DATABASE_URL for it.")
    if demo:
        from web.demo.loopback import loopback

        if not loopback(settings.host):
            raise Failure("--demo serves this machine only: leave out --host and CURBSIDE_HOST, or give 127.0.0.1.")


def _tls(cert: Path | None, key: Path | None) -> tuple[Path, Path] | None:
    import ssl

    if cert is None or key is None:
        if cert is not key:
            raise Failure("--tls-cert and --tls-key go together: give both.")
        return None
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except (ssl.SSLError, OSError):
        raise Failure("--tls-cert and --tls-key cannot be used: give a PEM chain and the key that fits it.") from None
    return cert, key


def _shown(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
