"""One server of a Redis: a listener and a publisher, and whether what the one says reaches the other."""

import asyncio
import os
from collections.abc import Callable

from realtime.backplane.base import Receiver
from realtime.backplane.counts import Counts
from realtime.backplane.line import Dial
from realtime.backplane.listener import Listener
from realtime.backplane.publisher import Publisher
from realtime.backplane.words import Words

MOST_MISSES = 3


class Shard:
    """What is published and wanted on one server. `pulse` is a channel of its own there, for probes.

    `trouble` is called when the server is lost, or says that something is not its business.
    """

    def __init__(
        self, dial: Dial, words: Words, receiver: Receiver, *, pulse: bytes, counts: Counts, trouble: Callable[[], None]
    ) -> None:
        self.pulse = pulse
        self.listener = Listener(dial, words, receiver, pulse=pulse, counts=counts, lost=trouble)
        self.publisher = Publisher(dial, words.publish, counts, trouble)
        self._misses = 0

    async def probe(self, timeout_s: float) -> bool:
        """Whether what is published here is heard here."""
        if not self.listener.live:
            return False
        nonce, heard = os.urandom(16), self.listener.heard
        self.publisher.publish(self.pulse, nonce)
        try:
            async with asyncio.timeout(timeout_s):
                echoed = await self.listener.echo(nonce)
        except TimeoutError:
            echoed = False
            self._missed(silent=self.listener.heard == heard)
        if echoed:
            self._misses = 0
        return echoed

    async def close(self) -> None:
        """Send what waits, then end both lines."""
        await self.publisher.close()
        await self.listener.close()

    def _missed(self, silent: bool) -> None:
        """New lines may end at a server that works: silent ones are left at once, busy ones may just be slow."""
        self._misses += 1
        if silent or self._misses >= MOST_MISSES:
            self._misses = 0
            self.listener.renew()
            self.publisher.renew()
