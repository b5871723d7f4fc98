"""The part that counts open cases, for those who watch the worklist below T2."""

from typing import Final

from persistence.cases import open_counts
from web.part import House, Part

EVERY_S: Final = 2


class Counting(Part):
    """Counts every two seconds while one of them watches on this node, and not otherwise."""

    def __init__(self, house: House) -> None:
        self._worklist = house.hub.worklist
        self._database = house.database
        self._seconds = 0

    async def every_second(self) -> None:
        """Count, and send what is new."""
        self._seconds = (self._seconds + 1) % EVERY_S
        if not self._seconds and self._worklist.counting:
            self._worklist.count(await self._database.read(open_counts))
