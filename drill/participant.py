"""One person of a drill: a client of the server that writes down what it is told."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path

from client.backoff import Backoff
from client.client import Client
from client.errors import ClientError, RefusedByServer
from client.frames import Encoding
from client.room import As, Reset, Room
from drill.history import History

LONGEST_AWAY_S = 2.0


class Participant:
    """Use `enter`, then `say` as often as wanted, `settle` and `leave`. `history`: what happened to this client."""

    def __init__(
        self,
        name: str,
        urls: Sequence[str],
        token: str,
        *,
        outbox: Path | None = None,
        encoding: Encoding = "msgpack",
    ) -> None:
        self.history = History(name)
        self.room: Room | None = None
        self._client = Client(
            urls, token=token, encoding=encoding, outbox=outbox, backoff=lambda: Backoff(cap_s=LONGEST_AWAY_S)
        )
        self._said = 0
        self._waiting: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Task[None] | None = None

    async def enter(self, room: str, as_: As | None = None) -> None:
        """Take a seat and begin to listen."""
        await self._client.__aenter__()
        self.history.person = str(self._client.me["person"])
        self.room = await self._client.join(room, as_=as_)
        self._listening = asyncio.create_task(self._listen(self.room))

    @property
    def here(self) -> set[str]:
        """Who contributes, as this client was told."""
        return set(self.room.roster) if self.room is not None else set()

    @property
    def waits(self) -> bool:
        """Whether something that was sent has no answer yet."""
        return bool(self._waiting)

    @property
    def shown(self) -> int:
        """The newest event that this client was shown."""
        return self.room.position.seq if self.room is not None and self.room.position is not None else 0

    def say(self) -> None:
        """Post one sentence. The answer is written down when it comes."""
        self._said += 1
        task = asyncio.create_task(self._say(f"{self.history.name}-{self._said}"))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def settle(self, within_s: float) -> None:
        """Return when everything that was sent is answered, or when the time is over."""
        if self._waiting:
            await asyncio.wait(self._waiting, timeout=within_s)

    async def leave(self) -> None:
        """Hang up."""
        for task in (*self._waiting, *filter(None, [self._listening])):
            task.cancel()
        await asyncio.gather(*self._waiting, *filter(None, [self._listening]), return_exceptions=True)
        with contextlib.suppress(ClientError):
            await self._client.__aexit__()

    async def _say(self, name: str) -> None:
        assert self.room is not None
        self.history.sent(name)
        try:
            ack = await self._client.post(self.room.id, f"This is sentence {name} of a drill.", id=name)
        except RefusedByServer as refused:
            self.history.refused(name, refused.code)
        except ClientError as error:
            self.history.broken(str(error))
        else:
            self.history.acked(name, ack.seq or 0, ack.duplicate)

    async def _listen(self, room: Room) -> None:
        try:
            async for item in room:
                if isinstance(item, Reset):
                    self.history.reset(*item.position)
                else:
                    self.history.seen(item.seq, item.id, item.check)
        except ClientError as error:
            self.history.broken(str(error))
