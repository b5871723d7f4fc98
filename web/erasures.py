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
        self._known: set[tuple[str, int]] | None = None

    async def every_second(self) -> None:
        since_ms = self._house.now_ms() - LOOKED_BACK_MS
        found = set(await self._house.database.read(lambda sql: erased_since(sql, since_ms)))
        for room in {room for room, _ in found - (self._known if self._known is not None else found)}:
            if (host := self._house.hub.live(room)) is not None:
                host.abandon("words of it were erased")
        self._known = found
