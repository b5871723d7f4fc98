"""What is said while nothing can be put on record: after a second the other contributors are shown it, as that.

It is a signal: told to the contributors of every node, kept in memory only for who comes later, and forgotten where
its author stops trying. Each resend renews it; the event with the same id replaces it.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from realtime.backplane.messages import Unrecorded
from realtime.fanout import Fanout
from realtime.node import Node, room_channel
from realtime.rooms.commands import Post, Retract
from realtime.rooms.decide import decide
from realtime.rooms.events import Event
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.socket import Seat
from realtime.turns import Answer, Asked
from realtime.wire.server import Provisional

AFTER_S = 1.0
# An author tries once a second: what is shown is told again this often at the most.
RENEWED_S = 2.0
LASTS_S = 60.0
# A look at what waits for a commit is never sooner after the last one.
LOOK_S = 0.1
MOST = 200
MOST_OF_ONE = 20


class Shown(NamedTuple):
    """What contributors are shown, told last at `told_s` (the loop's clock)."""

    frame: Provisional
    told_s: float


class Provisionals:
    """The unrecorded posts of one room on one node: at most 200, at most 20 of one person; more are not shown.

    `state` is the room as last known, `on_record` whether an id is, `waiting` what waits for a commit. While commits
    succeed within a second all this is one timer a second in a room that is written to.
    """

    def __init__(
        self,
        node: Node,
        fanout: Fanout,
        state: Callable[[], Room],
        on_record: Callable[[str], bool],
        waiting: Callable[[], list[Asked]],
    ) -> None:
        self._node = node
        self._fanout = fanout
        self._state = state
        self._on_record = on_record
        self._waiting = waiting
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._since: dict[tuple[str, str], float] = {}
        self._shown: dict[str, Shown] = {}

    # What this node's own authors say

    def begun(self) -> None:
        """A turn has begun: should it take longer than a second, what waits for it is shown meanwhile."""
        if self._timer is None:
            self._timer = self._loop.call_later(AFTER_S, self._look)

    def failed(self, batch: Iterable[Asked]) -> None:
        """The authors of `batch` have been told to come back with it."""
        for asked in batch:
            match asked.command:
                case Post(id=name):
                    self._note(asked.seat.person.id, name, asked.at_s)
                    self._try(asked)
                case Retract(target=target):
                    self._end(target, asked.seat)
                case _:
                    continue

    def answered(self, answers: Iterable[Answer]) -> None:
        """What was refused for good is shown no more."""
        if not self._shown and not self._since:
            return
        for answer in answers:
            if isinstance(answer.outcome, Refusal):
                seat, name = answer.asked.seat, answer.asked.command.id
                self._since.pop((seat.person.id, name), None)
                self._end(name, seat)

    def recorded(self, event: Event) -> None:
        """An event is about to be told: it takes the place of what was shown under its id."""
        if self._shown or self._since:
            self._shown.pop(event.id, None)
            self._since.pop((event.by.person, event.id), None)

    # What is shown

    def received(self, frame: Provisional) -> None:
        """Another node shows something to its contributors, or no longer."""
        if self._on_record(frame.id) or not self._allows(frame):
            return
        if frame.gone:
            self._shown.pop(frame.id, None)
        else:
            self._shown[frame.id] = Shown(frame, self._loop.time())
        self._fanout.signal(frame)

    def tell(self, seat: Seat) -> None:
        """Send a contributor who has just come what the others say and is shown to those who are here."""
        for shown in self._shown.values():
            if seat.mode == "contribute" and shown.frame.by.person != seat.person.id and self._fanout.listens(seat):
                seat.connection.send(shown.frame)

    def tick(self) -> None:
        """Once a second: forget what nobody has renewed for a minute. Those who saw it are not told: it stays there."""
        if self._shown or self._since:
            before_s = self._loop.time() - LASTS_S
            self._shown = {name: shown for name, shown in self._shown.items() if shown.told_s > before_s}
            self._since = {key: since_s for key, since_s in self._since.items() if since_s > before_s}

    def close(self) -> None:
        """End the timer."""
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        """Show what has waited for a second, and look again when the next of the rest will have."""
        self._timer = None
        waiting = self._waiting()
        for asked in waiting[:MOST]:
            self._try(asked)
        if waiting:
            now_s = self._loop.time()
            rest_s = (asked.at_s + AFTER_S - now_s for asked in waiting if asked.at_s + AFTER_S > now_s)
            self._timer = self._loop.call_later(max(LOOK_S, min(rest_s, default=AFTER_S)), self._look)

    def _note(self, person: str, name: str, at_s: float) -> None:
        """Remember when a post was tried first."""
        of_one = sum(key[0] == person for key in self._since)
        if name not in self._shown and of_one < MOST_OF_ONE and len(self._since) < MOST:
            self._since.setdefault((person, name), at_s)

    def _try(self, asked: Asked) -> None:
        """Show a post that has been tried for a second, if it would be taken on the room's last known state."""
        seat, command = asked.seat, asked.command
        if not isinstance(command, Post) or not self._is_due(asked, command):
            return
        try:
            decide(self._state(), seat, command, self._node.now_ms())
        except Refused:
            return
        self._since.pop((seat.person.id, command.id), None)
        by, room = seat.person.by, command.room
        frame = Provisional(room=room, id=command.id, by=by, kind=command.kind, text=command.text)
        self._shown[command.id] = Shown(frame, self._loop.time())
        self._fanout.signal(frame, but=seat.connection)
        self._publish(frame)

    def _is_due(self, asked: Asked, command: Post) -> bool:
        now_s, person = self._loop.time(), asked.seat.person.id
        shown = self._shown.get(command.id)
        if shown is not None:
            return shown.frame.by.person == person and now_s - shown.told_s >= RENEWED_S
        since_s = self._since.get((person, command.id), asked.at_s)
        return now_s - since_s >= AFTER_S and not self._on_record(command.id) and self._has_place(person)

    def _allows(self, frame: Provisional) -> bool:
        """Whether `frame` says something new of its own author's post."""
        shown = self._shown.get(frame.id)
        if shown is not None:
            return shown.frame.by.person == frame.by.person
        return frame.gone or self._has_place(frame.by.person)

    def _has_place(self, person: str) -> bool:
        of_one = sum(shown.frame.by.person == person for shown in self._shown.values())
        return of_one < MOST_OF_ONE and len(self._shown) < MOST

    def _end(self, name: str, author: Seat) -> None:
        """Tell the others that what `author` has said under this id will not be on record."""
        shown = self._shown.get(name)
        if shown is None or (frame := shown.frame).by.person != author.person.id:
            return
        del self._shown[name]
        gone = Provisional(room=frame.room, id=name, by=frame.by, kind=frame.kind, text="", gone=True)
        self._fanout.signal(gone, but=author.connection)
        self._publish(gone)

    def _publish(self, frame: Provisional) -> None:
        self._node.publish(room_channel(frame.room), Unrecorded(frame))
