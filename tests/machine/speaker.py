"""One person of a machine: what they send and what they are shown, over all the connections that they ever have."""

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from realtime.rooms.commands import AnyCommand
from realtime.rooms.people import Person
from tests.live import Caller, LiveNode
from tests.machine.ledger import LATER, Ledger, Place, places

Claim: TypeAlias = Callable[[bool], None]
"""Holds what someone was told against the journal. Its argument: whether their node holds what the journal has lost."""


class Speaker:
    """Sits at one node at a time, in one room. `number`: which node that is, while they are connected.

    `shown` is what they take the room's log to be: (seq, check, id). `unanswered` are the commands that they must send
    again until they know what became of them. `fields`: of their `join`.
    """

    def __init__(self, person: Person, ledger: Ledger, **fields: Any) -> None:
        self.person = person
        self.shown: list[Place] = []
        self.unanswered: list[AnyCommand] = []
        self.number = 0
        self.seated = False
        self._ledger = ledger
        self._fields = fields
        self._caller: Caller | None = None
        self._read = 0
        self._waiting: list[AnyCommand] = []
        self._line: list[str] = []

    @property
    def connected(self) -> bool:
        """Whether they have a connection that has not ended."""
        return self._caller is not None and not self._caller.is_closing()

    def joins(self, node: LiveNode, number: int, room: str) -> None:
        """Leave whatever connection there is, and come to this node with what was shown."""
        self.hangs_up()
        self.number = number
        self._caller, self._read, self._waiting = node.call(self.person), 0, []
        self._line = self._ledger.line()
        position: dict[str, Any] = {}
        if self.shown:
            position = {"after": self.shown[-1][0], "check": self.shown[-1][1]}
        self._caller.send("join", id="j", room=room, **position, **self._fields)

    def hangs_up(self) -> None:
        """Lose the connection."""
        if self._caller is not None:
            if not self._caller.is_closing():
                self._caller.close()
            self._caller = None
        self.seated = False

    def sends(self, command: AnyCommand) -> None:
        """Send a command, or send it again. Without a connection it is kept."""
        if command not in self.unanswered:
            self.unanswered.append(command)
        if self._caller is not None and self.connected:
            self._ledger.sends(self.person, command)
            self._waiting.append(command)
            self._line.append(command.id)
            frame = msgspec.to_builtins(command)
            self._caller.send(frame.pop("t"), **frame)

    def looks(self) -> list[Claim]:
        """Read what has come: what it says of the journal is to be held against it once that was read as well."""
        if self._caller is None:
            return []
        frames, self._read = self._caller.frames[self._read :], len(self._caller.frames)
        if not self.connected:
            self.seated = False
        return [claim for frame in frames for claim in self._claims(frame)]

    def _claims(self, frame: dict[str, Any]) -> list[Claim]:
        match frame["t"]:
            case "joined":
                return self._joined(frame)
            case "event":
                return self._shown([frame])
            case "events":
                return self._shown(frame["events"])
            case "left":
                self.seated = False
            case "error" if frame["re"] == "j":
                if frame["code"] == "not_found":
                    return [_unless_stale(lambda: self._ledger.turns_away(self.person))]
            case "ack" | "error":
                return self._answered(frame)
        return []

    def _joined(self, frame: dict[str, Any]) -> list[Claim]:
        self.seated = self.connected
        position = self.shown[-1] if self.shown else None
        if not frame["resumed"]:
            self.shown = []
        shown = self._shown(frame["events"])
        if position is None:
            return shown
        seq, check, _ = position
        return [_unless_stale(lambda: self._resumes(seq, check, frame["resumed"])), *shown]

    def _resumes(self, seq: int, check: str, resumed: bool) -> None:
        assert resumed == self._ledger.has(seq, check), (
            "resumed at a position that the log has not, or not at one it has"
        )

    def _shown(self, events: list[dict[str, Any]]) -> list[Claim]:
        for place in places(events):
            assert not self.shown or place[0] == self.shown[-1][0] + 1, "a hole, or an event twice"
            self.shown.append(place)
        return [lambda _: self._ledger.shows(places(events))] if events else []

    def _answered(self, frame: dict[str, Any]) -> list[Claim]:
        """Commands under one id are answered in the order in which they were sent."""
        command = next(one for one in self._waiting if one.id == frame["re"])
        self._waiting.remove(command)
        if (frame["t"] == "ack" or frame["code"] not in LATER) and command in self.unanswered:
            self.unanswered.remove(command)
        return [lambda stale: self._ledger.answers(self.person, command, frame, stale=stale)]


def _unless_stale(claim: Callable[[], None]) -> Claim:
    return lambda stale: None if stale else claim()
