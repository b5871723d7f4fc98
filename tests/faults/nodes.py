"""What tests do to nodes, and what they ask the system of them."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import psutil

from drill.process import Process
from tests.endtoend.callers import Callers
from tests.endtoend.raw import PATIENCE_S, Raw

POLL_S: Final = 0.02


async def restarted(node: Process, *faults: str) -> None:
    """Stop the node, if it runs, and start it with these points of `drill.faulty`, or with none."""
    await asyncio.to_thread(node.stop)
    node.faults = faults
    await asyncio.to_thread(node.start)


async def died(node: Process) -> None:
    """Return when the node has killed itself."""
    assert await asyncio.to_thread(node.await_end) == -signal.SIGKILL


async def until(holds: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
    """Return once `holds`; for what no frame tells of."""
    async with asyncio.timeout(within_s):
        async for _ in often():
            if holds():
                return


async def often() -> AsyncIterator[None]:
    """Moments to look again, without end."""
    while True:
        yield
        await asyncio.sleep(POLL_S)


async def connections(callers: Callers, node: int) -> int:
    """How many WebSockets a node has open, as its metrics say."""
    text = (await callers.request("GET", "/metrics", node=node)).text
    return int(float(next(line for line in text.splitlines() if line.startswith("curbside_connections ")).split()[1]))


async def until_connections(callers: Callers, count: int, within_s: float, node: int = 0) -> None:
    """Return once a node has this many WebSockets open."""
    async with asyncio.timeout(within_s):
        async for _ in often():
            if await connections(callers, node) == count:
                return


def sockets(node: Process) -> int:
    """How many sockets the process has open; its other files are the database's, which come and go."""
    return sum(_leads_to(entry).startswith("socket:") for entry in Path(f"/proc/{node.pid}/fd").iterdir())


def memory_bytes(node: Process) -> int:
    """What the process holds in memory."""
    return int(psutil.Process(node.pid).memory_info().rss)


def _leads_to(entry: Path) -> str:
    try:
        return os.readlink(entry)
    except FileNotFoundError:  # closed meanwhile
        return ""


def family(pid: int) -> list[int]:
    """The process and all that it has started."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def signal_all(pids: list[int], sign: signal.Signals) -> None:
    """Send all of them a signal."""
    for pid in pids:
        os.kill(pid, sign)


def roster(seat: Raw) -> set[str]:
    """Who is here, as far as this seat was told."""
    here: set[str] = set()
    for frame in seat.of("joined", "presence"):
        entries = frame["roster"] if frame["t"] == "joined" else frame.get("here", [])
        here = {*here, *(entry["person"] for entry in entries)} - set(frame.get("gone", []))
    return here
