"""Who people are may change while they are connected: what they may no longer do ends, without a new sign-in."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress

from realtime.connections import Connections
from realtime.errors import Unavailable
from realtime.host import Host
from realtime.ports import Directory
from realtime.rooms.card import may_enter, modes
from realtime.rooms.people import Person, same_account
from realtime.socket import Connection
from realtime.wire.server import MeNow, me

EVERY_S = 10
AT_ONCE = 200


class Standing:
    """Compares everyone connected to this node with the directory. `live` gives a room that this node holds."""

    def __init__(self, directory: Directory, connections: Connections, live: Callable[[str], Host | None]) -> None:
        self._directory = directory
        self._connections = connections
        self._live = live
        self._seconds = 0
        self._looking = asyncio.Lock()

    async def tick(self) -> None:
        """Called once a second, looks every ten. Raises `Unavailable`."""
        self._seconds = (self._seconds + 1) % EVERY_S
        if not self._seconds:
            await self.look()

    async def changed(self, people: Collection[str]) -> None:
        """Something about these people is new: look at once. What cannot be asked now is looked at by the clock."""
        for person in people:
            self._directory.forget(person)
        if any(self._connections.of_person(person) for person in people):
            with suppress(Unavailable):
                await self._look(people)

    async def look(self) -> None:
        """Look at everyone who is here. Raises `Unavailable`."""
        await self._look({connection.person.id for connection in self._connections})

    async def _look(self, people: Collection[str]) -> None:
        """One look after the other, or the answer to an earlier question might be the last that is acted on."""
        async with self._looking:
            now = await self._now([person for person in people if self._connections.of_person(person)])
            for person, is_now in now.items():
                for connection in self._connections.those_of(person):
                    if connection.person != is_now:
                        self._change(connection, is_now)

    async def _now(self, people: Collection[str]) -> dict[str, Person | None]:
        """Who they are now: many are asked for at once, so that they are one query."""
        now: dict[str, Person | None] = {person: self._directory.known(person) for person in people}
        unknown = sorted(person for person in people if now[person] is None)
        for start in range(0, len(unknown), AT_ONCE):
            asked = unknown[start : start + AT_ONCE]
            now |= zip(asked, await asyncio.gather(*map(self._directory.person, asked)), strict=True)
        return now

    def _change(self, connection: Connection, person: Person | None) -> None:
        if person is None or not same_account(person.role, connection.person.role):
            # Tokens and sessions carry the role: with another account's they are refused everywhere.
            connection.close(4401, "your role has changed: sign in again")
            return
        if (person.institution, person.kind) != (connection.person.institution, connection.person.kind):
            self._withdraw(connection)
        seats = [(seat, host) for seat in connection.seats if (host := self._live(seat.room)) is not None]
        contributing = [(seat, host) for seat, host in seats if seat.mode != "observe"]
        for seat, host in contributing:
            host.fanout.discard(seat)  # it is counted by who sits there
        connection.person = person
        connection.send(MeNow(me=me(person)))
        for seat, host in contributing:
            host.fanout.add(seat)
        for seat, host in seats:
            if may_enter(host.room.card, person) and seat.mode in modes(person, reads_only=connection.reads_only):
                host.here.changed()
            else:
                host.expel([seat], "withdrawn")

    def _withdraw(self, connection: Connection) -> None:
        """An observer of another institution now reads under another agreement, if any."""
        for seat in connection.seats:
            if seat.mode == "observe" and (host := self._live(seat.room)) is not None:
                host.expel([seat], "withdrawn")
