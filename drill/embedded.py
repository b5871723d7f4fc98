"""The embedded default: one process on SQLite, on a disk that may fail."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

from drill.disk import Disk
from drill.site import Site, serving

DATABASE: Final = "curbside.db"


class Embedded(Site):
    """One node, with the worker in it. `disk`: what happens to what it writes."""

    def __init__(self, folder: Path) -> None:
        self.disk = Disk(folder)
        self._whole = b""
        super().__init__(folder, nodes=1, workers=0, settings=self.disk.environment)

    async def start(self) -> None:
        self.disk.rule()
        await super().start()

    def keep_what_is_synced(self) -> None:
        """From its next start on remember of its database what is on disk for good. It must have ended in order."""
        self.disk.keep()
        self._whole = (self.var / DATABASE).read_bytes()

    def lose_power(self) -> None:
        """Put what was on disk for good in the place of what was written, as after a loss of power; nothing may run."""
        synced = {DATABASE: self._whole}
        for path in self.disk.kept:
            synced[path.name.partition(" ")[2]] = path.read_bytes()
        for path in self.var.glob(f"{DATABASE}*"):
            path.unlink()
        for name in (DATABASE, f"{DATABASE}-wal"):
            if name in synced:
                (self.var / name).write_bytes(synced[name])


@asynccontextmanager
async def embedded(folder: Path, chance: Random) -> AsyncIterator[Embedded]:
    """A site that serves while the context lasts. Raises `Missing` where there is no C compiler."""
    async with AsyncExitStack() as stack:
        made = Embedded(folder)
        await serving(made, stack, chance)
        yield made
