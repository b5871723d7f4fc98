"""Listens to one server: keeps a line on which everything that is wanted is subscribed, and says when that is so."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from realtime.backplane.base import Receiver
from realtime.backplane.counts import Counts
from realtime.backplane.line import Command, Dial, ErrorReply, Line, Lost, delays
from realtime.backplane.words import Words

logger = logging.getLogger("curbside.backplane")

CONFIRMED_WITHIN_S = 1.0
BREATH = 64
"""After so many replies the rest of the loop gets its turn: what has already arrived is read without one."""


class Listener:
    """One line at a time, kept by one task. `pulse` is its own channel: subscribed first, on every line.

    `found` is called when a line is live, `lost` when one is lost or none can be had.
    """

    def __init__(
        self,
        dial: Dial,
        words: Words,
        receiver: Receiver,
        *,
        pulse: bytes,
        counts: Counts,
        found: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        self.pulse = pulse
        self.heard = 0
        self.live = False
        self.tried = asyncio.Event()
        self._dial = dial
        self._words = words
        self._receiver = receiver
        self._counts = counts
        self._found = found
        self._lost = lost
        self._wanted: dict[bytes, str] = {pulse: ""}
        self._wishes: dict[bytes, bool] = {}
        self._leaving: set[bytes] = set()
        self._wished = asyncio.Event()
        self._echoes: dict[bytes, asyncio.Future[bool]] = {}
        self._line: Line | None = None
        self._was_live = False
        self._closing = False
        self._task = asyncio.get_running_loop().create_task(self._run())

    def subscribe(self, channel: bytes, name: str) -> None:
        """Want `channel`, which the receiver knows as `name`."""
        self._wanted[channel] = name
        self._wish(channel, True)

    def unsubscribe(self, channel: bytes) -> None:
        """Want it no longer."""
        if self._wanted.pop(channel, None) is not None:
            self._wish(channel, False)

    def forget(self, channel: bytes) -> None:
        """Want it no longer, without a word: it is not this server's any more."""
        self._wanted.pop(channel, None)

    def wants(self, channel: bytes) -> bool:
        """Whether `channel` is wanted of this listener."""
        return channel in self._wanted

    async def echo(self, nonce: bytes) -> bool:
        """Wait until `nonce` has come in on `pulse`, or (False) the line is lost."""
        self._echoes[nonce] = asyncio.get_running_loop().create_future()
        try:
            return await self._echoes[nonce]
        finally:
            del self._echoes[nonce]

    def renew(self) -> None:
        """Use another line from now on."""
        if self._line is not None:
            self._line.cut()

    async def close(self) -> None:
        """End the line and the task."""
        self._closing = True
        self._task.cancel()
        await asyncio.wait([self._task])

    def _wish(self, channel: bytes, wanted: bool) -> None:
        self._wishes[channel] = wanted
        self._wished.set()

    async def _run(self) -> None:
        waits = delays()
        # A group of tasks swallows the cancellation where its line is lost in the same turn.
        while not self._closing:
            why = await self._listen()
            if self.live or not self.tried.is_set():
                logger.warning("the backplane is away: %s", why)
                waits = delays()
            self._part()
            await asyncio.sleep(0 if self._closing else next(waits))

    def _part(self) -> None:
        if self.live:
            self._receiver.lost()
        self.live = False
        for echo in self._echoes.values():
            _resolve(echo, False)
        self.tried.set()
        self._lost()

    async def _listen(self) -> str:
        """Listen on one line until it is lost; returns why."""
        try:
            self._line = await self._dial()
        except Lost as lost:
            return str(lost)
        try:
            async with asyncio.TaskGroup() as connected:
                connected.create_task(self._settle(self._line))
                connected.create_task(self._read(self._line))
        except* Lost as group:
            why = str(group.exceptions[0])
        except* Exception:
            logger.exception("listening failed")
            why = "our fault"
        finally:
            await self._line.close()
            self._line = None
        return why

    async def _settle(self, line: Line) -> None:
        """Subscribe to all that is wanted, then to what is wished; what one turn wishes is sent together."""
        self._leaving.clear()
        self._wishes = dict.fromkeys(self._wanted, True)
        while True:
            wishes, self._wishes = self._wishes, {}
            await line.send(self._commands(wishes))
            await self._wished.wait()
            self._wished.clear()

    def _commands(self, wishes: dict[bytes, bool]) -> list[Command]:
        begin = [channel for channel, wanted in wishes.items() if wanted]
        end = [channel for channel, wanted in wishes.items() if not wanted]
        self._leaving.update(end)
        return [
            *((self._words.subscribe, *channels) for channels in self._words.together(begin)),
            *((self._words.unsubscribe, *channels) for channels in self._words.together(end)),
        ]

    async def _read(self, line: Line) -> None:
        try:
            async with asyncio.timeout(CONFIRMED_WITHIN_S):
                self._take(await line.reply())
        except TimeoutError:
            raise Lost("no subscription was confirmed") from None
        while True:
            self._take(await line.reply())
            if self.heard % BREATH == 0:
                await asyncio.sleep(0)

    def _take(self, reply: Any) -> None:
        self.heard += 1
        match reply:
            case [b"message" | b"smessage", self.pulse, nonce]:
                self._echoed(nonce)
            case [b"message" | b"smessage", channel, payload]:
                self._received(channel, payload)
            case [b"subscribe" | b"ssubscribe", channel, _]:
                self._confirmed(channel)
            case [b"unsubscribe" | b"sunsubscribe", channel, _]:
                self._ended(channel)
            case ErrorReply(kind):
                raise Lost(kind)

    def _echoed(self, nonce: bytes) -> None:
        if (echo := self._echoes.get(nonce)) is not None:
            _resolve(echo, True)

    def _received(self, channel: bytes, payload: bytes) -> None:
        name = self._wanted.get(channel)
        if name is None:
            return
        self._counts.received += 1
        try:
            self._receiver.received(name, payload)
        except Exception:
            logger.exception("what came on %s was not taken", name)

    def _confirmed(self, channel: bytes) -> None:
        if channel == self.pulse:
            self._alive()
        elif (name := self._wanted.get(channel)) is not None:
            try:
                self._receiver.subscribed(name)
            except Exception:
                logger.exception("the subscription to %s was not taken", name)

    def _ended(self, channel: bytes) -> None:
        """A subscription that ends without our wish was ended by the server: its slot has moved to another one."""
        if channel in self._leaving:
            self._leaving.discard(channel)
        elif channel in self._wanted:
            raise Lost("a slot has moved")

    def _alive(self) -> None:
        self._counts.reconnects += self._was_live
        if self.tried.is_set():
            logger.warning("the backplane is back")
        self.live = self._was_live = True
        self.tried.set()
        self._found()


def _resolve(echo: asyncio.Future[bool], echoed: bool) -> None:
    if not echo.done():
        echo.set_result(echoed)
