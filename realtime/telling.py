"""Telling people of what concerns them in rooms where they may not be looking: mentions, questions, hand-overs."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from realtime.errors import Unavailable
from realtime.ports import Directory, NoticeBook
from realtime.rates import Bucket
from realtime.rooms.card import may_enter
from realtime.rooms.concerns import Concern, concerned, notice_of
from realtime.rooms.events import Event, Posted
from realtime.rooms.mentions import candidates
from realtime.rooms.people import Person
from realtime.rooms.room import Room

TRY_S: Final = 1.0
MOST_TRIES: Final = 60
PER_HOUR: Final = 60
AT_ONCE: Final = 20
"""So many people one author brings here by their words; of more nobody is told, and the words stand as they are."""
MOST_AUTHORS: Final = 10_000

logger = logging.getLogger("curbside.telling")


class Telling:
    """Makes notices of events that this node has committed, each once, without holding up a turn.

    Who may not enter is told nothing, so that nobody learns of a case by being named in it. While the directory is away
    it is asked again each second for a minute. A notice of a moment ago is lost with the process; the room has what it
    was of. `clock` never goes back.
    """

    def __init__(self, directory: Directory, book: NoticeBook, clock: Callable[[], float] = time.monotonic) -> None:
        self._directory = directory
        self._book = book
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()
        self._authors: OrderedDict[str, Bucket] = OrderedDict()
        self._closed = asyncio.Event()

    def heard(self, room: Room, events: Sequence[Event]) -> None:
        """Tell those whom `events` concern, `room` being as it is after them."""
        for event in events:
            if concerned(room, event) or _mentions(event):
                task = asyncio.get_running_loop().create_task(self._tell(room, event))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Return when nothing is under way; what waits for the directory is given up."""
        self._closed.set()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _tell(self, room: Room, event: Event) -> None:
        for _ in range(MOST_TRIES):
            try:
                concerns, people = await self._found(room, event)
            except Unavailable:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), TRY_S)
                    break
                continue
            told = [person.id for person in people if self._may_be_told(person, room, event)]
            self._book.notify([notice_of(concerns[person], room, event) for person in told])
            return
        logger.info("nobody is told of event %d of room %s: the journal is away", event.seq, room.card.case.id)

    async def _found(self, room: Room, event: Event) -> tuple[dict[str, Concern], list[Person]]:
        """Whom `event` concerns, and how. Raises `Unavailable`."""
        concerns = {concern.person: concern for concern in await self._mentioned(event)}
        concerns |= {concern.person: concern for concern in concerned(room, event)}
        people = [await self._directory.person(person) for person in concerns]
        return concerns, [person for person in people if person is not None]

    async def _mentioned(self, event: Event) -> list[Concern]:
        places = _mentions(event)
        if not places:
            return []
        known = await self._directory.named([handle for place in places for handle in place])
        found = (next((known[handle] for handle in place if handle in known), None) for place in places)
        return [Concern(person, "handle") for person in found if person is not None and person != event.by.person]

    def _may_be_told(self, person: Person, room: Room, event: Event) -> bool:
        entitled = person.role != "observer" and may_enter(room.card, person)
        return entitled and self._allowance(event.by.person).take(self._clock())

    def _allowance(self, author: str) -> Bucket:
        found = self._authors.setdefault(author, Bucket(PER_HOUR / 3_600, AT_ONCE, self._clock()))
        self._authors.move_to_end(author)
        if len(self._authors) > MOST_AUTHORS:
            self._authors.popitem(last=False)
        return found


def _mentions(event: Event) -> list[list[str]]:
    return candidates(event.body.text) if isinstance(event.body, Posted) else []
