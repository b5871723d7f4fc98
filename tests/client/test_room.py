"""A room's position: whatever the connection does, each event comes once, in order, or a `Reset` says what happened."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import ProtocolError
from client.room import Event, Position, Reset, Room


def entry(seq: int, log: int = 0) -> dict[str, Any]:
    name = f"e{log}-{seq}"
    return {"seq": seq, "check": f"{log}-{seq}", "id": name, "at": 1, "by": {}, "kind": "post", "body": {"text": name}}


def joined(log: list[dict[str, Any]], events: list[dict[str, Any]], *, resumed: bool) -> dict[str, Any]:
    return {
        "t": "joined",
        "re": "j",
        "room": "r1",
        "seq": len(log),
        "check": log[-1]["check"],
        "role": "physician",
        "as": "contribute",
        "case": {"id": "r1"},
        "roster": [{"person": "ana", "since": 1}],
        "viewers": 2,
        "observers": {"mode": "off", "delay_s": 0, "total": 0, "kinds": {}},
        "resumed": resumed,
        "events": events,
        **({} if resumed else {"state": {"posts": len(log)}}),
    }


def items(room: Room) -> list[Event | Reset]:
    async def read() -> list[Event | Reset]:
        return [item async for item in room]

    room.end()
    return asyncio.run(read())


class Seat:
    """A server's side of one seat over a log, and the room on the client's side of it."""

    def __init__(self) -> None:
        self.log = [entry(1)]
        self.logs = 0
        self.joins = 0
        self.room = Room("r1")
        self.sent: int | None = None
        self.expected: list[str] = []

    def commit(self, how_many: int) -> None:
        for _ in range(how_many):
            self.log.append(entry(len(self.log) + 1, self.logs))

    def connect(self, at_once: int) -> None:
        """Take the seat; the client is given `at_once` of what it lacks, or of the newest where it is reset."""
        self.drop(0)
        asked = self.room.join("j")
        after: int = asked.get("after", 0)
        resumed = 0 < after <= len(self.log) and self.log[after - 1]["check"] == asked["check"]
        start = after if resumed else max(0, len(self.log) - 3)
        events = self.log[start : start + at_once]
        if self.joins and not resumed:
            self.expected.append(f"reset to {len(self.log)}")
        self.expected += [event["id"] for event in events]
        self.room.joined(joined(self.log, events, resumed=resumed))
        self.sent = start + len(events)
        self.joins += 1

    def deliver(self, how_many: int) -> None:
        """Send what the seat lacks, some of it one by one, some together."""
        if self.sent is None:
            return
        rest = self.log[self.sent : self.sent + how_many]
        self.expected += [event["id"] for event in rest]
        self.sent += len(rest)
        if rest:
            self.room.received({"t": "event", "room": "r1", **rest[0]})
            self.room.received({"t": "events", "room": "r1", "events": rest[1:]})

    def drop(self, _: int) -> None:
        self.sent = None
        self.room.seated = False

    def go_back(self, how_far: int) -> None:
        """The server's log loses its end and goes on differently, as after a restored backup."""
        self.logs += 1
        del self.log[max(1, len(self.log) - how_far) :]
        self.log.append(entry(len(self.log) + 1, self.logs))
        self.drop(0)


steps = st.tuples(st.sampled_from(["commit", "connect", "deliver", "drop", "go_back"]), st.integers(0, 5))


@given(st.lists(steps, max_size=60))
def test_whatever_the_connection_does_each_event_comes_once_and_in_order(history: list[tuple[str, int]]) -> None:
    seat = Seat()
    for step, amount in history:
        getattr(seat, step)(amount)
    told = [item.id if isinstance(item, Event) else f"reset to {item.position.seq}" for item in items(seat.room)]
    assert told == seat.expected


@given(st.lists(steps, max_size=60))
def test_after_catching_up_what_was_told_since_the_last_reset_is_the_log(history: list[tuple[str, int]]) -> None:
    seat = Seat()
    for step, amount in [*history, ("commit", 1), ("connect", 1), ("deliver", 10**6)]:
        getattr(seat, step)(amount)
    held: list[str] = []
    for item in items(seat.room):
        held = [*held, item.id] if isinstance(item, Event) else []
    assert held == [event["id"] for event in seat.log][-len(held) :]
    assert seat.room.position == Position(len(seat.log), seat.log[-1]["check"])


def test_event_that_leaves_a_hole_breaks_the_protocol() -> None:
    room = Room("r1")
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    with pytest.raises(ProtocolError, match="event 3 came after 1"):
        room.received({"t": "event", "room": "r1", **entry(3)})


