"""A set-up that an operator breaks by hand, while a drill's people hold a consult on it."""

import asyncio
from pathlib import Path
from typing import Final

from drill.consult import Consult
from drill.row import Promise


class Staging:
    """Nodes at `urls` that somebody else runs."""

    def __init__(self, urls: list[str], folder: Path) -> None:
        self.urls = urls
        self.folder = folder

    async def start(self) -> None:
        """Mending is the operator's."""


def promise(heals_s: float) -> Promise:
    """Whatever the operator does; `heals_s` after the end of the time everything must be settled."""
    return Promise(NUMBER, "what the operator did", heals_s=heals_s)


async def watch(_: Consult, seconds: float) -> None:
    """Let the consult go on while things are broken and mended."""
    await asyncio.sleep(seconds)


NUMBER: Final = "staging"
