"""Three nodes of one deployment in one process, each of which may crash: then it has nothing left but the journal."""

import asyncio
from typing import Final

from realtime.errors import Unavailable
from realtime.node import NODES as NODES_CHANNEL
from realtime.rooms.people import Person
from tests.live import AMPLE, LiveNode
from tests.machine.ground import NODES, PATIENCE_S, Ground
from tests.machine.ledger import Ledger
from tests.machine.speaker import Speaker
from tests.machine.unruly import UnrulyBackplane

TURNS: Final = 12
"""Turns of the loop without news after which none can come, while no call to the journal is under way."""


class Fleet:
    """Nodes by number over `ground`, with one room, in which the speakers sit. `key` names the room's case."""

    def __init__(self, ground: Ground, key: str) -> None:
        self.ground = ground
        self.ledger = Ledger()
        self.nodes: list[LiveNode] = []
        self.backplanes: list[UnrulyBackplane] = []
        self.speakers: list[Speaker] = []
        self.room = ""
        self._key = key
        self._were_stale: set[int] = set()

    async def begin(self) -> None:
        """Start the nodes and open the room."""
        self.ground.fresh()
        for journal in self.ground.journals:
            journal.away, journal.log.fault = False, None
        for number in range(NODES):
            backplane, node = self._made(number)
            self.backplanes.append(backplane)
            self.nodes.append(node)
            await _start(node)
        self.room = await self.nodes[0].open(key=self._key)

    def seat(self, person: Person, number: int, **fields: str) -> Speaker:
        """One more speaker, at this node."""
        speaker = Speaker(person, self.ledger, **fields)
        self.speakers.append(speaker)
        self.join(speaker, number)
        return speaker

    def join(self, speaker: Speaker, number: int) -> None:
        """Let a speaker come, or come back, to this node."""
        speaker.joins(self.nodes[number], number, self.room)

    async def end(self) -> None:
        """End every node."""
        for number in range(len(self.nodes)):
            await self._stop(number)

    async def crash(self, number: int) -> None:
        """Lose all that a node has in memory, and every connection to it; a new one takes its place."""
        await self._stop(number)
        self.ground.journals[number].log.fault = None
        self.backplanes[number], self.nodes[number] = self._made(number)
        await _start(self.nodes[number])

    async def second(self, number: int) -> None:
        """What a node does every second for the sake of its rooms: compare their heads with the journal's."""
        try:
            await self.nodes[number].hub._compare_heads()
        except Unavailable:
            return

    async def go_back(self, lost: int) -> None:
        """Let the journal lose its newest records."""
        left = self.ledger.log[: len(self.ledger.log) - lost]
        await self.ground.go_back(self.room, left)
        self.ledger.goes_back(len(left))
        self._were_stale |= self._stale()

    async def quiet(self) -> None:
        """Return when nothing happens any more by itself."""
        async with asyncio.timeout(PATIENCE_S):
            await self.ground.carried(self.backplanes)
            calm = 0
            while calm < TURNS:
                await asyncio.sleep(0)
                calm += 1
                if any(journal.busy for journal in self.ground.journals):
                    await asyncio.sleep(0.0002)
                    calm = 0
            await self.ground.carried(self.backplanes)

    async def check(self) -> None:
        """Hold all that people were told since the last time against the journal."""
        await self.quiet()
        claims = [(speaker.number, claim) for speaker in self.speakers for claim in speaker.looks()]
        self.ledger.reads(await self.ground.records(self.room))
        stale = self._stale()
        for number, claim in claims:
            claim(number in stale | self._were_stale)
        self._were_stale = stale

    def _stale(self) -> set[int]:
        """The nodes whose room is not as the journal has it, not even as it was before."""
        hosts = {number: node.hub.live(self.room) for number, node in enumerate(self.nodes)}
        return {
            number
            for number, host in hosts.items()
            if host is not None and host.head.seq and not self.ledger.has(host.head.seq, host.head.check)
        }

    def _made(self, number: int) -> tuple[UnrulyBackplane, LiveNode]:
        backplane = UnrulyBackplane(self.ground.backplane())
        return backplane, LiveNode(self.ground.journals[number], backplane, AMPLE)

    async def _stop(self, number: int) -> None:
        for speaker in self.speakers:
            if speaker.number == number:
                speaker.hangs_up()
        await self.nodes[number].hub.close()
        self.nodes[number].gateway.close()


async def _start(node: LiveNode) -> None:
    """What `Hub.start` does, but for the clock: a second passes when a test says so."""
    backplane = node.hub.node.backplane
    await backplane.start(node.hub)
    backplane.subscribe(NODES_CHANNEL)
