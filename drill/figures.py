"""What a row asks of a node, and of the system about it, while it breaks things."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from drill.process import Process
from drill.site import blocking

PATIENCE_S: Final = 30.0
LOOK_EVERY_S: Final = 0.2
_CONNECTIONS: Final = re.compile(r"^curbside_connections (\S+)$", re.MULTILINE)
_PEAK_KB: Final = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class Waits:
    """How long each question of `asked_meanwhile` waited for its answer."""

    def __init__(self) -> None:
        self.longest_s = 0.0


@asynccontextmanager
async def asked_meanwhile(node: Process) -> AsyncIterator[Waits]:
    """Ask the node over and over whether it lives; at the end the last answer is waited for."""
    waits, over = Waits(), asyncio.Event()

    async def ask() -> None:
        while not over.is_set():
            began_s = time.monotonic()
            await blocking(lambda: _answer(node, "/healthz"))
            waits.longest_s = max(waits.longest_s, time.monotonic() - began_s)
            await asyncio.sleep(LOOK_EVERY_S)

    asking = asyncio.create_task(ask())
    try:
        yield waits
    finally:
        over.set()
        await asking


async def connections(nodes: Iterable[Process]) -> int:
    """How many WebSockets these nodes have open, as their metrics say."""
    texts = [await blocking(lambda node=node: _answer(node, "/metrics")) for node in nodes]  # type: ignore[misc]
    return sum(int(float(_number(_CONNECTIONS, text))) for text in texts)


def forget_peak(node: Process) -> None:
    """The most that the process has held in memory counts from now on, where the system lets us."""
    with suppress(OSError):
        Path(f"/proc/{node.pid}/clear_refs").write_text("5")


def peak_bytes(node: Process) -> int:
    """The most that the process has held in memory."""
    return int(_number(_PEAK_KB, Path(f"/proc/{node.pid}/status").read_text())) * 1_024


async def until(holds: Callable[[], Awaitable[bool]], within_s: float, otherwise: str) -> None:
    """Return once `holds`. Raises `AssertionError`, which says `otherwise`, when the time is over."""
    until_s = time.monotonic() + within_s
    while not await holds():
        if time.monotonic() > until_s:
            raise AssertionError(otherwise)
        await asyncio.sleep(LOOK_EVERY_S)


def _answer(node: Process, path: str) -> str:
    with urlopen(f"http://{node.address}{path}", timeout=PATIENCE_S) as answer:
        return str(answer.read().decode())


def _number(wanted: re.Pattern[str], text: str) -> str:
    found = wanted.search(text)
    assert found is not None, f"{wanted.pattern} is not in what was asked for"
    return found[1]
