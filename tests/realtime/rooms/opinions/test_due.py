"""When the server itself shows to all what each thinks it is."""

import msgspec

from realtime.rooms.acuity import BEHAVIOURS, Behaviours
from realtime.rooms.commands import Close, Opine, Reveal, Revise
from realtime.rooms.events import Revealed
from realtime.rooms.fold import replay
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.opinions.due import reveal_at, revealed
from realtime.rooms.room import Room
from tests.builders import Step, ana, ask, ben, cleo, opening, story

OPINION: Step = (ana, ask(Opine, differential=[Diagnosis("Envenoming", 0.6)]))
OTHER: Step = (ben, ask(Opine, differential=[Diagnosis("Sepsis", 0.6)]))
NEVER: Behaviours = {name: msgspec.structs.replace(one, reveal_after_s=0) for name, one in BEHAVIOURS.items()}


def room_after(*steps: Step, acuity: str = "stat") -> Room:
    room = replay(story(*steps, first=opening(acuity=acuity)))
    assert room is not None
    return room


def test_it_is_due_so_long_after_the_first_opinion_as_the_acuity_says() -> None:
    first = room_after(OPINION).at
    assert reveal_at(room_after(OPINION, OTHER), BEHAVIOURS) == first + 60_000
    assert reveal_at(room_after(OPINION, acuity="asap"), BEHAVIOURS) == first + 180_000
    assert reveal_at(room_after(OPINION, acuity="urgent"), BEHAVIOURS) is None


def test_a_case_that_has_become_more_urgent_is_revealed_as_it_is_now() -> None:
    room = room_after(OPINION, (cleo, ask(Revise, acuity="asap")), acuity="urgent")
    assert reveal_at(room, BEHAVIOURS) == (room.card.opined_at or 0) + 180_000


def test_nothing_is_due_before_the_first_nor_after_the_reveal_or_the_close() -> None:
    close: Step = (cleo, ask(Close, disposition="Advised", summary="Done."))
    for steps in ((), (OPINION, (cleo, ask(Reveal))), (OPINION, close)):
        assert reveal_at(room_after(*steps), BEHAVIOURS) is None


def test_where_it_is_never_to_happen_by_itself_it_does_not() -> None:
    assert reveal_at(room_after(OPINION), NEVER) is None


def test_whoever_says_it_says_it_under_the_same_id_and_not_before_it_is_due() -> None:
    room = room_after(OPINION)
    due_ms = reveal_at(room, BEHAVIOURS)
    assert due_ms is not None
    assert revealed(room, BEHAVIOURS, due_ms - 1) == []
    ((one, body),) = revealed(room, BEHAVIOURS, due_ms)
    ((other, _),) = revealed(room_after(OPINION, OTHER), BEHAVIOURS, due_ms + 7)
    assert (one, body) == (other, Revealed())
