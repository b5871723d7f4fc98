"""The cases that an earlier start of the demo has left open."""

from typing import NamedTuple

from sqlmodel import Session as Sql
from sqlmodel import col, select

from persistence import tables
from persistence.rows import card
from realtime.rooms.card import Card
from realtime.rooms.opening import OpenCase

WAITING_MS = 600_000
"""A case that waits for longer would not look like one that was just opened."""


class Unfinished(NamedTuple):
    """The card of an open case, and how many events it has."""

    card: Card
    seq: int

    def serves(self, wish: OpenCase, now_ms: int) -> bool:
        """Whether it can stand for `wish`: the same words, just opened, and nobody but guests has come."""
        case = self.card.case
        same = all(getattr(case, part) == getattr(wish, part) for part in _words)
        untouched = self.seq == 1 + len(self.card.invited)
        return same and untouched and now_ms - case.opened_at < WAITING_MS


_words = ("title", "situation", "background", "assessment", "request")


def unfinished(sql: Sql, presenter: str) -> list[Unfinished]:
    """The open cases of `presenter`."""
    room = tables.Room
    wanted = select(room).where(col(room.presenter) == presenter, col(room.status) == "open")
    return [Unfinished(card(row.card), row.seq) for row in sql.exec(wanted)]
