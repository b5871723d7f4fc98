"""Who knows which servers carry a backplane's channels: asked at first, and whenever one is lost or refuses."""

from collections.abc import Sequence
from typing import Protocol

from realtime.backplane.slots import Address, Map, everything_at
from realtime.backplane.words import PLAIN, Words


class Guide(Protocol):
    """`words` are those that its servers understand; `again_s` is when to ask although nothing has happened."""

    @property
    def words(self) -> Words: ...

    @property
    def again_s(self) -> float | None: ...

    async def look(self, known: Sequence[Address]) -> Map:
        """Who serves now, bounded in time; `known` are those who did. Raises `Lost` where nobody says so."""


class Alone:
    """Of a Redis that is one server: it serves everything, for ever."""

    words = PLAIN
    again_s = None

    def __init__(self, home: Address) -> None:
        self._map = everything_at(home)

    async def look(self, known: Sequence[Address]) -> Map:
        """All at the one server."""
        return self._map
