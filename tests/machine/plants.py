"""Faults of our own making, planted to see whether the machine finds them."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final

import pytest

from persistence import journal_sqlite
from persistence.journal import SqlJournal
from persistence.log import AnswerLost
from realtime.backplane.messages import Records
from realtime.errors import Unavailable
from realtime.host import Host
from realtime.node import room_channel
from realtime.ports import Append
from realtime.rooms.chain import Record
from realtime.turns import Asked, Trial, tried

Plant = Callable[[pytest.MonkeyPatch], None]

_committed = Host._committed
_received = Host.received
_move = journal_sqlite._move


def _tried(host: Host, batch: list[Asked]) -> Trial:
    return tried(batch, host.room, host.head, host._known, host.node.now_ms(), host.node.salts)


def ids_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Host, "_remember", lambda self, record: None)


def events_are_told_before_they_are_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def committed(self: Host, batch: list[Asked]) -> Trial:
        records = [item.record for item in _tried(self, batch).told]
        self.node.publish(room_channel(self.id), Records(self.id, records))
        return await _committed(self, batch)

    monkeypatch.setattr(Host, "_committed", committed)


def commands_are_acked_though_the_journal_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async def committed(self: Host, batch: list[Asked]) -> Trial:
        try:
            return await _committed(self, batch)
        except Unavailable:
            return _tried(self, batch)

    monkeypatch.setattr(Host, "_committed", committed)


def holes_are_not_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Host, "_fill", lambda self: None)


def what_came_before_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def received(self: Host, records: Iterable[Record]) -> None:
        records = list(records)
        for seat in self.fanout:
            seat.cursor = min(seat.cursor, records[0].seq - 1)
        _received(self, records)
        self.fanout.tell()

    monkeypatch.setattr(Host, "received", received)


def refusals_are_not_held_against_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    async def committed(self: Host, batch: list[Asked]) -> Trial:
        trial = _tried(self, batch)
        return trial if not trial.told else await _committed(self, batch)

    monkeypatch.setattr(Host, "_committed", committed)


def appends_are_not_held_against_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_sqlite, "_move", lambda rows: _move(rows).replace(" AND head = moved.column3", ""))


def lost_answers_are_taken_for_acks(monkeypatch: pytest.MonkeyPatch) -> None:
    async def append(self: SqlJournal, wish: Append) -> None:
        with suppress(AnswerLost):
            await self._log.append(wish)

    monkeypatch.setattr(SqlJournal, "append", append)


PLANTS: Final[list[Plant]] = [
    ids_are_not_looked_up,
    events_are_told_before_they_are_committed,
    commands_are_acked_though_the_journal_is_away,
    holes_are_not_filled,
    what_came_before_is_told_again,
    refusals_are_not_held_against_the_journal,
    appends_are_not_held_against_the_digest,
    lost_answers_are_taken_for_acks,
]
