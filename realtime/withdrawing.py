"""Ending what observers are shown: seats that an agreement no longer carries, and all access of an institution."""

from collections.abc import Callable, Sequence
from typing import Final

from realtime.closing import WITHDRAWN
from realtime.connections import Connections
from realtime.host import Host
from realtime.observing import Stretch
from realtime.slices import spread
from realtime.socket import Connection, Seat
from realtime.wire.server import LeftCode

# Thousands of seats end within this time, and the loop is given back in between.
SPREAD_S: Final = 0.25


class Withdrawing:
    """Takes observers out of the rooms of this node. `live` gives a room that this node holds."""

    def __init__(self, connections: Connections, live: Callable[[str], Host | None]) -> None:
        self._connections = connections
        self._live = live

    async def seats(self, stretches: Sequence[Stretch], code: LeftCode) -> None:
        """End these stretches: their seats are told why, and are sent nothing more."""

        def end(stretch: Stretch) -> None:
            host = self._live(stretch.room)
            if host is not None and isinstance(stretch.reader, Seat) and stretch.reader.seated:
                host.expel([stretch.reader], code)

        await spread(end, list(stretches), SPREAD_S)

    async def people(self, institution: str) -> None:
        """End every connection of an institution's observers; what waits for one who does not read is dropped."""
        theirs = [
            connection
            for connection in self._connections
            if connection.person.role == "observer" and connection.person.institution == institution
        ]
        await spread(_send_away, theirs, SPREAD_S)


def _send_away(connection: Connection) -> None:
    if connection.paused:
        connection.abort()
    else:
        connection.close(*WITHDRAWN)
