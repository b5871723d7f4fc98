"""A worker's chore of each minute: a checkpoint of the audit, its copy, and once a day the removal of old lines."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from persistence.audit.copies import Copies, checkpoints_after
from persistence.audit.retention import kept_since, remove_before
from persistence.audit.witness import Witness, checkpoint_of, last
from persistence.database import Database
from persistence.seal import SealKey
from realtime.ports import Audit
from realtime.rooms.people import SYSTEM

# Of two workers the second one comes a moment later.
SOON_MS: Final = 50_000
DAY_MS: Final = 86_400_000

logger = logging.getLogger("curbside.audit")


class AuditKeeper:
    """Keeps lines for `years`. Copies go into the folder `copies`, where one is given."""

    def __init__(
        self,
        *,
        database: Database,
        audit: Audit,
        key: SealKey,
        now_ms: Callable[[], int],
        years: int,
        copies: Path | None = None,
    ) -> None:
        self._database = database
        self._audit = audit
        self._now_ms = now_ms
        self._years = years
        self._witness = Witness(database, key, now_ms)
        self._copies = Copies(copies) if copies is not None else None
        self._removed_at = 0

    async def minute(self) -> None:
        """What one minute asks for. Raises `Unavailable`."""
        now_ms = self._now_ms()
        before = await self._database.read(last)
        if before is None or not 0 <= now_ms - before.statement.at < SOON_MS:
            await self._witness.checkpoint()
        await self._copy()
        if now_ms - self._removed_at >= DAY_MS:
            await self._remove(now_ms)

    async def _copy(self) -> None:
        if self._copies is None:
            return
        try:
            after = await asyncio.to_thread(self._copies.last)
            while found := await self._database.read(partial(checkpoints_after, after)):
                for row in found:
                    await asyncio.to_thread(self._copies.append, checkpoint_of(row))
                after = found[-1].number
        except (OSError, ValueError) as error:
            logger.error("checkpoints are not copied: %s", error)

    async def _remove(self, now_ms: int) -> None:
        since_ms = kept_since(now_ms, self._years)
        gone = await remove_before(self._database, self._witness, since_ms)
        self._removed_at = now_ms
        if gone:
            self._audit.note("lines_removed", SYSTEM, detail=f"{gone} from before {since_ms}")
