"""On how many disks stands what is acknowledged, and the watch that notices when that changes."""

import logging
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from persistence.database import Database

EVERY_S: Final = 10

logger = logging.getLogger("curbside.disks")


class Disks(msgspec.Struct, frozen=True):
    """`count`: the disks on which a commit is, for good, before it is acknowledged. `warnings`: a sentence each."""

    count: int
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For people at a terminal."""
        match self.count:
            case 0:
                return "What is acknowledged is on no disk for sure."
            case 1:
                return "What is acknowledged is on 1 disk."
            case count:
                return f"What is acknowledged is on {count} disks."


class DiskWatch:
    """Asks the database now and then. `disks` is what it said last, None before its first answer."""

    def __init__(self, database: "Database") -> None:
        self.disks: Disks | None = None
        self._database = database
        self._seconds = 0

    async def tick(self) -> None:
        """Called once a second, asks every ten, beginning at once. Raises `Unavailable`."""
        if self._seconds == 0:
            await self.look()
        self._seconds = (self._seconds + 1) % EVERY_S

    async def look(self) -> None:
        """Ask, and log what is new. Raises `Unavailable`."""
        before, self.disks = self.disks, await self._database.disks()
        if before is None or self.disks.count > before.count:
            logger.info("%s", self.disks.sentence)
        elif self.disks.count < before.count:
            logger.warning("%s It was on %d.", self.disks.sentence, before.count)
        for warning in self.disks.warnings:
            if before is None or warning not in before.warnings:
                logger.warning("%s", warning)
