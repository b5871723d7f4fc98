"""The live worklist: who watches it on this node, and the line of a case as each of them may see it."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from realtime.backplane.messages import CardChanged
from realtime.delayed import Delayed, delay_s, wordless
from realtime.errors import Unavailable
from realtime.frames import shared
from realtime.ports import Journal, Observing
from realtime.rooms.card import Card, Change, generated_title, may_enter, sees_titles
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.observing import may_observe
from realtime.rooms.people import Person, counts_only
from realtime.socket import Connection
from realtime.wire.client import Watch
from realtime.wire.server import CaseFrame, Count, Counts

OVERLAP_MS = 5_000
MOST_TOLD = 10_000
RETRY_S = 1.0


class Worklist:
    """The connections of this node that watch. Observers hear of a delayed case when its delay is over, not before."""

    def __init__(self, journal: Journal, observing: Observing) -> None:
        self._journal = journal
        self._observing = observing
        self._watchers: dict[Connection, Watch] = {}
        self._counts: list[Count] = []
        self._counted: set[Connection] = set()
        self._told: OrderedDict[str, CardChanged] = OrderedDict()
        self._told_meanwhile: set[str] = set()
        self._told_observers: OrderedDict[str, CardChanged] = OrderedDict()
        self._read_at_ms = _now_ms()
        self._delayed: dict[str, Delayed] = {}
        self._later: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._watchers)

    def watch(self, connection: Connection, watch: Watch) -> None:
        """Send `case` frames to this connection from now on; a second `watch` replaces the first."""
        self._watchers[connection] = watch
        self._counted.discard(connection)

    def unwatch(self, connection: Connection) -> None:
        """Send it none any more."""
        self._watchers.pop(connection, None)
        self._counted.discard(connection)

    def tell(self, changed: CardChanged) -> None:
        """Tell all who watch and may see this case; what is older than what was told already is dropped."""
        if not _newest(self._told, changed):
            return
        room = changed.card.case.id
        self._told_meanwhile.add(room)
        self._send(changed, lambda person: person.role != "observer")
        if delay_s(changed.card.case.observers):
            self._delay(changed)
        else:
            self._forget(room)
            self._tell_observers(changed)

    @property
    def counting(self) -> bool:
        """Whether somebody watches who is shown counts."""
        return any(counts_only(connection.person) for connection in self._watchers)

    def count(self, counts: list[Count]) -> None:
        """Send these counts to those who are shown them and have not been sent the same."""
        if counts != self._counts:
            self._counts = counts
            self._counted.clear()
        made = shared(Counts(counts=counts))
        for connection in self._watchers:
            if counts_only(connection.person) and connection not in self._counted:
                self._counted.add(connection)
                connection.write(made(connection.form))

    def erased(self, room: str) -> None:
        """The words of this case were erased: keep none of them, and tell those who watch."""
        for told in (self._told, self._told_observers):
            if (known := told.get(room)) is not None:
                told[room] = wordless(known)
        if (waiting := self._delayed.get(room)) is not None:
            waiting.erase()
        if (known := self._told.get(room)) is not None:
            self.tell(known)

    async def catch_up(self) -> None:
        """The safety net, every second: tell of cards that changed while a message about them was lost.

        Raises `Unavailable`; the next one looks back as far as this one.
        """
        since_ms, now_ms = self._read_at_ms - OVERLAP_MS, _now_ms()
        self._told_meanwhile.clear()
        touched = await self._journal.cards_touched(since_ms) if self._watchers else []
        self._read_at_ms = now_ms
        for card in touched:
            told = self._told.get(card.case.id)
            if card.case.id in self._told_meanwhile or (told is not None and told.card == card):
                continue
            change: Change = "closed" if not card.open else "opened" if card.case.opened_at >= since_ms else "changed"
            self.tell(CardChanged(card, told.seq if told else 0, change, told.here if told else 0))

    def close(self) -> None:
        """End what waits for its delay."""
        for task in self._later.values():
            task.cancel()

    def _delay(self, changed: CardChanged) -> None:
        """Let observers wait for this change, and for what waits already, as long as its card says."""
        room = changed.card.case.id
        if room not in self._delayed and len(self._delayed) >= MOST_TOLD:
            self._forget(next(iter(self._delayed)))
        loop = asyncio.get_running_loop()
        self._delayed.setdefault(room, Delayed()).push(changed, loop.time())
        if (running := self._later.get(room)) is not None:
            running.cancel()
        self._later[room] = loop.create_task(self._tell_later(room, changed.card.case.observers))

    def _forget(self, room: str) -> None:
        self._delayed.pop(room, None)
        if (running := self._later.pop(room, None)) is not None:
            running.cancel()

    async def _tell_later(self, room: str, switch: ObserverSwitch) -> None:
        """Tell of what waits when its time has come, by the room's card as it is then."""
        delayed, loop = self._delayed[room], asyncio.get_running_loop()
        while delayed:
            await asyncio.sleep(delayed.wait_s(switch, loop.time()))
            try:
                now = await self._journal.card(room)
            except Unavailable:
                await asyncio.sleep(RETRY_S)
                continue
            if now is None or now.case.observers.mode == "off":
                break
            switch = now.case.observers
            if delayed.wait_s(switch, loop.time()) <= 0:
                self._tell_observers(delayed.pop(now))
        del self._delayed[room], self._later[room]

    def _tell_observers(self, changed: CardChanged) -> None:
        """What waited for its delay is old where the presenter has opened the room to observers meanwhile."""
        if _newest(self._told_observers, changed):
            self._send(changed, lambda person: person.role == "observer")

    def _send(self, changed: CardChanged, among: Callable[[Person], bool]) -> None:
        card = changed.card
        titled = shared(_line(changed, card.case.title))
        untitled = shared(_line(changed, generated_title(card.case)))
        for connection, watch in self._watchers.items():
            person = connection.person
            if among(person) and self._may_know(card, person) and _wanted(card, watch):
                connection.write((titled if sees_titles(card, person) else untitled)(connection.form))

    def _may_know(self, card: Card, person: Person) -> bool:
        if not may_enter(card, person):
            return False
        if person.role != "observer":
            return True
        permit = self._observing.known(person)
        return permit is not None and may_observe(card, permit, _now_ms())


def _newest(told: OrderedDict[str, CardChanged], changed: CardChanged) -> bool:
    """Put it down as told, unless what was told of its room is newer."""
    room = changed.card.case.id
    if room in told and told[room].seq > changed.seq:
        return False
    told[room] = changed
    told.move_to_end(room)
    if len(told) > MOST_TOLD:
        told.popitem(last=False)
    return True


def _line(changed: CardChanged, title: str) -> CaseFrame:
    case, (help_, help_at) = changed.card.case, changed.card.help
    return CaseFrame(
        room=case.id,
        change=changed.change,
        title=title,
        acuity=case.acuity,
        specialties=case.specialties,
        languages=case.languages,
        opened_at=case.opened_at,
        waiting=changed.card.waiting,
        here=changed.here,
        help=help_,
        help_at=help_at,
    )


def _wanted(card: Card, watch: Watch) -> bool:
    return _meets(watch.specialties, card.case.specialties) and _meets(watch.languages, card.case.languages)


def _meets(wanted: list[str], offered: list[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(offered)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
