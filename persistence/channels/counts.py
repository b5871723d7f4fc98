"""How deliveries end, counted for `/metrics` by whoever ends them, and read by any process."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from persistence.channels import tables
from persistence.database import Database
from persistence.insert import insert_new

WITHIN_S: Final = (1, 2, 5, 10, 20, 30, 60, 300, 3_600, 86_400)
LONGER_S: Final = 0
"""In the column `within_s`: more than the longest of them, and all that were not sent."""
EVERY_S: Final = 5.0


class Counts(NamedTuple):
    """What has ended so far: how many by (kind, state); those that were sent by kind and seconds; ms in all by kind.

    `waiting`: those whose time has come, and that are not ended.
    """

    ended: Mapping[tuple[str, str], int]
    within: Mapping[tuple[str, int], int]
    total_ms: Mapping[str, int]
    waiting: int


class Counted:
    """The counts, a few seconds old. While the database is away: as they last were."""

    def __init__(self, database: Database) -> None:
        self.now = Counts({}, {}, {}, 0)
        self._database = database
        self._next_s = 0.0

    async def refresh(self, now_ms: int) -> None:
        """Ask anew, every 5 s at most. Raises `Unavailable`."""
        if time.monotonic() >= self._next_s:
            self._next_s = time.monotonic() + EVERY_S
            self.now = await self._database.read(lambda sql: counts(sql, now_ms))


def count(session: Session, rows: Iterable[tables.Delivery], now_ms: int) -> None:
    """These have ended now."""
    found: Counter[tuple[str, str, int]] = Counter()
    total_ms: Counter[tuple[str, str, int]] = Counter()
    for row in rows:
        sent, took_ms = row.state == "sent", max(0, now_ms - row.at)
        key = (row.kind, row.state, _within(took_ms) if sent else LONGER_S)
        found[key] += 1
        total_ms[key] += took_ms if sent else 0
    # In one order: two that count at once wait for each other at most once.
    for key in sorted(found):
        _add(session, key, found[key], total_ms[key])


def counts(session: Session, now_ms: int) -> Counts:
    """All that is counted."""
    ended: dict[tuple[str, str], int] = {}
    within: dict[tuple[str, int], int] = {}
    total_ms: dict[str, int] = {}
    for row in session.exec(select(tables.DeliveryCount)):
        ended[row.kind, row.state] = ended.get((row.kind, row.state), 0) + row.count
        if row.state == "sent":
            within[row.kind, row.within_s] = row.count
            total_ms[row.kind] = total_ms.get(row.kind, 0) + row.total_ms
    delivery = tables.Delivery
    due = select(func.count()).where(delivery.state == "waiting", delivery.next_at <= now_ms)
    return Counts(ended, within, total_ms, session.exec(due).one())


def _add(session: Session, key: tuple[str, str, int], count: int, total_ms: int) -> None:
    row, names = tables.DeliveryCount, ("kind", "state", "within_s")
    insert_new(session, row, [{**dict(zip(names, key, strict=True)), "count": 0, "total_ms": 0}], names)
    mine = (col(row.kind) == key[0], col(row.state) == key[1], col(row.within_s) == key[2])
    session.execute(update(row).where(*mine).values(count=row.count + count, total_ms=row.total_ms + total_ms))


def _within(took_ms: int) -> int:
    return next((bound for bound in WITHIN_S if took_ms <= bound * 1_000), LONGER_S)
