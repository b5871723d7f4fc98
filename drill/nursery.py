"""Programs that begin in a process which has loaded `curbside` already: to load it is two thirds of what a start costs.

In that process `main` runs: for each order that comes over its socket it forks a keeper, which forks the program, says
its process id, waits for its end and says its exit status.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO, Final

_LOADED: Final = (
    *("alembic.command", "anyio._backends._asyncio", "asyncpg", "redis.asyncio"),
    *("uvicorn.lifespan.on", "uvicorn.protocols.http.httptools_impl", "uvloop"),
    *("persistence.migrate", "persistence.worker", "web.app", "web.cli", "web.renewing"),
)
_MOST_BYTES: Final = 131_072


class Forked:
    """A process that was forked, with as much of `subprocess.Popen` as is needed. `stdout` is to be closed."""

    def __init__(self, told: BinaryIO, stdout: BinaryIO | None) -> None:
        self.stdout = stdout
        self.returncode: int | None = None
        self._told = told
        self.pid = int(told.readline())

    def send_signal(self, sign: int) -> None:
        """Signal it, if it has not ended."""
        if self.poll() is None:
            # It may end just now: its keeper says so a moment after there is no such process.
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)

    def terminate(self) -> None:
        """Tell it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash does."""
        self.send_signal(signal.SIGKILL)

    def poll(self) -> int | None:
        """Its exit status, the negative number of a signal where one ended it; None while it runs."""
        return self._status(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended; raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        status = self._status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("curbside", timeout or 0.0)
        return status

    def _status(self, patience_s: float | None) -> int | None:
        if self.returncode is None:
            waiting = select.poll()
            waiting.register(self._told, select.POLLIN)
            if waiting.poll(None if patience_s is None else 1_000 * patience_s):
                self.returncode = int(self._told.readline())
                self._told.close()
        return self.returncode


class Nursery:
    """Where programs are forked from. It is begun with the first, and ends with the process that has it."""

    def __init__(self) -> None:
        self._orders: socket.socket | None = None
        self._beginning = threading.Lock()

    def fork(
        self,
        module: str,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        stderr: BinaryIO,
        stdout: BinaryIO | None = None,
    ) -> Forked:
        """`main` of `module` with these arguments, in just this environment; without `stdout` it gets a pipe."""
        order = json.dumps([module, [*arguments], {**environment}]).encode()
        told, tell = os.pipe()
        heard, say = os.pipe() if stdout is None else (None, os.dup(stdout.fileno()))
        try:
            socket.send_fds(self._begun(), [order], [say, stderr.fileno(), tell])
        finally:
            os.close(tell)
            os.close(say)
        return Forked(open(told, "rb"), None if heard is None else open(heard, "rb", buffering=0))

    def _begun(self) -> socket.socket:
        with self._beginning:
            if self._orders is None:
                self._orders = _begin()
            return self._orders


def _begin() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        fd = theirs.fileno()
        command = [sys.executable, "-c", f"from drill.nursery import main; main({fd})"]
        nursery = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[fd], start_new_session=True)
    atexit.register(_end, ours, nursery)
    return ours


def _end(orders: socket.socket, nursery: "subprocess.Popen[bytes]") -> None:
    orders.close()
    nursery.wait()


def main(fd: int) -> None:
    """Fork what is ordered until the orders end; a program that was forked returns from here at its end."""
    for name in _LOADED:
        import_module(name)
    # A process reads the built pages once.
    import_module("web.pages.serving").ui_routes()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=fd) as orders:
        while (order := socket.recv_fds(orders, _MOST_BYTES, 3))[0]:
            if os.fork() == 0:
                orders.close()
                return _keep(*order[:2])
            for copy in order[1]:
                os.close(copy)


def _keep(order: bytes, descriptors: Sequence[int]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    stdout, stderr, tell = descriptors
    if (pid := os.fork()) == 0:
        os.close(tell)
        return _be(order, stdout, stderr)
    os.close(stdout)
    os.close(stderr)
    # Whoever ordered it may be gone before it ends.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.write(tell, b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    os.write(tell, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _be(order: bytes, stdout: int, stderr: int) -> None:
    module, arguments, environment = json.loads(order)
    os.setsid()
    for fd, place in ((stdout, 1), (stderr, 2)):
        os.dup2(fd, place)
        os.close(fd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = ["curbside", *arguments]
    import_module(module).main(arguments)
