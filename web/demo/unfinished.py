"""The cases that an earlier start of the demo has left open."""

from typing import NamedTuple

from sqlmodel import Session as Sql
from sqlmodel import col, func, select

from persistence import tables
from persistence.rows import card
from realtime.rooms.card import Card
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import SYSTEM

WAITING_MS = 600_000
"""A case that waits for longer would not look like one that was just opened."""


class Unfinished(NamedTuple):
    """The card of an open case, and how many of its events are people's, not the server's own."""

    card: Card
    events: int

    def serves(self, wish: OpenCase, now_ms: int) -> bool:
        """Whether it can stand for `wish`: the same words, just opened, and nobody but guests has come."""
        case = self.card.case
        same = all(getattr(case, part) == getattr(wish, part) for part in _words)
        untouched = self.events == 1 + len(self.card.invited)
        return same and untouched and now_ms - case.opened_at < WAITING_MS


_words = ("title", "situation", "background", "assessment", "request")


def unfinished(sql: Sql, presenter: str) -> list[Unfinished]:
    """The open cases of `presenter`."""
    room, event = tables.Room, tables.Event
    said = select(func.count()).where(col(event.room) == col(room.id), col(event.by) != SYSTEM).scalar_subquery()
    wanted = select(room.card, said).where(col(room.presenter) == presenter, col(room.status) == "open")
    return [Unfinished(card(stored), events) for stored, events in sql.exec(wanted)]
