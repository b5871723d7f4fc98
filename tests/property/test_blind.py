"""Random rooms in which people say blind what they think it is: no byte of it reaches who may not read it yet."""

from collections.abc import Iterator
from itertools import pairwise
from string import ascii_lowercase
from typing import Any, Final, get_args

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from realtime.disclosing import Disclosing
from realtime.frames import form
from realtime.rooms.chain import EMPTY
from realtime.rooms.commands import AnyCommand, Close, Observers, Opine, Post, Reveal
from realtime.rooms.copies import Audience, state_copy
from realtime.rooms.events import Event, Opined, Revealed
from realtime.rooms.fold import fold
from realtime.rooms.handover import composed
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.refusals import Refused
from realtime.rooms.room import Room
from realtime.tail import Copier, Tail, Told
from realtime.wire.frame import Encoding
from tests.builders import ROOM, Seat, ana, ask, ben, cleo, happened, mo, obi, opening, records

NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)
PEOPLE: Final = (ana, ben, cleo, mo)
SEATS: Final = st.sampled_from([Seat(person) for person in PEOPLE])
GIVE: Final = ask(Opine, differential=[Diagnosis("x", 0.5)])
COMMANDS: Final[st.SearchStrategy[AnyCommand]] = st.sampled_from(
    [GIVE] * 8
    + [ask(Post, text="x"), ask(Observers, mode="delayed"), ask(Reveal), ask(Close, disposition="x", summary="x")]
)
STEPS: Final = st.lists(st.tuples(SEATS, COMMANDS), max_size=24)
STOPS: Final = st.sets(st.integers(1, 25))
FORMS: Final = [form(encoding) for encoding in get_args(Encoding)]


WEIGHT: Final = b"weight"
"""What stands beside the figure in every encoding."""


def canary(seq: int) -> str:
    """The words of the opinion at `seq`, which are nowhere else, and in which no rule finds what to mask."""
    return f"CANARY {ascii_lowercase[seq]} song"


def weight(seq: int) -> float:
    """What the opinion at `seq` weighs."""
    return 1 + seq / 64


def played(steps: list[tuple[Seat, AnyCommand]]) -> list[Event]:
    """The log of a room in which what was possible of `steps` was done; each opinion has words of its own."""
    events = [opening()]
    room = fold(None, events[0])
    for seat, command in steps:
        if isinstance(command, Opine):
            command = msgspec.structs.replace(command, differential=[Diagnosis(canary(room.seq + 1), 0.5)])
        try:
            made = happened(room, seat, command)
        except Refused:
            continue
        for event in made:
            if isinstance(event.body, Opined):
                body = msgspec.structs.replace(event.body, weight=weight(event.seq))
                event = msgspec.structs.replace(event, body=body)
            events.append(event)
            room = fold(room, event)
    return events


class Reader:
    """What one reader is sent of a room that grows: frames as the tail has them, and what is disclosed."""

    def __init__(self, person: Person, audience: Audience, stops: set[int]) -> None:
        self.person = person
        self.audience = audience
        self.stops = stops
        self.cursor = 0
        self.sent = b""

    def move(self, tail: Tail, disclosing: Disclosing, room: Room) -> None:
        """Bring this reader to the head, if they read now."""
        if room.seq not in self.stops:
            return
        for taken in FORMS:
            cursor = self.cursor
            while cursor < room.seq:
                before = cursor
                frame, cursor = tail.prepared(before, room.seq, self.audience, taken)
                self.sent += frame + disclosing.frames(self.person.id, self.audience, taken, before, cursor)
        self.sent += msgspec.json.encode(state_copy(room, room, self.audience, NAMES))
        self.cursor = room.seq


def grown(events: list[Event], readers: list[Reader]) -> Iterator[Room]:
    """The room after each event, which `readers` have been told of as far as they read."""
    room = fold(None, events[0])
    copier = Copier(room, NAMES)
    tail, disclosing = Tail(copier, EMPTY), Disclosing(copier, [])
    for event, record in zip(events, records(events), strict=True):
        room = fold(room, event) if event.seq > 1 else room
        item = Told(event, record)
        tail.push(item, room)
        disclosing.push(item)
        for reader in readers:
            reader.move(tail, disclosing, room)
        yield room


