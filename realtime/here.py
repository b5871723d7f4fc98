"""Who is here and who is typing, of one room: this node's own say, the other nodes', and what the seats are told."""

import asyncio
from collections.abc import Callable, Iterable

import msgspec

from realtime.backplane.messages import Asked, CardChanged, Typed
from realtime.fanout import Fanout
from realtime.node import WORKLIST, Node, room_channel
from realtime.presence.roster import Here as Present
from realtime.presence.roster import Roster, Statement
from realtime.presence.typing import TypingBoard
from realtime.rooms.card import Card, Change
from realtime.rooms.room import Room
from realtime.socket import Seat
from realtime.wire.server import ObserversHere, Presence, TypingNow

FLUSH_S = 0.25
COUNTS_S = 1.0
CARD_S = 2.0
SAY_S = 3.0


class Here:
    """The presence of one room on one node. Contributors hear of it 4 times a second at most, the others once."""

    def __init__(self, node: Node, room: str, fanout: Fanout, state: Callable[[], Room]) -> None:
        self._node = node
        self._id = room
        self._fanout = fanout
        self._state = state
        self._roster = Roster()
        self._typing = TypingBoard()
        self._loop = asyncio.get_running_loop()
        self._flushing: asyncio.TimerHandle | None = None
        self._flushed_at = self._counted_at = self._carded_at = self._said_at = 0.0
        self._said: Statement | None = None
        self._stated_ms = 0
        self._counted: tuple[int, dict[str, int]] | None = (0, {})
        self._card_here = 0
        self._untold = False
        self._owed: dict[Seat, set[str]] = {}
        self._unannounced: dict[str, Seat | None] = {}

    def asked(self) -> None:
        """Ask the other nodes who is here: the first seat of this room on this node was taken."""
        self._node.publish(room_channel(self._id), Asked(self._id))

    def changed(self) -> None:
        """A seat came, went or moved: say so soon, together with whatever else changes meanwhile."""
        if self._flushing is None:
            wait_s = max(0.0, self._flushed_at + FLUSH_S - self._loop.time())
            self._flushing = self._loop.call_later(wait_s, self._flush)

    def snapshot(self) -> list[Present]:
        """The contributors here, on all nodes, our own as of now."""
        self._roster.merge(self._own(), self._clock_ms())
        return self._roster.snapshot()

    @property
    def viewers(self) -> int:
        """How many follow, on all nodes."""
        return self._roster.viewers

    def observers(self) -> ObserversHere:
        """How observers see the room and how many of which kind do, on all nodes."""
        switch, kinds = self._state().observers, self._roster.observers
        return ObserversHere(switch.mode, switch.delay_s, sum(kinds.values()), kinds)

    def shown_counts(self) -> tuple[int, ObserversHere]:
        """How many read, for who has just come. Readers hear of it again, as some were told other counts than some."""
        if self._counted != (self._roster.viewers, self._roster.observers):
            self._counted = None
        return self.viewers, self.observers()

    def typing(self, seat: Seat, on: bool) -> None:
        """A contributor of ours types, or stopped."""
        person = seat.person.id
        news = self._typing.on(person, self._clock_ms()) if on else self._typing.off(person)
        if news:
            self._tell_typing(person, on, seat)
        if news or on:
            self._node.publish(room_channel(self._id), Typed(self._id, person, on))

    def received(self, message: Statement | Typed | Asked) -> None:
        """Another node said something of this room."""
        match message:
            case Statement():
                self._roster.merge(message, self._clock_ms())
                self.changed()
            case Typed(who=who, on=on):
                news = self._typing.on(who, self._clock_ms()) if on else self._typing.off(who)
                if news:
                    self._tell_typing(who, on, None)
            case Asked() if len(self._fanout):
                self._say(self._own())

    def tick(self) -> None:
        """Once a second: end what has expired, repeat our own say every three."""
        for who in self._typing.expire(self._clock_ms()):
            self._tell_typing(who, False, None)
        now_s = self._loop.time()
        if self._untold or self._roster.restless or self._to_say(now_s):  # seldom so, and there are thousands of rooms
            if now_s - self._flushed_at < FLUSH_S:
                self.changed()  # a moment later, or it would be the fifth time in a second
            else:
                self._flush()
        self._pay()

    def card_changed(self, card: Card) -> None:
        """Tell the worklist that the case is not what it was."""
        change: Change = "changed" if card.open else "closed"
        changed = CardChanged(card, self._state().seq, change, len(self._roster.snapshot()))
        self._node.publish(WORKLIST, changed)
        self._node.worklist(changed)

    def whole(self, seat: Seat) -> None:
        """Send one seat all that it may know: it has just become a contributor, or has missed who came and went."""
        gone = self._owed.pop(seat, set())
        if seat.mode == "contribute":
            here = self.snapshot()
            gone -= {one.person for one in here}
            seat.connection.send(self._presence(here, sorted(gone), self._roster.seen))
        else:
            seat.connection.send(self._presence([], [], {}))

    def owe(self, seats: Iterable[Seat], gone: Iterable[str] = ()) -> None:
        """Remember that these seats are yet to be sent the whole: they were behind when these people went."""
        for seat in seats:
            self._owed.setdefault(seat, set()).update(gone)

    def close(self) -> None:
        """End the timer."""
        if self._flushing is not None:
            self._flushing.cancel()

    def _flush(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
            self._flushing = None
        self._flushed_at = self._loop.time()
        own = self._own()
        self._roster.merge(own, self._clock_ms())
        if not _same(own, self._said) or self._to_say(self._flushed_at):
            self._say(own)
        changes = self._roster.changes(self._clock_ms())
        if changes is not None:
            frame = self._presence(changes.here, changes.gone, changes.seen)
            self.owe(self._fanout.signal(frame), changes.gone)
            self._tell_of_announced()
        self._tell_counts()
        self._tell_card()

    def _pay(self) -> None:
        """Send the whole to those who had missed a part and listen again; a roster without it would keep ghosts."""
        for seat in list(self._owed):
            if self._fanout.listens(seat):
                self.whole(seat)
            elif not seat.seated:
                del self._owed[seat]

    def _to_say(self, now_s: float) -> bool:
        return len(self._fanout) > 0 and now_s - self._said_at >= SAY_S

    def _say(self, own: Statement) -> None:
        self._said, self._said_at = own, self._loop.time()
        self._node.publish(room_channel(self._id), own)

    def _tell_counts(self) -> None:
        counts = (self._roster.viewers, self._roster.observers)
        now_s = self._loop.time()
        self._untold = counts != self._counted
        if self._untold and now_s - self._counted_at >= COUNTS_S:
            self._untold = False
            self._counted, self._counted_at = counts, now_s
            self._fanout.signal_readers(self._presence([], [], {}), lambda seat: self.owe([seat]))

    def _tell_card(self) -> None:
        """The worklist shows how many are here, at most every two seconds a room."""
        here = len(self._roster.snapshot())
        now_s = self._loop.time()
        if here == self._card_here:
            return
        if now_s - self._carded_at < CARD_S:
            self._untold = True
        else:
            self._card_here, self._carded_at = here, now_s
            self.card_changed(self._state().card)

    def _clock_ms(self) -> int:
        return round(self._loop.time() * 1_000)

    def _own(self) -> Statement:
        self._stated_ms = max(self._stated_ms + 1, self._clock_ms())
        here: dict[str, Present] = {}
        seen: dict[str, int] = {}
        for seat in self._fanout.lanes["contribute"]:
            person = seat.person.id
            if person not in here or seat.since < here[person].since:
                here[person] = Present.of(seat.person.by, seat.since)
            seen[person] = max(seen.get(person, 0), seat.seen)
        return Statement(
            node=self._node.name,
            incarnation=self._node.incarnation,
            room=self._id,
            at_ms=self._stated_ms,
            here=list(here.values()),
            viewers=len(self._fanout.viewers),
            observers=dict(self._fanout.kinds),
            seen={person: seq for person, seq in seen.items() if seq},
        )

    def _presence(self, here: list[Present], gone: list[str], seen: dict[str, int]) -> Presence:
        return Presence(
            room=self._id,
            here=here,
            gone=gone,
            viewers=self._roster.viewers,
            observers=self.observers(),
            seen=seen,
            as_of=self._node.now_ms(),
        )

    def _tell_typing(self, who: str, on: bool, author: Seat | None) -> None:
        """Tell that somebody types, or stopped: once the seats know who that is."""
        if on and not self._roster.knows(who):
            self._unannounced[who] = author
            self.changed()
        elif not on and who in self._unannounced:
            del self._unannounced[who]
        else:
            frame = TypingNow(room=self._id, who=who, on=on)
            self._fanout.signal(frame, but=author.connection if author is not None else None)

    def _tell_of_announced(self) -> None:
        for who in [who for who in self._unannounced if self._roster.knows(who)]:
            self._tell_typing(who, True, self._unannounced.pop(who))


def _same(own: Statement, said: Statement | None) -> bool:
    return said is not None and msgspec.structs.replace(own, at_ms=said.at_ms) == said