def test_event_that_comes_again_breaks_the_protocol() -> None:
    room = Room("r1")
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    with pytest.raises(ProtocolError, match="event 1 came after 1"):
        room.received({"t": "events", "room": "r1", "events": [entry(1)]})


def test_resumption_that_skips_an_event_breaks_the_protocol() -> None:
    room = Room("r1", position=Position(1, "0-1"))
    log = [entry(seq) for seq in (1, 2, 3)]
    with pytest.raises(ProtocolError):
        room.joined(joined(log, log[2:], resumed=True))


def test_first_join_is_no_reset() -> None:
    room = Room("r1")
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    assert [type(item) for item in items(room)] == [Event]
    assert room.state == {"posts": 1}


def test_position_that_the_server_does_not_know_is_told_before_its_events() -> None:
    room = Room("r1", position=Position(7, "gone"))
    room.joined(joined([entry(1), entry(2)], [entry(1), entry(2)], resumed=False))
    reset, *events = items(room)
    assert reset == Reset(Position(2, "0-2"), {"posts": 2})
    assert [event.seq for event in events if isinstance(event, Event)] == [1, 2]


def test_presence_keeps_the_roster() -> None:
    room = Room("r1")
    room.joined(joined([entry(1)], [], resumed=False))
    counts = {"viewers": 5, "observers": {"mode": "live", "delay_s": 0, "total": 1, "kinds": {"pharma": 1}}, "as_of": 9}
    room.received({"t": "presence", "room": "r1", "here": [{"person": "ben", "since": 2}], "gone": ["ana"], **counts})
    assert list(room.roster) == ["ben"]
    assert (room.viewers, room.observers["total"]) == (5, 1)


def test_what_a_doctor_wrote_is_in_no_repr() -> None:
    room = Room("r1", position=Position(7, "gone"))
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    assert not [item for item in items(room) if "text" in repr(item) or "posts" in repr(item)]


def provisional(name: str, **fields: Any) -> dict[str, Any]:
    said = {"t": "provisional", "room": "r1", "id": name, "by": {"person": "ben"}, "kind": "question", "text": "Which?"}
    return said | fields


def seated() -> Room:
    room = Room("r1")
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    return room


def test_what_is_not_on_record_is_kept_until_its_event_comes() -> None:
    room = seated()
    room.received(provisional("e0-2"))
    said = room.provisional["e0-2"]
    assert (said.by["person"], said.kind, said.text, said.never_recorded) == ("ben", "question", "Which?", False)
    room.received({"t": "event", "room": "r1", **entry(2)})
    assert room.provisional == {}


def test_what_is_gone_is_kept_no_longer_and_both_are_signals() -> None:
    room = seated()
    for frame in (provisional("p1"), provisional("p2"), provisional("p1", text="", gone=True)):
        room.received(frame)
    assert list(room.provisional) == ["p2"]
    room.signals.end()

    async def heard() -> list[str]:
        return [f"{frame['id']}{frame.get('gone', '')}" async for frame in room.signals]

    assert asyncio.run(heard()) == ["p1", "p2", "p1True"]


def test_what_nobody_has_renewed_for_a_minute_was_never_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    room = seated()
    room.received(provisional("p1"))
    monkeypatch.setattr("client.room.HOPED_S", 0.0)
    first = room.provisional["p1"]
    assert first.never_recorded
    monkeypatch.undo()
    room.received(provisional("p1"))
    assert room.provisional["p1"].heard_s > first.heard_s
    assert not room.provisional["p1"].never_recorded


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.room.MOST_PROVISIONAL", 2)
    room = seated()
    for name in ("p1", "p2", "p3"):
        room.received(provisional(name))
    assert list(room.provisional) == ["p2", "p3"]
    assert "Which" not in repr(room.provisional)


def test_what_was_withheld_is_kept_by_its_place_until_the_log_is_another() -> None:
    room = Room("r1")
    withheld = entry(2) | {"kind": "opined", "body": {"withheld": True}}
    room.joined(joined([entry(1), withheld], [entry(1), withheld], resumed=False))
    told = withheld | {"body": {"differential": [{"dx": "Envenoming", "probability": 0.6}]}}
    room.received({"t": "disclosed", "room": "r1", "events": [told]})
    assert room.disclosed == {2: told["body"]}
    assert room.position == Position(2, "0-2")
    room.joined(joined([entry(1)], [entry(1)], resumed=False))
    assert room.disclosed == {}
