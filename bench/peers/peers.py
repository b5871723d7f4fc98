"""The servers that our fan-out is measured against, in the same run, on the same machine.

Each does the least that is still a fan-out: a message that comes is sent to all connections, the sender's too. None
writes to a disk, knows who anybody is, tells who is present, has a second case, numbers its messages, sends again what
was missed, or compresses. That is what ours takes longer for.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple, Self

import psutil

from bench.failures import Failure
from bench.peers import installed
from bench.peers.installed import Missing
from bench.servers import finish, free_port, listens

LISTENS_WITHIN_S: Final = 30.0
MOST_DESCRIPTORS: Final = 65_536


class Peer(NamedTuple):
    """One server, and what is said to it.

    Readers and posters connect to `path` (`raw`: by plain TCP, without it) and send each of `init` as it stands, in
    binary frames where `binary`, else in text frames. Posters then send `template`, of which `{stamp}` becomes `@@` and
    24 letters, `{pad:250}` 250 letters, `{len}` the count of bytes between the first CRLF and the last.
    """

    name: str
    what: str
    path: str = "/ws"
    raw: bool = False
    binary: bool = False
    init: tuple[str, ...] = ()
    template: str = "{stamp}{pad:250}"
    subprotocol: str | None = None


def peers() -> list[Peer]:
    """All of them, the cheapest first. `what` names versions: those installed here, else those that would be."""
    return [
        Peer("floor", "C: epoll, a send() for each seat, plain TCP", raw=True, template="{stamp}{pad:250}\n"),
        Peer("bun", f"Bun {installed.locked('@oven/bun-linux-x64')}, its own WebSocket server"),
        Peer("node-ws", f"Node{_version(installed.node)} with ws {installed.locked('ws')}"),
        Peer(
            "nats",
            f"nats-server{_version(installed.nats)}, its WebSocket listener",
            binary=True,
            # It answers the last of these with PONG when it has taken the others.
            init=('CONNECT {"verbose":false,"pedantic":false}\r\n', "SUB case 1\r\n", "PING\r\n"),
            template="PUB case {len}\r\n{stamp}{pad:250}\r\n",
        ),
        Peer("picows", f"picows {installed.locked('picows')} on uvloop {installed.locked('uvloop')}"),
        Peer("starlette", f"Starlette {version('starlette')} under uvicorn {version('uvicorn')} on uvloop"),
    ]


def available() -> list[Peer]:
    """Those that can run on this machine as it is."""
    without = missing()
    return [peer for peer in peers() if peer.name not in without]


def missing() -> dict[str, str]:
    """Why each of the others cannot, in a sentence, by their names."""
    reasons: dict[str, str] = {}
    for name, program in _PROGRAMS.items():
        try:
            program()
        except Missing as reason:
            reasons[name] = str(reason)
    return reasons


def install() -> dict[str, str]:
    """Make what is missing and can be made. Returns what `missing` says then, or why making it failed."""
    failed = installed.install()
    return {name: failed.get(name, reason) for name, reason in missing().items()}


class Running:
    """A peer while the context lasts: one process, in a session of its own, on a loopback port. `pids`: the process.

    It writes to the file `log` in `folder`, which is to be empty. Raises `Failure`.
    """

    def __init__(self, peer: Peer, folder: Path) -> None:
        self._name = peer.name
        self._folder = folder
        self.port = 0
        self.pids: list[int] = []

    def __enter__(self) -> Self:
        self.port = free_port()
        try:
            command = _COMMANDS[self._name](_PROGRAMS[self._name](), self.port, self._folder)
        except Missing as reason:
            raise Failure(f"{self._name} cannot run here. {reason}") from None
        with self._log.open("ab") as log, _many_descriptors():
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env={"PATH": os.defpath, "LC_ALL": "C", "NODE_PATH": str(installed.NODE_MODULES)},
                start_new_session=True,
            )
        try:
            self._seen = psutil.Process(self._process.pid)
            self.pids = [self._process.pid]
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        finish(self._process, signal.SIGTERM)

    def cpu_s(self) -> float:
        """User and system time so far."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def rss_kib(self) -> float:
        """What it holds in memory."""
        return float(self._seen.memory_info().rss) / 1_024

    @property
    def _log(self) -> Path:
        return self._folder / "log"

    def _wait(self) -> None:
        deadline_s = time.monotonic() + LISTENS_WITHIN_S
        while not listens(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline_s:
                said = self._log.read_text(errors="replace")[-2_000:].strip()
                raise Failure(f"{self._name} does not listen: {said}")
            time.sleep(0.02)


def _script(name: str) -> Callable[[Path, int, Path], list[str]]:
    def command(program: Path, port: int, _: Path) -> list[str]:
        return [str(program), str(installed.HERE / name), str(port)]

    return command


def _floor(program: Path, port: int, _: Path) -> list[str]:
    return [str(program), str(port)]


def _nats(program: Path, port: int, folder: Path) -> list[str]:
    """NATS wants a port for its own protocol too; -1 is any. Its pings are put off: not every reader answers them."""
    configuration = folder / "nats.conf"
    configuration.write_text(
        'listen: "127.0.0.1:-1"\nping_interval: "24h"\n'
        f'websocket {{ listen: "127.0.0.1:{port}", no_tls: true, compression: false }}\n'
    )
    return [str(program), "--config", str(configuration)]


# Each gives a peer's program, or raises `Missing`.
_PROGRAMS: Final[dict[str, Callable[[], Path]]] = {
    "floor": installed.floor,
    "bun": installed.bun,
    "node-ws": installed.node,
    "nats": installed.nats,
    "picows": installed.picows,
    "starlette": lambda: Path(sys.executable),
}

_COMMANDS: Final[dict[str, Callable[[Path, int, Path], list[str]]]] = {
    "floor": _floor,
    "bun": _script("bun.js"),
    "node-ws": _script("node_ws.cjs"),
    "nats": _nats,
    "picows": _script("picows_server.py"),
    "starlette": _script("starlette_server.py"),
}


def _version(program: Callable[[], Path]) -> str:
    try:
        return f" {installed.said_version(program())}"
    except Missing:
        return ""


@contextmanager
def _many_descriptors() -> Iterator[None]:
    """What is started meanwhile may open as many files as it will need connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
