"""How a process without rooms tells those that have some what it has written."""

import os
from base64 import b32encode
from collections.abc import Sequence
from contextlib import suppress

from persistence.paging.pager import Spoken
from realtime.backplane.base import Backplane
from realtime.backplane.envelope import Envelope
from realtime.backplane.messages import PeopleChanged, Records
from realtime.errors import Unavailable
from realtime.node import NODES, room_channel
from realtime.rooms.chain import Record


class Telling:
    """A worker's voice on the backplane; it hears nothing. While that is away nodes find out from the journal."""

    def __init__(self, backplane: Backplane, secret: bytes) -> None:
        self._backplane = backplane
        self._envelope = Envelope(secret, b32encode(os.urandom(5)).decode().lower())

    async def start(self) -> None:
        """Begin; a backplane that is away is tried again until `close`."""
        with suppress(Unavailable):
            await self._backplane.start(self)

    def sealed(self, record: Record) -> None:
        """Tell of the `sealed` event of one room."""
        payload = self._envelope.seal(Records(record.room, [record]))
        self._backplane.publish(room_channel(record.room), payload)

    def spoken(self, said: Spoken) -> None:
        """Tell of what the server said in a room, and the nodes of those who are told of it to look at once."""
        records, rang = said.messages
        self._backplane.publish(room_channel(said.room), self._envelope.seal(records))
        if rang.notices or rang.ended:
            self._backplane.publish(NODES, self._envelope.seal(rang))

    async def people_changed(self, people: Sequence[str]) -> None:
        """Tell that these people are not who they were."""
        self._backplane.publish(NODES, self._envelope.seal(PeopleChanged(list(people))))

    def received(self, channel: str, payload: bytes) -> None:
        """Nothing: a worker subscribes to nothing."""

    def subscribed(self, channel: str) -> None:
        """Nothing: a worker subscribes to nothing."""

    def lost(self) -> None:
        """Nothing: a worker hears nothing."""

    async def close(self) -> None:
        """Send what is waiting and end."""
        await self._backplane.close()