def opened_at(events: list[Event]) -> int:
    """The `seq` since which all may read, or one that no log reaches."""
    opening_kinds = ("revealed", "closed")
    begun = next((event.seq for event in events if isinstance(event.body, Opined)), 10**6)
    return next((event.seq for event in events if event.seq > begun and event.kind in opening_kinds), 10**6)


@given(STEPS, st.lists(STOPS, min_size=5, max_size=5))
@example(
    [(Seat(ana), GIVE), (Seat(ben), GIVE), (Seat(cleo), ask(Reveal)), (Seat(mo), ask(Post, text="x"))],
    [{2, 3}, {3}, {3, 4}, {2, 4, 5}, {3, 4, 5}],
)
def test_nobody_is_sent_a_word_of_others_before_they_have_given_theirs_or_all_may_read(
    steps: list[tuple[Seat, AnyCommand]], stops: list[set[int]]
) -> None:
    events = played(steps)
    people: list[tuple[Person, Audience]] = [*((one, "contributors") for one in PEOPLE), (obi, "observers")]
    readers = [Reader(person, audience, at) for (person, audience), at in zip(people, stops, strict=True)]
    said = [event for event in events if isinstance(event.body, Opined)]
    for _ in grown(events, readers):
        for reader in readers:
            own = [event.seq for event in said if event.by.person == reader.person.id and event.seq <= reader.cursor]
            if own or opened_at(events) <= reader.cursor:
                readable = [event.seq for event in said if event.seq <= reader.cursor]
                assert all(canary(seq).encode() in reader.sent for seq in readable)
                assert reader.audience == "observers" or not readable or WEIGHT in reader.sent
            else:
                assert b"CANARY" not in reader.sent
                assert WEIGHT not in reader.sent
            assert reader.audience == "contributors" or WEIGHT not in reader.sent


@given(STEPS)
def test_nothing_of_it_is_in_a_handover_note_before_all_may_read(steps: list[tuple[Seat, AnyCommand]]) -> None:
    events = played(steps)
    for n in range(1, min(len(events), opened_at(events) - 1) + 1):
        note = msgspec.json.encode(composed(events[:n]), enc_hook=dict)
        assert b"CANARY" not in note
        assert WEIGHT not in note


@given(STEPS)
def test_frames_with_what_is_withheld_have_one_size(steps: list[tuple[Seat, AnyCommand]]) -> None:
    """Whatever was said, and whatever it weighs: the same history with words of another length is sent in frames of
    the same lengths.
    """
    events = played(steps)
    for other in ([_reworded(event) for event in events], [_unweighed(event) for event in events]):
        for audience in get_args(Audience):
            assert _sizes(events, audience) == _sizes(other, audience)


def _unweighed(event: Event) -> Event:
    if not isinstance(event.body, Opined):
        return event
    return msgspec.structs.replace(event, body=msgspec.structs.replace(event.body, weight=None))


def _reworded(event: Event) -> Event:
    if not isinstance(event.body, Opined):
        return event
    return msgspec.structs.replace(event, body=Opined(differential=[Diagnosis("word " * 20, 1.0, "I21.9")] * 3))


def _sizes(events: list[Event], audience: Audience) -> list[int]:
    """The sizes of the live frames up to the reveal, for somebody who has given nothing."""
    sizes: list[int] = []
    reader = Reader(mo if audience == "contributors" else obi, audience, set(range(1, 99)))
    for room in grown(events, [reader]):
        if room.seq < opened_at(events):
            sizes.append(len(reader.sent))
    return sizes


def test_the_rooms_of_these_tests_come_to_a_reveal() -> None:
    steps: Any = [(Seat(ana), GIVE), (Seat(cleo), ask(Reveal))]
    events = played(steps)
    assert isinstance(events[-1].body, Revealed)
    assert [first.seq < second.seq for first, second in pairwise(events)] == [True, True]
