"""A room's log as events, and the room that they make, read in pages: for the worker's chores."""

from collections.abc import AsyncIterator
from typing import Final

from realtime.ports import Journal
from realtime.rooms.chain import event_of
from realtime.rooms.events import Event
from realtime.rooms.fold import fold
from realtime.rooms.room import Room

PAGE: Final = 500


async def events(journal: Journal, room: str) -> AsyncIterator[Event]:
    """All events of `room`, in order. Raises `Unavailable`."""
    seq = 0
    while records := await journal.records(room, seq, PAGE):
        for record in records:
            yield event_of(record)
        seq = records[-1].seq


async def folded(journal: Journal, room: str) -> Room | None:
    """The room as its log has it, or None where there is none. Raises `Unavailable`."""
    state: Room | None = None
    async for event in events(journal, room):
        state = fold(state, event)
    return state
