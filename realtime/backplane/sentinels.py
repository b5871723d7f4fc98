"""Redis Sentinel: watchers beside a Redis, who say which server is the master and name another if it is lost."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from functools import partial

from realtime.backplane.line import DialAt, ErrorReply, Lost, asked
from realtime.backplane.slots import Address, Map, everything_at
from realtime.backplane.words import PLAIN

AGAIN_S = 2.0
"""A master that was given up may live on, and serve whoever is still there: only the sentinels' word tells."""


class Sentinels:
    """The sentinels at these addresses, who call their master `service`."""

    words = PLAIN
    again_s = AGAIN_S

    def __init__(self, dial: DialAt, sentinels: Sequence[Address], service: str) -> None:
        self._dial = dial
        self._sentinels = sentinels
        self._question = (b"SENTINEL", b"GET-MASTER-ADDR-BY-NAME", service.encode())
        self._map: Map = {}

    async def look(self, known: Sequence[Address]) -> Map:
        """All at the master that most of them name: one that is cut off from the others may know an old one."""
        votes, why = await self._votes()
        if not votes:
            raise Lost(why)
        master = max(votes, key=lambda named: (votes[named], named in known))
        if master not in self._map:
            self._map = everything_at(master)
        return self._map

    async def _votes(self) -> tuple[Counter[Address], str]:
        """The masters they name, until more than half agree; and why the last one who named none did not."""
        asking = [asyncio.create_task(self._ask(sentinel)) for sentinel in self._sentinels]
        votes: Counter[Address] = Counter()
        why = ""
        try:
            for answer in asyncio.as_completed(asking):
                try:
                    votes[await answer] += 1
                except Lost as lost:
                    why = str(lost)
                if any(count > len(asking) / 2 for count in votes.values()):
                    break
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
        return votes, why

    async def _ask(self, sentinel: Address) -> Address:
        match await asked(partial(self._dial, sentinel), self._question):
            case [bytes(host), bytes(port)] if port.isdigit():
                return Address(host.decode(errors="replace"), int(port))
            case None:
                raise Lost("the sentinels know no master of that name")
            case ErrorReply(kind):
                raise Lost(f"a sentinel refuses ({kind})")
            case _:
                raise Lost("a sentinel's answer is no address")
