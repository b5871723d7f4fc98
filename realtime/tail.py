"""The newest events of a room as ready-made frames: each made once, on first need, and shared by all its readers."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from realtime.frames import Form
from realtime.rooms.chain import Head, Record, event_of
from realtime.rooms.copies import Audience, author_copy, body_copy, target_copy
from realtime.rooms.events import Amended, Collapsed, Event, Released, Retracted, Warned, Withheld
from realtime.rooms.pressing import presses
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.room import Room
from realtime.wire.frame import Encoding
from realtime.wire.server import Ahead, Disclosed, Entry, EventFrame, Events

MOST_ENTRIES = 512
MOST_PREPARED = 256
# What one frame to a reader who is behind takes at most, so that an ack to a slow line never waits behind more.
PART_BYTES = 16_384
# So much text is tried for where it is compressed: in a longer text more repeats are found.
DEFLATED_PART_BYTES = 65_536
_SPREAD = 200


class Told(msgspec.Struct, frozen=True, gc=False):
    """An event with the record that keeps it."""

    event: Event
    record: Record


class Range(NamedTuple):
    """Ready-made bytes that bring a reader from one position to `upto`."""

    frame: bytes
    upto: int


def told(record: Record) -> Told:
    """The record with its event decoded."""
    return Told(event_of(record), record)


class Copier:
    """Makes the copies of one room's events for its audiences, as the room is now."""

    __slots__ = ("names", "room")

    def __init__(self, room: Room, names: Pseudonyms) -> None:
        self.room = room
        self.names = names

    def entry(self, item: Told, audience: Audience, encoding: Encoding, upto: int, person: str | None = None) -> Entry:
        """One event as it stands in `events` and `joined` of a reader who may see what there is up to `upto`.

        `person`: who reads, where it is for one alone.
        """
        event, record = item.event, item.record
        body = body_copy(event, record, self.room, audience, self.names, upto=upto, person=person)
        if body is event.body and encoding == "msgpack":
            body = msgspec.Raw(record.body)
        by = author_copy(event, audience, self.names)
        target = target_copy(event, body, audience)
        return Entry(event.seq, record.head.check, event.id, event.at, by, event.kind, body, target)

    def frame(self, items: Sequence[Told], audience: Audience, form: Form, upto: int) -> Range:
        """A start of `items` as one frame of at most 16 KiB, or one event that is longer, for who may see up to `upto`.

        Uncompressed it is the longest that fits; of what is compressed, up to 64 KiB of text where that fits.
        """
        case = self.room.card.case.id
        if len(items) == 1:
            entry = self.entry(items[0], audience, form.encoding, upto)
            return Range(form.made(_single(case, entry)), entry.seq)
        for budget_bytes in (DEFLATED_PART_BYTES, PART_BYTES) if form.deflate else (PART_BYTES,):
            entries = self.fitting(items, audience, form.encoding, budget_bytes, upto=upto)
            frame = form.made(Events(room=case, events=entries))
            if len(frame) <= PART_BYTES:
                break
        return Range(frame, items[len(entries) - 1].event.seq)

    def disclosed(self, items: Sequence[Told], audience: Audience, form: Form, upto: int, person: str | None) -> Range:
        """A start of `items` as one `disclosed` frame of at most 16 KiB, or one event that is longer."""
        entries = self.fitting(items, audience, form.encoding, PART_BYTES, upto=upto, person=person)
        made = form.made(Disclosed(room=self.room.card.case.id, events=entries))
        return Range(made, items[len(entries) - 1].event.seq)

    def fitting(
        self,
        items: Sequence[Told],
        audience: Audience,
        encoding: Encoding,
        budget_bytes: int,
        *,
        upto: int,
        person: str | None = None,
    ) -> list[msgspec.Raw]:
        """Encoded entries from the start of `items`, as many as the budget holds, at least one."""
        entries: list[msgspec.Raw] = []
        for item in items:
            encoded = _encoded(self.entry(item, audience, encoding, upto, person), encoding)
            budget_bytes -= len(encoded) + 1
            if budget_bytes < _SPREAD and entries:
                break
            entries.append(msgspec.Raw(encoded))
        return entries


class Tail:
    """The newest events of one room. `first` is the `seq` of the oldest one held, one past the head when empty."""

    def __init__(self, copier: Copier, head: Head) -> None:
        self.copier = copier
        self._items: deque[Told] = deque(maxlen=MOST_ENTRIES)
        self._prepared: dict[tuple[int, int, Audience, Form], Range] = {}
        self.first = head.seq + 1

    def push(self, item: Told, room: Room) -> None:
        """Add the newest event; `room` is the state after it."""
        self.copier.room = room
        self._items.append(item)
        self.first = self._items[0].event.seq
        if isinstance(item.event.body, Amended | Released | Retracted | Withheld | Warned | Collapsed):
            self._prepared.clear()

    def reaches(self, after: int) -> bool:
        """Whether everything after `after` is held."""
        return after + 1 >= self.first

    def since(self, after: int, upto: int) -> list[Told]:
        """The events with `after` < seq <= `upto`."""
        first = self.first
        return [self._items[n] for n in range(max(0, after + 1 - first), max(0, upto + 1 - first))]

    def at(self, seq: int) -> Told | None:
        """The event at `seq` where it is held."""
        place = seq - self.first
        return self._items[place] if 0 <= place < len(self._items) else None

    def prepared(self, after: int, upto: int, audience: Audience, form: Form) -> Range:
        """Ready-made bytes with what comes after `after`, up to `upto` or as far as one frame reaches."""
        key = (after, upto, audience, form)
        ready = self._prepared.get(key)
        if ready is None:
            if len(self._prepared) >= MOST_PREPARED:
                self._prepared.clear()
            ready = self._prepared[key] = self.copier.frame(self.since(after, upto), audience, form, upto)
        return ready

    def pressing(self, after: int, upto: int, person: str, form: Form) -> bytes:
        """Ready-made bytes with what presses on `person` after `after`, and the posts that it is of; maybe none."""
        items = [item for item in self.since(after, upto) if presses(item.event, person)]
        if not items:
            return b""
        items += [post for item in items if (post := self._post_of(item)) is not None]
        ordered = sorted({item.event.seq: item for item in items}.items())
        entries = [self.copier.entry(item, "contributors", form.encoding, upto) for _, item in ordered]
        return form.made(Ahead(room=self.copier.room.card.case.id, events=entries))

    def _post_of(self, item: Told) -> Told | None:
        post = self.copier.room.posts.get(getattr(item.event.body, "target", ""))
        return self.at(post.seq) if post is not None else None

    def delivered(self) -> None:
        """Drop what was made ready: everyone who reads has it."""
        self._prepared.clear()


def _single(room: str, entry: Entry) -> EventFrame:
    return EventFrame(
        room=room,
        seq=entry.seq,
        check=entry.check,
        id=entry.id,
        at=entry.at,
        by=entry.by,
        kind=entry.kind,
        body=entry.body,
        target=entry.target,
    )


def _encoded(entry: Entry, encoding: Encoding) -> bytes:
    return msgspec.json.encode(entry) if encoding == "json" else msgspec.msgpack.encode(entry)
