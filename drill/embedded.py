"""The embedded default: one process on SQLite, on a disk that may fail."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from drill.disk import Disk
from drill.site import Site, serving


class Embedded(Site):
    """One node, with the worker in it. `disk`: what happens to what it writes."""

    def __init__(self, folder: Path) -> None:
        self.disk = Disk(folder)
        super().__init__(folder, nodes=1, workers=0, settings=self.disk.environment)

    async def start(self) -> None:
        self.disk.rule()
        await super().start()

    def lose_power(self) -> None:
        """Put what was on disk for good in the place of what was written, as after a loss of power; nothing may run."""
        synced = {path.name.partition(" ")[2]: path for path in self.disk.kept}
        for path in self.var.glob("curbside.db*"):
            path.unlink()
        for name, path in synced.items():
            if name.startswith("curbside.db") and not name.endswith("-shm"):
                (self.var / name).write_bytes(path.read_bytes())


@asynccontextmanager
async def embedded(folder: Path, chance: Random) -> AsyncIterator[Embedded]:
    """A site that serves while the context lasts. Raises `Missing` where there is no C compiler."""
    async with AsyncExitStack() as stack:
        made = Embedded(folder)
        await serving(made, stack, chance)
        yield made
