import msgspec
import pytest

from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.command import Acuity
from realtime.rooms.commands import Close, Page, Post, Respond
from realtime.rooms.events import Escalated, Paged
from realtime.rooms.fold import fold
from realtime.rooms.paging.due import Call, Step, automatic, due, due_at, said
from realtime.rooms.paging.ids import named
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, opened_room, rung
from tests.builders import said as system_said

STAT_MS, DAY_MS = 120_000, 86_400_000
decline = ask(Respond, page="p1", answer="decline", reason="In theatre.")
accept = ask(Respond, page="p1", answer="accept", read_back="Chest pain after a bite, two hours.")


def steps(room: Room, now_ms: int = AT) -> list[Step]:
    return due(room, BEHAVIOURS, now_ms)


@pytest.mark.parametrize("acuity", ["stat", "asap", "urgent"])
def test_a_new_case_is_due_at_once(acuity: Acuity) -> None:
    room = opened_room(acuity=acuity)
    assert steps(room) == [Step(automatic(room), fresh=True)]
    assert due_at(room, BEHAVIOURS, AT) == AT


def test_a_routine_case_is_never_due() -> None:
    room = opened_room(acuity="routine")
    assert (steps(room), due_at(room, BEHAVIOURS, AT)) == ([], None)


def test_a_wish_is_due_at_once_whatever_the_clock_says() -> None:
    room = after(rung(opened_room(), automatic(opened_room()), "ana"), Seat(cleo), ask(Page, id="p1", person="ben"))
    assert steps(room, now_ms=0) == [Step("p1", person="ben")]


def test_a_tier_is_due_at_its_deadline_and_not_before() -> None:
    room = rung(opened_room(acuity="stat"), automatic(opened_room(acuity="stat")), "ana", tier=2, seconds=120)
    deadline_at = room.at + STAT_MS
    assert (steps(room, deadline_at - 1), due_at(room, BEHAVIOURS, AT)) == ([], deadline_at)
    (step,) = steps(room, deadline_at)
    assert (step.over, step.why, step.fresh) == (2, "lapsed", False)


def test_a_tier_whose_people_have_all_declined_is_due_at_once() -> None:
    room = rung(opened_room(acuity="routine"), "p1", "ana", "ben")
    room = after(room, Seat(ana), decline)
    assert steps(room) == []
    room = after(room, Seat(ben), decline)
    assert steps(room, now_ms=0) == [Step("p1", over=1, why="declined")]


def test_nothing_is_due_once_somebody_has_taken_it_or_the_case_is_closed() -> None:
    room = rung(opened_room(acuity="routine"), "p1", "ana")
    later_ms = AT + 3_600_000
    assert steps(after(room, Seat(ana), accept), later_ms) == []
    assert steps(after(room, Seat(cleo), ask(Close, disposition="Home", summary="Better.")), later_ms) == []


def test_a_page_that_is_over_is_not_due() -> None:
    room = rung(opened_room(acuity="routine"), "p1", "ana")
    room = fold(room, system_said(room, Escalated(page="p1", tier=1, why="lapsed")))
    assert steps(room, AT + 3_600_000) == []


def revised(acuity: Acuity, to: Acuity) -> Room:
    """A case that was paged, and answered, at one acuity, and has another now."""
    room = rung(opened_room(acuity=acuity), automatic(opened_room(acuity=acuity)), "ana")
    room = after(room, Seat(ana), ask(Post, text="Here."))
    case = msgspec.structs.replace(room.card.case, acuity=to)
    return msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, case=case))


def test_a_case_that_is_paged_and_becomes_more_urgent_is_paged_anew() -> None:
    raised = revised("urgent", to="stat")
    assert steps(raised, AT + DAY_MS)[0] == Step(automatic(raised), fresh=True)


@pytest.mark.parametrize("to", ["asap", "urgent", "routine"])
def test_a_case_that_becomes_less_urgent_is_not(to: Acuity) -> None:
    assert steps(revised("stat", to), AT + 1_000) == []


def test_what_is_said_of_a_step_has_the_same_ids_whoever_says_it() -> None:
    step, call = Step("p1", over=1, why="lapsed"), Call(2, ["ana"], AT + STAT_MS)
    first, second = dict(said(step, call, AT)), dict(said(step, Call(2, ["ben"], AT), AT + 5))
    assert list(first) == list(second) == [named("escalated", "p1", 1), named("paged", "p1", 2)]
    assert [type(body) for body in first.values()] == [Escalated, Paged]


def test_the_first_tier_escalates_from_nothing() -> None:
    ((_, body),) = said(Step("p1", specialty="surgery"), Call(3, ["ana"], AT), AT)
    assert body == Paged(page="p1", tier=3, specialty="surgery", people=["ana"], deadline_at=AT)


def test_a_ladder_without_anybody_is_on_record() -> None:
    assert [body for _, body in said(Step("p1", fresh=True), None, AT)] == [
        Paged(page="p1", tier=0, deadline_at=AT),
        Escalated(page="p1", tier=0, why="nobody"),
    ]
    assert [body for _, body in said(Step("p1", over=4, why="lapsed"), None, AT)] == [
        Escalated(page="p1", tier=4, why="lapsed")
    ]


def test_no_command_can_take_an_id_of_the_server() -> None:
    id = named("paged", "p1", 1)
    assert (len(id), id.endswith(".s")) == (28, True)
    assert id != named("paged", "p1", 2) != named("paged", "p", 12)
