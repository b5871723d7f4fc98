"""What a room may look like from outside: a list of what is on record, and a dict of what was acked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from realtime.rooms.card import may_enter
from realtime.rooms.chain import Record, digest_of_command, event_of, first_broken
from realtime.rooms.commands import AnyCommand
from realtime.rooms.decide import decide
from realtime.rooms.events import canonical
from realtime.rooms.fold import fold
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refused
from realtime.rooms.room import Room
from tests.builders import PEOPLE, Seat

LATER: Final = ("unavailable", "rate_limited")
"""The error codes that are no answer yet."""

Place: TypeAlias = tuple[int, str, str]
"""An event as its readers know it: seq, check, id."""


class Ledger:
    """The model of one room. Whatever is reported to it must fit what was reported before; else an `AssertionError`."""

    def __init__(self) -> None:
        self.log: list[Record] = []
        self.rooms: list[Room] = []
        self.acks: dict[str, dict[str, Any]] = {}
        self.sent: dict[str, list[tuple[str, AnyCommand]]] = {}
        self._sendings: Counter[str] = Counter()
        self._lines: list[list[str]] = []
        self._ever: dict[tuple[int, str], str] = {}
        self._gone: set[str] = set()
        self._before = 0

    @property
    def room(self) -> Room:
        """The room as the journal has it."""
        return self.rooms[-1]

    def line(self) -> list[str]:
        """A new list for the ids that are sent on one connection, in order."""
        self._lines.append([])
        return self._lines[-1]

    def sends(self, person: Person, command: AnyCommand) -> None:
        """Someone sends a command."""
        wishes = self.sent.setdefault(command.id, [])
        self._sendings[command.id] += 1
        if (person.id, command) not in wishes:
            wishes.append((person.id, command))

    # What the journal says

    def reads(self, records: list[Record]) -> None:
        """The journal has `records`: nothing that it had is gone or changed, and each new one is as the rules say."""
        known = len(self.log)
        assert [record.digest for record in records[:known]] == [record.digest for record in self.log], (
            "lost or changed"
        )
        assert first_broken(records) is None, "the chain is broken"
        assert len({record.id for record in records}) == len(records), "an id stands there twice"
        self._before = known
        for record in records[known:]:
            self._take(record)
        for name, ack in self.acks.items():
            assert name in self._gone or self.log[ack["seq"] - 1].id == name, "what was acked is not on record"

    def goes_back(self, left: int) -> None:
        """An operator has restored a backup: the first `left` records are left."""
        self._gone |= {record.id for record in self.log[left:]}
        del self.log[left:], self.rooms[left:]
        self._before = left

    def _take(self, record: Record) -> None:
        event = event_of(record)
        if self.log:
            command = self._wished(record)
            seat = Seat(PEOPLE[record.by])
            assert [canonical(body) for body in decide(self.room, seat, command, record.at)] == [record.body]
            assert record.at >= self.log[-1].at, "time goes back"
        self.rooms.append(fold(self.room if self.rooms else None, event))
        self.log.append(record)
        self._ever[record.seq, record.head.check] = record.id

    def _wished(self, record: Record) -> AnyCommand:
        """The command that made `record`: one that its author has sent under its id."""
        for person, command in self.sent.get(record.id, []):
            if person == record.by and _made(record, person, command):
                return command
        raise AssertionError("nobody has sent what is on record")

    # What people are told

    def shows(self, events: Iterable[Place]) -> None:
        """Someone was shown these."""
        for seq, check, name in events:
            assert self._ever.get((seq, check)) == name, "an event was shown that was never on record"

    def answers(self, person: Person, command: AnyCommand, frame: dict[str, Any], *, stale: bool) -> None:
        """Someone was answered. `stale`: by a node that holds what the journal has lost, and cannot know that yet."""
        if frame["t"] == "ack":
            self._acks(person, command, frame, stale)
        elif frame["code"] not in LATER and not stale:
            record = self._on_record(command.id)
            assert record is None or not _made(record, person.id, command), "refused, and yet on record"
            assert frame["code"] == "not_joined" or self._right(person, command, frame["code"]), "refused wrongly"

    def turns_away(self, person: Person) -> None:
        """Someone may not enter, it is said."""
        assert any(not may_enter(room.card, person) for room in self._lately()), "turned away wrongly"

    def has(self, seq: int, check: str) -> bool:
        """Whether this position is in the log."""
        return 0 < seq <= len(self.log) and self.log[seq - 1].head.check == check

    def ends(self) -> None:
        """All is quiet: of what one person sent on one connection, once, the earlier stands before the later."""
        place = {record.id: record.seq for record in self.log}
        for line in self._lines:
            seqs = [place[name] for name in line if name in place and self._sendings[name] == 1]
            assert seqs == sorted(seqs), "one person's commands were misordered"

    def _acks(self, person: Person, command: AnyCommand, ack: dict[str, Any], stale: bool) -> None:
        if stale and command.id in self._gone:
            return
        record = self._on_record(command.id)
        assert record is not None, "acked, and not on record"
        assert _made(record, person.id, command), "acked, and another content is on record"
        assert (ack["seq"], ack["at"]) == (record.seq, record.at), "acked under another place"
        self._gone.discard(command.id)
        self.acks[command.id] = ack

    def _on_record(self, name: str) -> Record | None:
        return next((record for record in self.log if record.id == name), None)

    def _right(self, person: Person, command: AnyCommand, code: str) -> bool:
        """Whether the journal's own state, at some moment since all was last quiet, refuses this for this reason."""
        if code == "conflict":
            return self._on_record(command.id) is not None
        return code in {_refusal(room, person, command) for room in self._lately()}

    def _lately(self) -> Sequence[Room]:
        return self.rooms[max(0, self._before - 1) :]


def places(events: Iterable[dict[str, Any]]) -> list[Place]:
    """Where events stand, as their readers are told."""
    return [(event["seq"], event["check"], event["id"]) for event in events]


def _made(record: Record, person: str, command: AnyCommand) -> bool:
    return record.command_digest == digest_of_command(record.salt_body, person, command)


def _refusal(room: Room, person: Person, command: AnyCommand) -> str:
    try:
        decide(room, Seat(person), command, room.at)
    except Refused as refused:
        return refused.refusal.code
    return ""
