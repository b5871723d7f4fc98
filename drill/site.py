"""Our own processes in a drill: nodes that clients reach over lines that can be spoilt, and what else runs."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Final, TypeVar

from drill.defences import DEFENCES
from drill.process import Process, curbside
from drill.proxy import Proxy, proxied
from drill.servers import Port

COMMANDS_PER_S: Final = 200
ROOM_COMMANDS_PER_S: Final = 5_000
T = TypeVar("T")


async def blocking(act: Callable[[], T]) -> T:
    """What `act` returns, run in a thread: the lines of a drill must go on meanwhile."""
    return await asyncio.to_thread(act)


class Failure(Exception):
    """The drill itself cannot go on, for a reason that is said in one sentence."""


class Site:
    """One deployment in `folder`: `nodes` and `workers` are its processes.

    `node_lines` stand between clients and nodes, in the nodes' order. `settings` are those of every process.
    `faults` are those of every process (`drill.faulty`): what a negative control leaves out.
    """

    def __init__(self, folder: Path, nodes: int, workers: int, settings: dict[str, str]) -> None:
        self.folder = folder / "clients"
        self.var = folder / "var"
        self.folder.mkdir(parents=True)
        self._logs = folder / "logs"
        self._logs.mkdir()
        self.environment = {
            "CURBSIDE_VAR": str(self.var),
            "CURBSIDE_SECRET_KEY": token_hex(32),
            "CURBSIDE_COMMANDS_PER_S": str(COMMANDS_PER_S),
            "CURBSIDE_ROOM_COMMANDS_PER_S": str(ROOM_COMMANDS_PER_S),
            "CURBSIDE_TRUSTED_ADDRESSES": "127.0.0.0/8",
            "CURBSIDE_PAGING": "off",
            **settings,
        }
        self.nodes = [self._process(f"node{n}", "serve", port=Port()) for n in range(nodes)]
        self.workers = [self._process(f"worker{n}", "worker") for n in range(workers)]
        self.node_lines: list[Proxy] = []
        self.faults: tuple[str, ...] = ()

    @property
    def urls(self) -> list[str]:
        """Where clients go."""
        return [f"http://127.0.0.1:{line.port}" for line in self.node_lines]

    async def leave_out(self, defences: Sequence[str]) -> None:
        """Start every process anew without those of these defences that are its own, or (none) as it should be."""
        self.faults = tuple(f"without:{name}" for name in defences if name in DEFENCES)
        processes = (*self.nodes, *self.workers)
        await asyncio.gather(*(blocking(process.stop) for process in processes))
        for process in processes:
            process.faults = self.faults
        await self.start()

    async def start(self) -> None:
        """Mend every line, and begin to serve what is not running."""
        for line in self.node_lines:
            line.heal()
        await asyncio.gather(*(blocking(process.start) for process in (*self.nodes, *self.workers)))

    async def stop(self) -> None:
        """End all processes."""
        await asyncio.gather(*(blocking(process.stop) for process in (*self.nodes, *self.workers)))
        for node in self.nodes:
            if node.port is not None:
                node.port.release()

    async def run(self, *arguments: str, faults: Sequence[str] = ()) -> str:
        """What a command of `curbside` prints, which has these faults. Raises `Failure`."""
        done = await blocking(lambda: curbside(*arguments, environment=self.environment, faults=faults))
        if done.returncode != 0:
            raise Failure(f"`curbside {arguments[0]}` failed: {done.stderr.strip()[-500:]}")
        return str(done.stdout)

    async def tokens(self, count: int) -> list[str]:
        """Bearer tokens of so many new physicians."""
        place = self.folder / f"tokens-{token_hex(4)}"
        await self.run("token", f"--count={count}", "--role=physician", f"--out={place}")
        return place.read_text().split()

    def _process(self, name: str, *arguments: str, port: Port | None = None) -> Process:
        return Process(arguments, self.environment, self._logs / name, port)


async def serving(site: Site, stack: AsyncExitStack, chance: Random) -> None:
    """Have `site` serve until `stack` ends."""
    for node in site.nodes:
        assert node.port is not None
        site.node_lines.append(await stack.enter_async_context(proxied(node.port.number, chance)))
    await site.run("migrate")
    stack.push_async_callback(site.stop)
    await site.start()
