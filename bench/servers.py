"""PostgreSQL and Redis for the figures: on free loopback ports, each in a folder of its own, ended by pid."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.failures import Failure
from drill.programs import Missing, postgres_programs, redis_program, unprivileged_owner

PATIENCE_S: Final = 30.0

# A new PostgreSQL has one segment of its log; each further one is filled with zeros and synced, 16 MiB, while commits
# wait. One that has run for a while writes over old segments: this is what makes some.
SPARE_SEGMENTS: Final = 5
ONE_MORE: Final = ["SELECT pg_create_restore_point('bench')", "SELECT pg_switch_wal()"]


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The URL of a Redis that keeps nothing on disk."""
    with _installed():
        program = redis_program()
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with _running(command, folder, lambda: listens(port), signal.SIGTERM):
        yield f"redis://127.0.0.1:{port}"


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL, without a database's name, of a PostgreSQL as durable as in production."""
    with _installed():
        programs = postgres_programs()
    owner, port = unprivileged_owner(), free_port()
    if owner is not None:
        os.chown(folder, *owner)
    made = _launched([f"{programs}/initdb", "-D", "data", "--username=curbside", "--auth=trust"], folder, owner)
    if made.wait(PATIENCE_S) != 0:
        raise Failure(f"initdb failed: {_said(folder)}")
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
    command = [f"{programs}/postgres", "-D", "data", *(f"--{name}={value}" for name, value in settings.items())]
    ready = [f"{programs}/pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    with _running(command, folder, lambda: subprocess.run(ready, check=False).returncode == 0, signal.SIGQUIT, owner):
        url = f"postgresql://curbside@127.0.0.1:{port}"
        _tell(url, *ONE_MORE * SPARE_SEGMENTS, "CHECKPOINT")
        yield url


def create_database(server: str, name: str) -> str:
    """The URL of a new database."""
    _tell(server, f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def psql(url: str, statement: str) -> str:
    """What `psql` prints of one statement, without a heading."""
    command = [f"{postgres_programs()}/psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]
    said = subprocess.run([*command, "--command", statement, url], check=True, capture_output=True, text=True)
    return said.stdout.strip()


def _tell(server: str, *statements: str) -> None:
    """Execute each statement by itself."""
    told = [part for statement in statements for part in ("--command", statement)]
    command = [f"{postgres_programs()}/psql", "--no-psqlrc", "--quiet", "--output", os.devnull, *told]
    subprocess.run([*command, f"{server}/postgres"], check=True)


@contextmanager
def _installed() -> Iterator[None]:
    try:
        yield
    except Missing as missing:
        raise Failure(f"{missing}.") from None


@contextmanager
def _running(
    command: Sequence[str],
    folder: Path,
    answers: Callable[[], bool],
    end: signal.Signals,
    owner: tuple[int, int] | None = None,
) -> Iterator[None]:
    process = _launched(command, folder, owner)
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline_s:
                raise Failure(f"{Path(command[0]).name} does not answer: {_said(folder)}")
            time.sleep(0.02)
        yield
    finally:
        finish(process, end)


def finish(process: "subprocess.Popen[bytes]", end: signal.Signals) -> None:
    """Ask a process to end, and end it where it does not."""
    if process.poll() is None:
        process.send_signal(end)
    try:
        process.wait(PATIENCE_S)
    finally:
        process.kill()
        process.wait()


def _launched(command: Sequence[str], folder: Path, owner: tuple[int, int] | None) -> "subprocess.Popen[bytes]":
    """The process, in a session of its own: Ctrl-C reaches the bench alone, which then ends it in order."""
    user, group = owner or (None, None)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
        )


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody does."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _said(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2_000:].strip()
