"""One room of a drill with its people: they enter, speak at times drawn from a seed, and are held to what they saw."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

from client.client import Client
from client.errors import ClientError
from drill.checker import Finding, OnRecord, findings
from drill.history import Acked, History
from drill.participant import Participant

CASE: Final[dict[str, Any]] = {
    "title": "Drill: sudden chest pain",
    "acuity": "urgent",
    "specialties": ["cardiology"],
    "situation": "This case belongs to a drill. There is no patient.",
    "assessment": "None.",
    "request": "None.",
    "observers": "live",
    "reach": "world",
}
LOOK_EVERY_S: Final = 0.1
OUTBOXES: Final = 5


class Consult:
    """A room and its participants, who are owners of `tokens`. They post from `speak` until `hush`."""

    def __init__(
        self,
        room: str,
        opener: Client,
        people: Sequence[Participant],
        tokens: Sequence[str],
        chance: Random,
        per_s: float,
        nodes: int,
    ) -> None:
        self.room = room
        self.people = people
        self.tokens = tokens
        self._opener = opener
        self._chance = chance
        self._per_s = per_s
        self._nodes = nodes
        self._writing: asyncio.Task[None] | None = None

    @property
    def histories(self) -> list[History]:
        """What each client wrote down."""
        return [person.history for person in self.people]

    @property
    def acked(self) -> int:
        """How many events were acked."""
        return sum(1 for history in self.histories for _ in history.of(Acked))

    def speak(self, *, one_sided: bool = False) -> None:
        """Begin to post, each time somebody else, at random intervals; `one_sided`: only who came to the first node.

        Then a node that only listens learns nothing by losing a race: what others say must be brought to it.
        """
        self._writing = asyncio.create_task(self._speak(self.people[:: self._nodes] if one_sided else self.people))

    def shout(self) -> None:
        """Everybody posts at the same moment."""
        for person in self.people:
            person.say()

    async def hush(self) -> None:
        """Post no more."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
            self._writing = None

    async def settle(self, within_s: float) -> float:
        """Wait until all is answered and everybody was shown all of it; how long that took, at most `within_s`."""
        began_s = time.monotonic()
        until_s = began_s + within_s
        await asyncio.gather(*(person.settle(within_s) for person in self.people))
        while time.monotonic() < until_s:
            newest = max((ack.seq for history in self.histories for ack in history.of(Acked)), default=0)
            shown = {person.shown for person in self.people}
            if len(shown) == 1 and min(shown) >= newest and not any(person.waits for person in self.people):
                break
            await asyncio.sleep(LOOK_EVERY_S)
        return time.monotonic() - began_s

    async def another(self, posts: int) -> str:
        """The id of one more case, in which so much was said, closed."""
        room = await self._opener.open_case(f"drill-{self._chance.getrandbits(64):x}", **CASE)
        await self._opener.join(room)
        for number in range(posts):
            await self._opener.post(room, f"This is sentence {number} of another drill.")
        await self._opener.close(room, "drill", "This case belonged to a drill.")
        self._opener.leave(room)
        return room

    async def log(self, within_s: float) -> list[OnRecord]:
        """The log as the server has it. Raises `ClientError`, `TimeoutError`."""
        events: list[OnRecord] = []
        async with asyncio.timeout(within_s):
            while True:
                page = await self._opener.get(f"/api/cases/{self.room}/events?after={len(events)}")
                events += [OnRecord(e["seq"], e["id"], e["check"], e["by"]["person"], e["at"]) for e in page["events"]]
                if not page["events"] or events[-1].seq >= page["seq"]:
                    return events

    async def strangers(self, within_s: float) -> list[str]:
        """Who is told of people who are not here, or is not told of those who are, when the time is over."""
        until_s = time.monotonic() + within_s
        everybody = {person.history.person for person in self.people}
        wrong = self._misled(everybody)
        while wrong and time.monotonic() < until_s:
            await asyncio.sleep(LOOK_EVERY_S)
            wrong = self._misled(everybody)
        return wrong

    def findings(self, log: Sequence[OnRecord], *, taken_back: bool = False) -> list[Finding]:
        """What was promised and not kept."""
        others = [log[0].id] if log else []
        return findings(self.histories, log, others=others, taken_back=taken_back)

    def _misled(self, everybody: set[str]) -> list[str]:
        return [person.history.name for person in self.people if person.here != everybody]

    async def _speak(self, speakers: Sequence[Participant]) -> None:
        while True:
            self._chance.choice(speakers).say()
            await asyncio.sleep(self._chance.expovariate(self._per_s))


@asynccontextmanager
async def consult(
    urls: Sequence[str], tokens: Sequence[str], chance: Random, folder: Path, per_s: float
) -> AsyncIterator[Consult]:
    """A new case in which the owner of each token has a seat, half of them on each node; a few keep an outbox."""
    async with Client(urls, token=tokens[0]) as opener:
        room = await opener.open_case(f"drill-{chance.getrandbits(64):x}", **CASE)
        people = [
            Participant(
                f"p{number}",
                [*urls[number % len(urls) :], *urls[: number % len(urls)]],
                token,
                outbox=folder / f"outbox-{room}-{number}" if number < OUTBOXES else None,
                encoding="json" if number % 2 else "msgpack",
            )
            for number, token in enumerate(tokens)
        ]
        held = Consult(room, opener, people, tokens, chance, per_s, len(urls))
        try:
            await asyncio.gather(*(person.enter(room) for person in people))
            yield held
        finally:
            await held.hush()
            with contextlib.suppress(ClientError):
                await asyncio.gather(*(person.leave() for person in people), return_exceptions=True)
