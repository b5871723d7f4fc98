"""A seat in a room: the position in its log, who is here, and the events as they come."""

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from client.errors import ProtocolError
from client.frames import Frame
from client.stream import Stream

MOST_SIGNALS: Final = 1_000
MOST_PROVISIONAL: Final = 1_000
HOPED_S: Final = 60.0

As = Literal["contribute", "follow"]


class Position(NamedTuple):
    """A place in a room's log: the last `seq` that one holds, and the hash chain there."""

    seq: int
    check: str


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of a room. `at` is Unix ms, `by` the author as they were then, `body` what `kind` says."""

    seq: int
    check: str
    id: str
    at: int
    kind: str
    by: dict[str, Any] = field(repr=False)
    body: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Provisional:
    """A post of somebody else that is not on record, and may never be. `kind` is the post's own.

    `heard_s` is when the server said so last (`time.monotonic`): it does so while the author tries.
    """

    id: str
    kind: str
    heard_s: float
    by: dict[str, Any] = field(repr=False)
    text: str = field(repr=False)

    @property
    def never_recorded(self) -> bool:
        """Whether nobody has renewed it for a minute. Should it be put on record all the same, its event comes."""
        return time.monotonic() - self.heard_s > HOPED_S


@dataclass(frozen=True, slots=True)
class Reset:
    """The server does not have the log that one held: drop what `state` does not know.

    `state` is the folded room at `position`. The events up to there that follow are its newest ones, for reading;
    those after it are new.
    """

    position: Position
    state: dict[str, Any] = field(repr=False)


class Room:
    """One room, across connections. `async for item in room` gives each `Event` once, in order, and `Reset`s between.

    It ends when the seat is gone (`left` says why), and raises where the room can no longer be entered. What is not
    read is kept; of signals (`typing`, `presence`, `provisional` …) only the newest 1,000 frames.
    `provisional` is what is said while nothing can be put on record, by id: the newest 1,000, each until its event
    comes or it is taken back. `disclosed`: by `seq`, the bodies of events that came with `{withheld: true}` for theirs,
    and may be read now.
    """

    def __init__(self, room: str, as_: As | None = None, position: Position | None = None) -> None:
        self.id = room
        self.as_ = as_
        self.position = position
        self.seated = False
        self.left: str | None = None
        self.role = ""
        self.case: dict[str, Any] = {}
        self.state: dict[str, Any] = {}
        self.roster: dict[str, dict[str, Any]] = {}
        self.viewers = 0
        self.observers: dict[str, Any] = {}
        self.provisional: dict[str, Provisional] = {}
        self.disclosed: dict[int, dict[str, Any]] = {}
        self.events: Stream[Event | Reset] = Stream()
        self.signals: Stream[Frame] = Stream(MOST_SIGNALS)

    def __aiter__(self) -> AsyncIterator[Event | Reset]:
        return self.events

    def join(self, command_id: str) -> Frame:
        """The frame that asks for this seat, from the position on."""
        frame: Frame = {"t": "join", "id": command_id, "room": self.id}
        if self.as_ is not None:
            frame["as"] = self.as_
        if self.position is not None:
            frame |= {"after": self.position.seq, "check": self.position.check}
        return frame

    def joined(self, frame: Frame) -> None:
        """Take the seat. Raises `ProtocolError` where what follows does not continue what was held."""
        if frame["resumed"] and self.position is None:
            raise ProtocolError(f"Room {self.id} was resumed though no position was named.")
        if not frame["resumed"]:
            self._reset(frame)
        self.seated = True
        self.role, self.as_, self.case = frame["role"], _wish(frame["as"]), frame["case"]
        self.roster = {here["person"]: here for here in frame["roster"]}
        self.viewers, self.observers = frame["viewers"], frame["observers"]
        self._take(frame["events"])

    def received(self, frame: Frame) -> None:
        """Take any other frame of this room. Raises `ProtocolError` for a hole or a repeat in `seq`."""
        match frame["t"]:
            case "event":
                self._take([frame])
            case "events":
                self._take(frame["events"])
            case "disclosed":
                self.disclosed |= {entry["seq"]: entry["body"] for entry in frame["events"]}
                self.signals.put(frame)
            case "presence":
                self._present(frame)
                self.signals.put(frame)
            case "provisional":
                self._said(frame)
                self.signals.put(frame)
            case _:
                self.signals.put(frame)

    def end(self, error: Exception | None = None) -> None:
        """Nothing comes any more."""
        self.seated = False
        self.events.end(error)
        self.signals.end(error)

    def _reset(self, frame: Frame) -> None:
        self.state = frame.get("state", {})
        held_something = self.position is not None or bool(self.case)
        if held_something:
            self.events.put(Reset(Position(frame["seq"], frame["check"]), self.state))
        self.position = None
        self.disclosed = {}

    def _take(self, entries: Sequence[Frame]) -> None:
        for entry in entries:
            if self.position is not None and entry["seq"] != self.position.seq + 1:
                raise ProtocolError(f"Room {self.id}: event {entry['seq']} came after {self.position.seq}.")
            self.position = Position(entry["seq"], entry["check"])
            self.provisional.pop(entry["id"], None)
            self.events.put(
                Event(entry["seq"], entry["check"], entry["id"], entry["at"], entry["kind"], entry["by"], entry["body"])
            )

    def _said(self, frame: Frame) -> None:
        self.provisional.pop(frame["id"], None)
        if not frame.get("gone"):
            self.provisional[frame["id"]] = Provisional(
                frame["id"], frame["kind"], time.monotonic(), frame["by"], frame["text"]
            )
            if len(self.provisional) > MOST_PROVISIONAL:
                del self.provisional[next(iter(self.provisional))]

    def _present(self, frame: Frame) -> None:
        self.roster |= {here["person"]: here for here in frame.get("here", [])}
        for person in frame.get("gone", []):
            self.roster.pop(person, None)
        self.viewers, self.observers = frame["viewers"], frame["observers"]


def _wish(mode: str) -> As | None:
    """What to ask for when coming back: the same seat. Observers do not choose."""
    return mode if mode in ("contribute", "follow") else None  # type: ignore[return-value]
