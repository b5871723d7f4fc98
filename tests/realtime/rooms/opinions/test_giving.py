"""Saying what one thinks it is: what a room makes of it, and who may read it when."""

from typing import Any, Final

import msgspec
import pytest

from realtime.rooms.blind import OPINIONS, WITHHELD
from realtime.rooms.commands import Close, Opine, Reveal
from realtime.rooms.copies import Audience, body_copy, state_copy
from realtime.rooms.decide import decide
from realtime.rooms.deciding.opinions import MOST_TIMES
from realtime.rooms.events import Event, Opined, Revealed
from realtime.rooms.fold import replay
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.stated import pooled
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from tests.builders import ROOM, Seat, Step, ana, ask, ben, cleo, records, story, weighing

NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)
FIRST: Final = [Diagnosis("Envenoming", 0.6)]
SECOND: Final = [Diagnosis("Sepsis", 0.9)]
REVEAL: Final[Step] = (cleo, ask(Reveal))
CLOSE: Final[Step] = (cleo, ask(Close, disposition="Advised", summary="Done."))


def room_after(*steps: Step) -> Room:
    room = replay(story(*steps))
    assert room is not None
    return room


def said(person: Any, differential: list[Diagnosis]) -> Step:
    return (person, ask(Opine, differential=differential))


def sent(
    events: list[Event], seq: int, upto: int, person: str | None = None, audience: Audience = "contributors"
) -> Any:
    room = replay(events)
    assert room is not None
    event, record = events[seq - 1], records(events)[seq - 1]
    return body_copy(event, record, room, audience, NAMES, upto=upto, person=person)


def refusal_of(room: Room, person: Any, command: Any) -> Refusal:
    with pytest.raises(Refused) as refused:
        decide(room, Seat(person), command, room.at)
    return refused.value.refusal


def test_the_last_that_a_person_gave_before_the_reveal_is_what_counts() -> None:
    room = room_after(said(ana, FIRST), said(ana, SECOND), said(ben, FIRST), REVEAL, said(ana, FIRST))
    held = room.opinions["ana"]
    assert (held.times, held.seq, held.differential, held.counted) == (3, 6, tuple(FIRST), tuple(SECOND))
    assert room.opinions["ben"].counted == tuple(FIRST)


def test_what_counts_weighs_what_it_weighed_when_it_was_said() -> None:
    log = story(said(ana, FIRST), said(ana, SECOND), said(ben, FIRST), REVEAL, said(ana, FIRST), said(cleo, FIRST))
    room = replay(weighing(log, {2: 0.5, 3: 2.5, 6: 3.0, 7: 3.0}))
    assert room is not None
    assert [room.opinions[person].weight for person in ("ana", "ben", "cleo")] == [2.5, None, None]
    sepsis, envenoming = pooled(room).diagnoses
    assert (sepsis.dx, sepsis.probability > 2 * envenoming.probability) == ("Sepsis", True)
    alike = {one.dx: one.probability for one in pooled(room, alike=True).diagnoses}
    assert alike["Envenoming"] > envenoming.probability


def test_what_is_given_after_the_reveal_is_late_and_counts_for_nothing() -> None:
    room = room_after(said(ana, FIRST), REVEAL, said(ben, SECOND))
    assert room.opinions["ben"].differential == tuple(SECOND)
    assert room.opinions["ben"].counted == ()


def test_the_room_waits_for_the_reveal_from_the_first_opinion_on() -> None:
    first = room_after(said(ana, FIRST))
    assert first.card.opined_at == first.at
    assert room_after(said(ana, FIRST), said(ben, SECOND)).card.opined_at == first.at
    for ended in (REVEAL, CLOSE):
        assert room_after(said(ana, FIRST), ended).card.opined_at is None
    assert room_after(said(ana, FIRST), REVEAL, said(ben, SECOND)).card.opined_at is None


def test_a_room_takes_five_opinions_of_each() -> None:
    room = room_after(*[said(ana, FIRST)] * MOST_TIMES)
    assert refusal_of(room, ana, ask(Opine, differential=FIRST)) is Refusal.TOO_MANY_OPINIONS
    assert decide(room, Seat(ben), ask(Opine, differential=FIRST), room.at) == [Opined(differential=FIRST)]


