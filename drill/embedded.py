"""The embedded default: one process on SQLite."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from drill.site import Site, serving


class Embedded(Site):
    """One node, and the worker in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, nodes=1, workers=0, settings={})


@asynccontextmanager
async def embedded(folder: Path, chance: Random) -> AsyncIterator[Embedded]:
    """A site that serves while the context lasts."""
    async with AsyncExitStack() as stack:
        made = Embedded(folder)
        await serving(made, stack, chance)
        yield made
