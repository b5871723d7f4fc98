"""An outbox off the event loop: its file is written by one thread of its own, in the order of the calls."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from client.frames import Frame
from client.outbox import Outbox

log = logging.getLogger("curbside.client")


class Disk:
    """The outbox at a path, for the event loop. Raises as `Outbox` does."""

    def __init__(self, path: Path) -> None:
        self._outbox = Outbox(path)
        self._thread = ThreadPoolExecutor(1)
        self.found = self._outbox.waiting

    async def add(self, by: str, command: Frame) -> None:
        """Return once `command` of the person `by` is on disk; several at once return in the order of the calls."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._outbox.add, by, command)

    def remove(self, command_id: str) -> None:
        """The command is answered for good. Returns at once: if this is lost, the command is sent again, to no harm."""
        self._thread.submit(self._removed, command_id)

    async def close(self) -> None:
        """Finish what was asked and give the file back."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._outbox.close)
        self._thread.shutdown()

    def _removed(self, command_id: str) -> None:
        try:
            self._outbox.remove(command_id)
        except OSError as error:
            log.warning("a command that is done stays in the outbox file: %s", error.strerror)
