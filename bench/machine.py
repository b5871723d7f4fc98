"""What the figures were measured on."""

import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil

from bench.figures import Spread

PROBES: Final = 300
PAUSE_S: Final = 0.01
BUSY_S: Final = 1.0
KEEP: Final = getattr(os, "fdatasync", os.fsync)
BLOCK: Final = b"\0" * 20_480


def described(folder: Path) -> str:
    """One line: the machine, how long the disk under `folder` takes to keep what a commit writes, date, other load."""
    disk = _disk(folder)
    return (
        f"{psutil.cpu_count()} cores of {_processor()}, {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"{platform.system()} {platform.release().partition('-')[0]}, Python {platform.python_version()}, "
        f"20 KiB are on disk after p50 {disk.p50:.2f} ms, p99 {disk.p99:.2f} ms, {datetime.now(UTC):%Y-%m-%d}; "
        f"processors {psutil.cpu_percent(BUSY_S):.0f} % busy with other things"
    )


def noted(sentence: str) -> None:
    """Tell whoever reads the table something that is no figure."""
    print(f"bench: {sentence}", file=sys.stderr)


def busy_percent() -> float:
    """How busy all processors were, with everything, since this was last asked."""
    return psutil.cpu_percent()


def tcp_memory_kib() -> float:
    """What the kernel holds for all TCP sockets of this machine; 0 where it does not say."""
    try:
        lines = Path("/proc/net/sockstat").read_text().splitlines()
    except OSError:
        return 0
    words = next(line for line in lines if line.startswith("TCP:")).split()
    return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGE_SIZE") / 1_024


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _disk(folder: Path) -> Spread:
    """What every ack stands on at least once, at the rate of the acks that are measured.

    The blocks exist already, as most of a log's do.
    """
    place = folder / "probe"
    taken_ns: list[int] = []
    with place.open("wb", buffering=0) as file:
        file.write(BLOCK * PROBES)
        os.fsync(file.fileno())
        file.seek(0)
        for _ in range(PROBES):
            time.sleep(PAUSE_S)
            began_ns = time.monotonic_ns()
            file.write(BLOCK)
            KEEP(file.fileno())
            taken_ns.append(time.monotonic_ns() - began_ns)
    place.unlink()
    return Spread.of(taken_ns)