def test_what_is_certain_may_be_said_in_tenths() -> None:
    tenths = [Diagnosis(f"One of ten {'abcdefghij'[n]}", 0.1) for n in range(10)]
    assert decide(room_after(), Seat(ana), ask(Opine, differential=tenths), 0) == [Opined(differential=tenths)]


def test_all_is_shown_once_and_by_the_presenter_alone() -> None:
    room = room_after(said(ana, FIRST))
    assert decide(room, Seat(cleo), ask(Reveal), room.at) == [Revealed()]
    assert refusal_of(room, ana, ask(Reveal)) is Refusal.NOT_YOURS
    assert refusal_of(room_after(said(ana, FIRST), REVEAL), cleo, ask(Reveal)) is Refusal.REVEALED


@pytest.mark.parametrize("audience", ["contributors", "observers"])
@pytest.mark.parametrize("ended", [REVEAL, CLOSE])
def test_a_body_is_withheld_from_who_has_not_come_as_far_as_the_reveal(ended: Step, audience: Audience) -> None:
    events = story(said(ana, FIRST), said(ben, SECOND), ended)
    assert [sent(events, 2, upto, audience=audience) for upto in (2, 3)] == [WITHHELD, WITHHELD]
    assert sent(events, 2, 4, audience=audience) == Opined(differential=FIRST)


def test_who_has_given_theirs_may_read_the_others_from_there_on() -> None:
    events = story(said(ana, FIRST), said(ben, SECOND))
    assert sent(events, 2, 3, "ben") == Opined(differential=FIRST)
    assert sent(events, 3, 3, "ana") == Opined(differential=SECOND)
    assert sent(events, 2, 2, "ben") == sent(events, 2, 3, "cleo") == WITHHELD


def test_what_is_withheld_has_one_size_whatever_was_said() -> None:
    short = story(said(ana, [Diagnosis("x", 1.0)]))
    long = story(said(ana, [Diagnosis(f"{'word ' * 18}{n}", 0.1, f"I2{n}") for n in range(10)]))
    sizes = {len(msgspec.msgpack.encode(sent(events, 2, 2))) for events in (short, long)}
    assert len(sizes) == 1


def test_what_an_opinion_weighs_stands_in_the_copies_of_who_may_read_it_and_in_none_of_an_observers() -> None:
    events = weighing(story(said(ana, FIRST), said(ben, SECOND), REVEAL), {2: 2.5})
    assert sent(events, 2, 3) == sent(events, 2, 3, audience="observers") == WITHHELD
    assert sent(events, 2, 3, "ben").weight == sent(events, 2, 4).weight == 2.5
    assert sent(events, 2, 4, audience="observers") == Opined(differential=FIRST)


def test_observers_are_shown_the_words_masked() -> None:
    dated = ask(Opine, differential=[Diagnosis("Sepsis since 3 May 2024", 0.5)], not_identifying=["3 May 2024"])
    events = story((ana, dated), REVEAL)
    copy = sent(events, 2, 3, audience="observers")
    assert "May" not in copy.differential[0].dx and copy.not_identifying == []
    assert sent(events, 2, 3).differential[0].dx == "Sepsis since 3 May 2024"


def test_who_comes_late_is_told_who_has_given_theirs_and_what_only_after_the_reveal() -> None:
    assert "opinions" not in state_of(room_after())
    room = room_after(said(ben, FIRST), said(ana, SECOND))
    assert state_of(room)["opinions"] == {"given": 2, "people": ["ben", "ana"]}
    shown = state_of(room_after(said(ben, FIRST), said(ana, SECOND), REVEAL))["opinions"]
    assert (shown["opened"], shown["pool"].of) == (4, 2)
    assert [one.dx for one in shown["pool"].diagnoses] == ["Sepsis", "Envenoming"]


def test_observers_know_who_has_given_theirs_by_pseudonyms() -> None:
    room = room_after(said(ben, FIRST))
    assert state_copy(room, room, "observers", NAMES)["opinions"]["people"] == [NAMES.of("ben")]


def test_a_topic_opens_once() -> None:
    room = room_after(said(ana, FIRST), REVEAL, CLOSE)
    assert room.blinds[OPINIONS].opened == 3


def state_of(room: Room) -> dict[str, Any]:
    return state_copy(room, room, "contributors", NAMES)
