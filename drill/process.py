"""`curbside`, run as an operator runs it: commands that end by themselves, and servers that are told to."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from drill.nursery import Forked, Nursery
from drill.servers import Port, finish

CURBSIDE = str(Path(sys.executable).with_name("curbside"))
PATIENCE_S = 30.0

nursery: Final = Nursery()
"""Of this process."""


class Process:
    """A server of ours. `start` returns when it says that it is ready, `kill` and `stop` when it is gone.

    What it says on stderr is added to `log`. All of them block, and do nothing twice. Its `port` is kept for it while
    it is away. `faults` are points of `drill.faulty` with which it is started; they may be changed while it is away.
    """

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, port: Port | None = None
    ) -> None:
        self.ready_text = ""
        self.log = log
        self.port = port
        self.faults: Sequence[str] = ()
        self._arguments = arguments
        self._environment = environment
        self._running: subprocess.Popen[bytes] | Forked | None = None

    @property
    def address(self) -> str:
        """Where it serves, without the scheme."""
        assert self.port is not None
        return f"127.0.0.1:{self.port.number}"

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._running is not None
        return self._running.pid

    def launch(self) -> None:
        """Begin to start; `await_ready` waits for the end of that."""
        if self._running is None:
            port = []
            if self.port is not None:
                self.port.release()
                port = [f"--port={self.port.number}"]
            with self.log.open("ab") as log:
                self._running = self._begun([*self._arguments, *port], log)

    def await_ready(self) -> None:
        """Return when the process has said that it is ready."""
        assert self._running is not None and self._running.stdout is not None
        said, deadline = b"", time.monotonic() + PATIENCE_S
        waiting = select.poll()  # `select` takes no descriptor over 1,023, and a drill has very many
        waiting.register(self._running.stdout, select.POLLIN)
        while not (b"ready" in said and said.endswith(b"\n")):
            readable = waiting.poll(1_000 * max(0.0, deadline - time.monotonic()))
            part = os.read(self._running.stdout.fileno(), 65_536) if readable else b""
            if not part:
                raise RuntimeError(f"`curbside {self._arguments[0]}` is not ready; it said:\n{self.log.read_text()}")
            said += part
        self.ready_text = said.decode()

    def start(self) -> None:
        """Launch it and wait until it is ready."""
        if self._running is None:
            self.launch()
            self.await_ready()

    def pause(self) -> None:
        """Let it do nothing until `resume`, as a machine that is suspended."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def terminate(self) -> None:
        """Tell it to end, and do not wait."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Tell it to end; its exit status."""
        return self._end(signal.SIGTERM)

    def hang_up(self) -> None:
        """Tell it to renew itself (SIGHUP), and do not wait."""
        self._signal(signal.SIGHUP)

    def await_end(self) -> int:
        """Return its exit status when it has ended, by itself or told to; one that takes too long is killed."""
        if self._running is None:
            return 0
        status = finish(self._running)
        assert self._running.stdout is not None
        self._running.stdout.close()
        self._running = None
        if self.port is not None:
            self.port.hold()
        return status

    def _end(self, sign: signal.Signals) -> int:
        self._signal(sign)
        self._signal(signal.SIGCONT)
        return self.await_end()

    def _signal(self, sign: signal.Signals) -> None:
        if self._running is not None:
            self._running.send_signal(sign)

    def _begun(self, arguments: Sequence[str], log: BinaryIO) -> "subprocess.Popen[bytes] | Forked":
        environment = _environment(self._environment)
        if _can_be_forked(self.faults, arguments, environment):
            module, given = ("drill.faulty", [",".join(self.faults)]) if self.faults else ("web.cli", [])
            return nursery.fork(module, [*given, *arguments], environment, log)
        return subprocess.Popen(
            [*_program(self.faults), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            start_new_session=True,  # Ctrl-C reaches only the test run, which then ends it in order
        )


def curbside(
    *arguments: str, environment: Mapping[str, str], faults: Sequence[str] = ()
) -> "subprocess.CompletedProcess[str]":
    """A command that ends by itself."""
    return subprocess.run(
        [*_program(faults), *arguments],
        stdin=subprocess.DEVNULL,
        env=_environment(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def _can_be_forked(faults: Sequence[str], arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Whether it is the same if the program was loaded before it is told these."""
    early = any(name.startswith(("LD_", "PYTHON")) for name in environment)
    clock = any(fault.startswith("clock@") for fault in faults)
    return not (early or clock or any(argument.startswith("--workers") for argument in arguments))


def _program(faults: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "drill.faulty", ",".join(faults)] if faults else [CURBSIDE]


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Nothing of our own environment: what a server needs it is given."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", **given}
