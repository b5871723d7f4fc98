"""Publishes to one server: what one turn of the loop has to say leaves together, in order, over one line."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from realtime.backplane.counts import Counts
from realtime.backplane.line import Dial, ErrorReply, Line, Lost, delays
from realtime.backplane.outbox import Letter, Outbox

logger = logging.getLogger("curbside.backplane")

LAST_WORDS_S = 1.0


class Publisher:
    """One task, one line. `word` is the command; `astray` is called when the server refuses to carry something."""

    def __init__(self, dial: Dial, word: bytes, counts: Counts, astray: Callable[[], None]) -> None:
        self._dial = dial
        self._word = word
        self._counts = counts
        self._astray = astray
        self._outbox = Outbox()
        self._waiting = asyncio.Event()
        self._line: Line | None = None
        self._closing = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._run())

    def publish(self, channel: bytes, payload: bytes) -> None:
        """Send `payload` soon, or drop it; returns at once."""
        self._counts.dropped += self._outbox.put(Letter(self._loop.time(), channel, payload))
        self._waiting.set()

    def renew(self) -> None:
        """Use another line from now on."""
        if self._line is not None:
            self._line.cut()

    async def close(self) -> None:
        """Send what waits, for a second at most, and end."""
        self._closing.set()
        self._waiting.set()
        await asyncio.wait([self._task], timeout=LAST_WORDS_S)
        self._task.cancel()
        await asyncio.wait([self._task])
        self._counts.dropped += len(self._outbox)

    async def _run(self) -> None:
        waits = delays()
        try:
            while not self._closing.is_set():
                await self._waiting.wait()
                self._waiting.clear()
                try:
                    await self._flush()
                    waits = delays()
                except Lost:
                    await self._rest(next(waits))
                except Exception:
                    logger.exception("publishing failed")
                    await self._rest(next(waits))
        finally:
            await self._hang_up()

    async def _rest(self, delay_s: float) -> None:
        """Wait before what is left is tried again; there is no again once this closes."""
        with suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._closing.wait()
        self._waiting.set()

    async def _flush(self) -> None:
        """Send what waits, round after round: what comes while one is under way leaves with the next."""
        while self._outbox:
            line = await self._usable()
            letters, dropped = self._outbox.take(self._loop.time())
            self._counts.dropped += dropped
            if letters:
                await self._send(line, letters)

    async def _send(self, line: Line, letters: list[Letter]) -> None:
        try:
            replies = await line.ask([(self._word, letter.channel, letter.payload) for letter in letters])
        except BaseException:
            # Some may have been carried. Not again: the journal tells what is missing.
            self._counts.dropped += len(letters)
            raise
        refused = sum(isinstance(reply, ErrorReply) for reply in replies)
        self._counts.dropped += refused
        self._counts.published += len(letters) - refused
        if refused:
            self._astray()

    async def _usable(self) -> Line:
        if self._line is None or not await self._line.quiet():
            await self._hang_up()
            self._line = await self._dial()
        return self._line

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            await line.close()
