"""One `curbside serve`, as an operating system sees it."""

import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self
from urllib.request import urlopen

import psutil

from bench.failures import Failure
from bench.servers import finish

READY_WITHIN_S: Final = 30.0


class Node:
    """A web process while the context lasts. `ready_s`: from its launch until `/readyz` said 200."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environment = environment
        self._log = log
        self.url = ""
        self.port = 0
        self.ready_s = 0.0

    def __enter__(self) -> Self:
        began_s = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._seen = psutil.Process(self._process.pid)
        try:
            self.url = self._address(began_s + READY_WITHIN_S)
            self.port = int(self.url.rpartition(":")[2])
            with urlopen(f"{self.url}/readyz", timeout=READY_WITHIN_S):
                self.ready_s = time.monotonic() - began_s
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        finish(self._process, signal.SIGTERM)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def rss_kib(self) -> float:
        """What the process holds in memory."""
        return float(self._seen.memory_info().rss) / 1_024

    def cpu_s(self) -> float:
        """User and system time so far."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    def _address(self, deadline_s: float) -> str:
        """What it says on its terminal when it is ready."""
        said = b""
        assert self._process.stdout is not None
        output = self._process.stdout.fileno()
        while (found := re.search(rb"ready at (http://\S+)\n", said)) is None:
            readable, _, _ = select.select([output], [], [], max(0, deadline_s - time.monotonic()))
            part = os.read(output, 4_096) if readable else b""
            if not part:
                raise Failure(f"curbside serve does not get ready: {self._log.read_text(errors='replace')[-2_000:]}")
            said += part
        return found[1].decode()
