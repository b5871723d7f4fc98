"""The live worklist: who watches it on this node, and the line of a case as each of them may see it."""

import asyncio
from collections.abc import Callable

from realtime.errors import Unavailable
from realtime.fanout import same_for_all
from realtime.ports import Journal
from realtime.rooms.card import Card, Change, generated_title, may_enter, sees_titles
from realtime.rooms.people import Person
from realtime.socket import Connection
from realtime.wire import CaseFrame, Watch


class Worklist:
    """The connections of this node that watch. Observers hear of a delayed case when its delay is over, not before."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._watchers: dict[Connection, Watch] = {}
        self._later: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._watchers)

    def watch(self, connection: Connection, watch: Watch) -> None:
        """Send `case` frames to this connection from now on; a second `watch` replaces the first."""
        self._watchers[connection] = watch

    def unwatch(self, connection: Connection) -> None:
        """Send it none any more."""
        self._watchers.pop(connection, None)

    def tell(self, card: Card, change: Change, here: int) -> None:
        """Tell all who watch and may see this case that it was opened, changed or closed."""
        delayed = card.case.observers.mode == "delayed" and card.case.observers.delay_s > 0
        self._send(card, change, here, lambda person: person.role != "observer" or not delayed)
        if delayed and any(connection.person.role == "observer" for connection in self._watchers):
            task = asyncio.get_running_loop().create_task(self._tell_later(card, change, here))
            self._later.add(task)
            task.add_done_callback(self._later.discard)

    def close(self) -> None:
        """End what waits for its delay."""
        for task in self._later:
            task.cancel()

    async def _tell_later(self, card: Card, change: Change, here: int) -> None:
        await asyncio.sleep(card.case.observers.delay_s)
        try:
            now = await self._journal.card(card.case.id)
        except Unavailable:
            return
        if now is not None and now.case.observers.mode != "off":
            self._send(card, change, here, lambda person: person.role == "observer")

    def _send(self, card: Card, change: Change, here: int, among: Callable[[Person], bool]) -> None:
        titled = same_for_all(_line(card, change, here, card.case.title))
        untitled = same_for_all(_line(card, change, here, generated_title(card.case)))
        for connection, watch in self._watchers.items():
            person = connection.person
            if among(person) and may_enter(card, person) and _wanted(card, watch):
                connection.write((titled if sees_titles(card, person) else untitled)(connection))


def _line(card: Card, change: Change, here: int, title: str) -> CaseFrame:
    case = card.case
    return CaseFrame(
        room=case.id,
        change=change,
        title=title,
        acuity=case.acuity,
        specialties=case.specialties,
        languages=case.languages,
        opened_at=case.opened_at,
        waiting=card.waiting,
        here=here,
    )


def _wanted(card: Card, watch: Watch) -> bool:
    return _meets(watch.specialties, card.case.specialties) and _meets(watch.languages, card.case.languages)


def _meets(wanted: list[str], offered: list[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(offered)
