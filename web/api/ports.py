"""What the HTTP API needs of the live side, given to it at start-up."""

from typing import Protocol

from realtime.reading import RoomCopy
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import Person


class Live(Protocol):
    """Opening cases and reading them, on the exact state of their rooms."""

    async def open_case(self, person: Person, wish: OpenCase, key: str) -> str:
        """The id of the case that `person` opens under `key`; the same for a repeat of the same wish.

        Raises `Refused` where the wish is not valid, or (`CONFLICT`) the key was used for another; `Unavailable`.
        """

    async def copy_of(self, room: str, person: Person, after: int, limit: int) -> RoomCopy:
        """The room with at most `limit` events after `after`, as `person` may see them.

        Raises `Refused` (`NOT_FOUND`) where there is no such room or they may not enter, (`SAY_WHY`) where a moderator
        has not said why; `Unavailable`.
        """
