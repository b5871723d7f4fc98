"""Whatever seats do, each is sent every event once and in order, by way of rounds, parts, the tail and the journal."""

import asyncio
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from realtime.frames import FORMS
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, obi
from tests.live import Caller, LiveNode, site

SEATS = 12
STEPS = 120
FOLLOW: dict[str, Any] = {"as": "follow"}


class Reader:
    """One person who reads on whatever connection they have, and checks what comes."""

    def __init__(self, node: LiveNode, room: str, n: int, chance: random.Random) -> None:
        person, self._wanted = [(ana, {}), (ben, FOLLOW), (obi, {})][n % 3]
        self._person: Person = msgspec.structs.replace(person, id=f"{person.id}{n}")
        self._form = chance.choice(list(FORMS))
        self._node, self._room = node, room
        self._seen: list[tuple[int, str]] = []
        # Whoever comes without a position is sent the newest events, as many as fit; the others all of them.
        self._from_the_first = chance.random() < 0.7
        self.caller = self._call({"after": 0} if self._from_the_first else {})

    def _call(self, at: dict[str, Any]) -> Caller:
        encoding, deflate = self._form
        caller = self._node.call(self._person, encoding, deflate=deflate)
        caller.send("join", id="j", room=self._room, **self._wanted, **at)
        return caller

    def _take(self) -> None:
        """What has come on this connection follows what had come before it."""
        for event in self.caller.events():
            self._seen.append((event["seq"], event["check"]))

    def reconnect(self) -> None:
        if not self.caller.is_closing():
            self.caller.close()
        self._take()
        after, check = self._seen[-1] if self._seen else (0, "")
        at_first = {"after": 0} if self._from_the_first else {}
        self.caller = self._call({"after": after, "check": check} if after else at_first)

    def step_up(self) -> None:
        if self._wanted == FOLLOW and self.caller.of("joined") and not self.caller.is_closing():
            self._wanted = {}
            self.caller.send("step_up", id="s", room=self._room)

    def stall(self) -> None:
        if not self.caller.is_closing() and not self.caller.connection.paused:
            self.caller.stall()

    def drain(self) -> None:
        if not self.caller.is_closing() and self.caller.connection.paused:
            self.caller.drain()

    async def assert_has_all(self, upto: int) -> None:
        self.drain()
        begun = self._seen[-1][0] if self._seen else 0
        async with asyncio.timeout(10):
            while not (events := self.caller.events()) or events[-1]["seq"] < upto:
                if begun == upto:
                    break
                await asyncio.sleep(0.005)
        self._take()
        first = 1 if self._from_the_first else self._seen[0][0]
        assert [seq for seq, _ in self._seen] == list(range(first, upto + 1)), self._person.id


@pytest.mark.parametrize("seed", range(12))
async def test_every_seat_is_sent_every_event_once_and_in_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with site(tmp_path) as here:
        node = await here.node()
        room = await node.open()
        author = await node.seated(cleo, room)
        readers = [Reader(node, room, n, chance) for n in range(SEATS)]
        posted = 0
        for _ in range(STEPS):
            for _ in range(chance.choice([0, 1, 1, 3, 20])):
                posted += 1
                author.send("post", id=f"p{posted}", room=room, text="x" * chance.choice([5, 300, 6_000]))
            act = chance.choice(["stall", "stall", "drain", "drain", "reconnect", "step_up"])
            getattr(chance.choice(readers), act)()
            if chance.random() < 0.5:
                await asyncio.sleep(chance.choice([0, 0.001, 0.005]))
        await author.has(posted + 1)
        for reader in readers:
            await reader.assert_has_all(posted + 1)
