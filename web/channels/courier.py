"""The courier: from a notice in the journal to what rings. One in each worker; several share the work by leases."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from sqlmodel import Session

from persistence.channels import deliveries, own, planning
from persistence.channels.addresses import Keys
from persistence.channels.deliveries import Claim, lease_ms
from persistence.database import Database
from persistence.stillness import Stillness
from realtime.errors import Unavailable
from realtime.rooms.paging.routing import pause_ms
from web.channels.sending import NotSent, Parcel, Sender, parcel_id
from web.clock import Clock
from web.logs import place
from web.mail import AT_ONCE

logger = logging.getLogger("curbside.courier")

POLL_S: Final = 0.3
MOST_OF_A_KIND: Final = 50
"""So many attempts of one kind of channel go on at once: one kind whose far ends hang holds up no other."""
MOST_MAILS: Final = AT_ONCE
"""What is claimed begins: its lease is not spent on waiting for a turn."""
FIRST_LEFT_MS: Final = 2_000
PARTING_S: Final = 2.0
AGAIN_S: Final = 1.0


class Courier:
    """Sends what is due. `second_ms`: after how long a second channel is used for `stat`."""

    def __init__(
        self, *, database: Database, keys: Keys, senders: Mapping[str, Sender], now_ms: Clock, second_ms: int
    ) -> None:
        self._database = database
        self._keys = keys
        self._senders = senders
        self._now_ms = now_ms
        self._second_ms = second_ms
        self._stillness = Stillness(database)
        self._said_other_key = False
        self._under_way: dict[asyncio.Task[None], Claim] = {}
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Work until cancelled; then what is under way has two seconds more. What fails is logged and tried again."""
        try:
            while True:
                self._ended.clear()
                if not await self._worked():
                    await self._rest()
        finally:
            await self._part()

    async def step(self) -> bool:
        """Plan what is new and begin what is due; whether there was anything. Raises `Unavailable`."""
        now_ms, busy, free = self._now_ms(), self._busy(), self._free()

        def waits(sql: Session) -> bool:
            return planning.waits(sql, now_ms) or deliveries.waits(sql, busy, free, now_ms)

        def taken(sql: Session) -> tuple[int, list[Claim]]:
            return planning.plan(sql, now_ms, self._second_ms), deliveries.claimed(sql, busy, free, now_ms)

        if not await self._database.read(waits):
            return False
        notices, claims = await self._database.write(taken)
        for claim in claims:
            self._begin(claim)
        return bool(notices or claims)

    async def idle(self) -> None:
        """Return once nothing is under way."""
        while self._under_way:
            await asyncio.wait(list(self._under_way))

    async def _worked(self) -> bool:
        try:
            return self._stillness.broken() and await self.step()
        except Unavailable:
            return False
        except Exception:
            logger.exception("the courier failed; it goes on")
            return False

    async def _rest(self) -> None:
        """A channel that is free again may have more to send."""
        try:
            async with asyncio.timeout(POLL_S):
                await self._ended.wait()
        except TimeoutError:
            pass

    async def _part(self) -> None:
        if self._under_way:
            await asyncio.wait(list(self._under_way), timeout=PARTING_S)
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        for sender in self._senders.values():
            await sender.close()

    def _begin(self, claim: Claim) -> None:
        task = asyncio.create_task(self._deliver(claim), name=f"deliver {claim.kind}")
        self._under_way[task] = claim
        task.add_done_callback(self._done)

    def _busy(self) -> set[str]:
        return {claim.channel for claim in self._under_way.values()}

    def _free(self) -> dict[str, int]:
        """How many more attempts may begin, by each kind that can be sent here: others are for another process."""
        begun = Counter(claim.kind for claim in self._under_way.values())
        return {kind: (MOST_MAILS if kind == "email" else MOST_OF_A_KIND) - begun[kind] for kind in self._senders}

    def _done(self, task: "asyncio.Task[None]") -> None:
        del self._under_way[task]
        self._ended.set()

    async def _deliver(self, claim: Claim) -> None:
        until_ms = self._now_ms() + lease_ms(claim.kind)
        try:
            address = self._keys.opened(claim.channel, claim.sealed)
        except ValueError:
            self._say_other_key()
            await self._settle(partial(_left, claim), until_ms)
            return
        try:
            await self._senders[claim.kind].send(Parcel(parcel_id(*claim.key), address, claim.told, claim.until))
        except NotSent as why:
            logger.warning("a delivery by %s did not go: %s, attempt %d", claim.kind, why.error, claim.attempt)
            await self._settle(partial(_failed, claim, why, random.random()), until_ms)
        except Exception as error:
            logger.error("a delivery by %s failed: %s", claim.kind, place(error))
            await self._settle(partial(_failed, claim, NotSent("bug"), random.random()), until_ms)
        else:
            await self._settle(partial(_sent, claim), until_ms)

    def _say_other_key(self) -> None:
        """Once: it is so for one channel or for all, and an operator has to look either way."""
        if not self._said_other_key:
            self._said_other_key = True
            logger.error(
                "a channel's address was sealed with another CURBSIDE_VAULT_KEY than this process has: give it the same"
                " as the others. What is to go there waits for a worker that can open it"
            )

    async def _settle(self, write: Callable[[int, Session], None], until_ms: int) -> None:
        """Put on record what came of it. Where that cannot be, it is sent again when the lease ends."""
        while (now_ms := self._now_ms()) < until_ms:
            try:
                return await self._database.write(partial(write, now_ms))
            except Unavailable:
                await asyncio.sleep(AGAIN_S)


def _sent(claim: Claim, now_ms: int, session: Session) -> None:
    deliveries.settle(session, claim, "sent", None, now_ms)


def _left(claim: Claim, now_ms: int, session: Session) -> None:
    """To a process that has the key, now or once it was corrected: looked at again after twice the time of before."""
    next_at = now_ms + FIRST_LEFT_MS * 2 ** min(claim.attempt - 1, 10)
    deliveries.postpone(session, claim, "other_key", min(next_at, claim.until))


def _failed(claim: Claim, why: NotSent, chance: float, now_ms: int, session: Session) -> None:
    """Later again, if there is a later at which it is of use."""
    if why.gone:
        own.disable(session, claim.channel, why.error, now_ms)
    next_at = now_ms + pause_ms(claim.attempt, chance)
    if why.final or next_at >= claim.until:
        deliveries.settle(session, claim, "failed" if why.final else "given_up", why.error, now_ms)
    else:
        deliveries.postpone(session, claim, why.error, next_at)
