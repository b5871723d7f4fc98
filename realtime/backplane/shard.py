"""One server of a Redis: a listener, a publisher and a counter, and whether what the one says reaches the other."""

import asyncio
import logging
import os
from collections.abc import Callable

from realtime.backplane.advice import QUESTION, advice, limits
from realtime.backplane.base import Receiver
from realtime.backplane.counter import Counter
from realtime.backplane.counts import Counts
from realtime.backplane.line import Dial, Lost, asked
from realtime.backplane.listener import Listener
from realtime.backplane.publisher import Publisher
from realtime.backplane.words import Words

logger = logging.getLogger("curbside.backplane")

MOST_MISSES = 3


class Shard:
    """What is published and wanted on one server. `pulse` is a channel of its own there, for probes.

    `trouble` is called when the server is lost, or says that something is not its business.
    """

    def __init__(
        self, dial: Dial, words: Words, receiver: Receiver, *, pulse: bytes, counts: Counts, trouble: Callable[[], None]
    ) -> None:
        self.pulse = pulse
        self.listener = Listener(dial, words, receiver, pulse=pulse, counts=counts, found=self._found, lost=trouble)
        self.publisher = Publisher(dial, words.publish, counts, trouble)
        self.counter = Counter(dial, trouble)
        self._misses = 0
        self._dial = dial
        self._examination: asyncio.Task[None] | None = None

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
        """Send what waits, then end all lines."""
        if self._examination is not None:
            self._examination.cancel()
            await asyncio.wait([self._examination])
        await self.publisher.close()
        await self.listener.close()
        await self.counter.close()

    def _found(self) -> None:
        if self._examination is None:
            self._examination = asyncio.get_running_loop().create_task(self._examine())

    async def _examine(self) -> None:
        """Warn, once, of what is unsafe in the settings of the server, as far as it lets us read them."""
        try:
            found = limits(await asked(self._dial, QUESTION))
        except Lost:
            return
        if found is None:
            logger.info("Redis does not let us read its settings: docs/operate.md says which ones matter")
            return
        for sentence in advice(found):
            logger.warning("%s", sentence)

    def _missed(self, silent: bool) -> None:
        """New lines may end at a server that works: silent ones are left at once, busy ones may just be slow."""
        self._misses += 1
        if silent or self._misses >= MOST_MISSES:
            self._misses = 0
            self.listener.renew()
            self.publisher.renew()
