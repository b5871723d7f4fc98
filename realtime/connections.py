"""All connections of this node: one look a second for heartbeats, slow readers and expired sign-ins, and the drain."""

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Collection, Iterator

from realtime.addresses import network
from realtime.closing import WITHDRAWN
from realtime.elsewhere import MANY_OF_NETWORK, MANY_OF_PERSON, many
from realtime.slices import spread
from realtime.socket import Connection
from realtime.stream import EventStream
from realtime.wire.frame import Frame
from realtime.wire.server import Bye

HEARTBEAT_S = 6
SILENCE_S = 2 * HEARTBEAT_S
STALLED_S = 10
DRAIN_MS = 3_000
CLOSING_S = 2.0
# Those whom a drain sends away are not to come to the other nodes at once, nor the last of them late.
LEAVING_PER_S = 1_000
SPREAD_S = 1.0


class Connections:
    """The open connections. Times are seconds of the loop's clock unless their names say otherwise."""

    def __init__(self) -> None:
        self._all: dict[Connection, None] = {}
        # Nearly everybody has one, and no need of a tuple for it.
        self._of_person: dict[str, Connection | tuple[Connection, ...]] = {}
        self._of_network: Counter[str] = Counter()
        self._streams: dict[str, EventStream] = {}
        self._emptied = asyncio.Event()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._all))

    def add(self, connection: Connection) -> None:
        """Take in one that has just opened."""
        self._all[connection] = None
        person = connection.person.id
        others = self.those_of(person)
        self._of_person[person] = (*others, connection) if others else connection
        self._of_network[network(connection.address)] += 1
        if isinstance(connection, EventStream):
            self._streams[connection.name] = connection

    def discard(self, connection: Connection) -> None:
        """Forget one that is gone."""
        if connection not in self._all:
            return
        del self._all[connection]
        person, key = connection.person.id, network(connection.address)
        match [one for one in self.those_of(person) if one is not connection]:
            case []:
                del self._of_person[person]
            case [one]:
                self._of_person[person] = one
            case others:
                self._of_person[person] = tuple(others)
        self._of_network[key] -= 1
        if not self._of_network[key]:
            del self._of_network[key]
        if isinstance(connection, EventStream):
            del self._streams[connection.name]
        if not self._all:
            self._emptied.set()

    @property
    def streams(self) -> int:
        """How many of them are event streams."""
        return len(self._streams)

    def stream(self, name: str) -> EventStream | None:
        """The event stream of this name."""
        return self._streams.get(name)

    def of_person(self, person: str) -> int:
        """How many connections a person has on this node."""
        return len(self.those_of(person))

    def those_of(self, person: str) -> tuple[Connection, ...]:
        """The connections of a person on this node."""
        those = self._of_person.get(person, ())
        return those if isinstance(those, tuple) else (those,)

    def people(self) -> frozenset[str]:
        """Who has a connection to this node."""
        return frozenset(self._of_person)

    def of_network(self, key: str) -> int:
        """How many come from one network, as `realtime.addresses` counts them."""
        return self._of_network[key]

    def many(self) -> tuple[dict[str, int], dict[str, int]]:
        """The people, and the networks, that have several here."""
        of_person = {person: len(those) for person, those in self._of_person.items() if isinstance(those, tuple)}
        return many(of_person, MANY_OF_PERSON), many(self._of_network, MANY_OF_NETWORK)

    def look_at(self, connection: Connection, now_s: float, now_ms: int) -> None:
        """End one that is silent, does not read, or whose sign-in is over; ask one that is quiet for a sign of life."""
        silent_s = now_s - connection.heard_at
        if silent_s > SILENCE_S:
            connection.abort()
        elif connection.paused_at is not None and now_s - connection.paused_at > STALLED_S:
            connection.close(4408, "too slow to read")
            connection.abort()
        elif connection.expires_at <= now_ms:
            connection.close(4401, "sign-in expired")
        elif silent_s > HEARTBEAT_S:
            connection.ping()

    def revoke(self, sessions: Collection[str]) -> None:
        """End the connections of sessions that were signed out or taken back."""
        for connection in self:
            if connection.session in sessions:
                connection.close(4401, "signed out")

    def withdraw(self, people: Collection[str]) -> None:
        """End the connections of people who may not use this server any more."""
        for person in people:
            for connection in self.those_of(person):
                connection.close(*WITHDRAWN)

    def tell(self, frame: Frame) -> None:
        """Send one frame to every connection."""
        for connection in self:
            connection.send(frame)

    def excuse(self, held_up_s: float, now_s: float) -> None:
        """This node was stopped, and heard nobody, for so long: that is nobody's silence."""
        for connection in self:
            connection.heard_at = min(now_s, connection.heard_at + held_up_s)
            if connection.paused_at is not None:
                connection.paused_at = min(now_s, connection.paused_at + held_up_s)

    async def drain(self) -> None:
        """Say goodbye to all, a few at a time, each with a delay of its own; return when they are gone or after 3 s."""
        await spread(_send_away, list(self), min(SPREAD_S, len(self) / LEAVING_PER_S))
        if self._all:
            self._emptied.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._emptied.wait(), CLOSING_S)
        for connection in self:
            connection.abort()


def _send_away(connection: Connection) -> None:
    connection.send(Bye(code=1012, retry_after_ms=random.randrange(DRAIN_MS)))
    connection.close(1012, "this node is going")
