"""The part that drops rooms of which words were erased: what a node holds in memory is not to outlive them."""

from typing import Final

from persistence.erasing import erased_since
from web.part import House, Part

# Clocks of processes differ, and a commit may take a while.
LOOKED_BACK_MS: Final = 600_000


class Erasures(Part):
    """Looks once a second, in one query."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: set[tuple[str, int]] = set()
        self._looked_ms = house.now_ms()

    async def every_second(self) -> None:
        now_ms, since_ms = self._house.now_ms(), self._looked_ms - LOOKED_BACK_MS
        found = set(await self._house.database.read(lambda sql: erased_since(sql, since_ms)))
        # What is being read may have been read before: it is dropped when that is done.
        loading = self._house.hub.erased(found - self._known)
        self._known = {(room, seq) for room, seq in found if room not in loading}
        self._looked_ms = now_ms
