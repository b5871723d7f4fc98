"""Counters at one server, which all nodes share: asked over a line of their own, and nothing is ever asked twice."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from realtime.backplane.line import Dial, ErrorReply, Line, Lost

logger = logging.getLogger("curbside.backplane")

# A server that did not answer is left alone for so long: whoever wants to count must not wait for it again and again.
REST_S: Final = 1.0


class Tally(NamedTuple):
    """What a counter says, and in how many seconds it begins anew."""

    value: int
    left_s: float


class Counter:
    """Counts at the server that `dial` reaches. `astray` is called when it says that a counter is not its business.

    What was asked and not answered may have counted, and is not asked again: it would count twice.
    """

    def __init__(self, dial: Dial, astray: Callable[[], None]) -> None:
        self._dial = dial
        self._astray = astray
        self._line: Line | None = None
        self._turn = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        self._rests_until_s = 0.0
        self._warned = False

    async def count(self, name: bytes, by: int, window_s: int) -> Tally | None:
        """Add `by` to a counter that lasts `window_s` from its first. None where the server is away or refuses."""
        words = (
            (b"INCRBY", name, b"%d" % by),
            (b"EXPIRE", name, b"%d" % window_s, b"NX"),
            (b"PTTL", name),
        )
        async with self._turn:
            if self._loop.time() < self._rests_until_s:
                return None
            try:
                replies = await self._asked(words)
            except Lost:
                self._rests_until_s = self._loop.time() + REST_S
                return None
        return self._told(replies, window_s)

    async def close(self) -> None:
        """End the line; who waits gets None."""
        self._rests_until_s = float("inf")
        await self._hang_up()

    async def _asked(self, words: tuple[tuple[bytes, ...], ...]) -> list[Any]:
        try:
            if self._line is None or not await self._line.quiet():
                await self._hang_up()
                self._line = await self._dial()
            return await self._line.ask(words)
        except BaseException:
            await self._hang_up()  # an answer that is still to come would be taken for that of the next question
            raise

    def _told(self, replies: list[Any], window_s: int) -> Tally | None:
        refusal = next((reply for reply in replies if isinstance(reply, ErrorReply)), None)
        if refusal is None:
            value, _, left_ms = replies
            return Tally(int(value), left_ms / 1_000 if left_ms > 0 else float(window_s))
        if refusal.kind != "NOPERM":
            self._astray()
        elif not self._warned:
            self._warned = True
            logger.warning("Redis does not let nodes count, so each counts for itself: see docs/operate.md")
        return None

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            await line.close()
