import msgspec
import pytest

from realtime.rooms.card import may_enter
from realtime.rooms.commands import Close, Page, Post, Respond
from realtime.rooms.decide import decide
from realtime.rooms.events import Invited, Paged, Responded
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, mo, opened_room, rung

READ_BACK = "Chest pain for two hours after a bite; antivenom before transfer?"
accept = ask(Respond, page="p1", answer="accept", read_back=READ_BACK)
decline = ask(Respond, page="p1", answer="decline", reason="In theatre.")


def stat(*people: str) -> Room:
    """A `stat` case that only its team may enter, whose page p1 has rung `people`."""
    return rung(opened_room(acuity="stat", reach="team"), "p1", *people)


def refusal_of(room: Room, person: Person, command: Page | Respond) -> Refusal:
    with pytest.raises(Refused) as refused:
        decide(room, Seat(person), command, AT)
    return refused.value.refusal


def test_a_routine_case_pages_nobody() -> None:
    assert refusal_of(opened_room(acuity="routine"), cleo, ask(Page)) is Refusal.ROUTINE_PAGES_NOBODY


def test_a_wish_for_a_page_rings_nobody_yet() -> None:
    room = after(opened_room(), Seat(cleo), ask(Page, id="p1", specialty="toxicology", note="Which antivenom?"))
    page = room.pages["p1"]
    assert (page.by, page.specialty, page.people, page.state) == ("cleo", "toxicology", frozenset(), "ringing")


def test_a_room_rings_three_pages_at_once() -> None:
    room = opened_room()
    for specialty in ("cardiology", "surgery", "toxicology"):
        room = after(room, Seat(cleo), ask(Page, id=specialty, specialty=specialty))
    assert refusal_of(room, ana, ask(Page, specialty="neurology")) is Refusal.TOO_MANY_PAGES


def test_a_room_pages_twenty_times() -> None:
    room = opened_room()
    for n in range(20):
        room = rung(room, f"p{n}", "ana")
        room = after(room, Seat(ana), ask(Respond, page=f"p{n}", answer="accept"))
    assert refusal_of(room, cleo, ask(Page)) is Refusal.TOO_MANY_PAGES


def test_whom_a_page_rings_may_enter_until_they_decline() -> None:
    room = stat("ana", "ben")
    assert may_enter(room.card, ana) and may_enter(room.card, ben)
    room = after(room, Seat(ben), decline)
    assert may_enter(room.card, ana) and not may_enter(room.card, ben)


def test_who_takes_a_case_is_let_in_for_good_and_the_others_no_more() -> None:
    room = stat("ana", "ben")
    bodies = decide(room, Seat(ana), accept, AT)
    assert bodies == [Responded(page="p1", answer="accept", read_back=READ_BACK), Invited(person="ana")]
    room = after(room, Seat(ana), accept)
    assert may_enter(room.card, ana) and not may_enter(room.card, ben)


def test_whom_the_reach_lets_in_needs_no_invitation() -> None:
    room = rung(opened_room(acuity="stat", reach="world"), "p1", "ana")
    assert [type(body) for body in decide(room, Seat(ana), accept, AT)] == [Responded]


@pytest.mark.parametrize(
    "read_back", [None, "", "   ", "ok", "Noted.", "...............", "aaaaaaaaaaaa", "yes yes yes yes"]
)
def test_a_stat_case_is_not_taken_without_a_read_back(read_back: str | None) -> None:
    room = stat("ana")
    wish = ask(Respond, page="p1", answer="accept", read_back=read_back)
    assert refusal_of(room, ana, wish) is Refusal.NO_READ_BACK


@pytest.mark.parametrize("read_back", [READ_BACK, "两小时前被蛇咬伤后胸痛持续不缓解", "Dor no peito há duas horas"])
def test_a_read_back_is_taken_in_whatever_language(read_back: str) -> None:
    assert decide(stat("ana"), Seat(ana), ask(Respond, page="p1", answer="accept", read_back=read_back), AT)


def test_less_urgent_cases_are_taken_without_a_read_back() -> None:
    room = rung(opened_room(acuity="asap"), "p1", "ana")
    assert decide(room, Seat(ana), ask(Respond, page="p1", answer="accept"), AT)


def test_below_t2_nobody_takes_a_stat_case_but_they_may_decline() -> None:
    unverified = msgspec.structs.replace(ana, role="clinician", tier=1)
    assert refusal_of(stat("ana"), unverified, accept) is Refusal.STAT_NEEDS_T2
    assert decide(stat("ana"), Seat(unverified), decline, AT)


def test_a_moderator_may_be_the_last_to_take_a_stat_case() -> None:
    assert decide(stat("mo"), Seat(mo), accept, AT)


def test_a_page_that_somebody_has_taken_is_taken() -> None:
    room = after(stat("ana", "ben"), Seat(ana), accept)
    invited = msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, invited=frozenset({"ana", "ben"})))
    assert refusal_of(invited, ben, accept) is Refusal.TAKEN


def test_who_has_declined_may_change_their_mind_while_nobody_has_taken_it() -> None:
    room = after(rung(opened_room(reach="world"), "p1", "ana"), Seat(ana), decline)
    room = after(room, Seat(ana), ask(Respond, page="p1", answer="accept"))
    assert (room.pages["p1"].state, room.pages["p1"].accepted_by) == ("answered", "ana")


def test_a_case_has_nobody_then_is_paged_then_has_somebody() -> None:
    room = opened_room(acuity="stat")
    assert room.card.help == ("nobody", AT)
    room = rung(room, "p1", "ana")
    assert room.card.help == ("paged", AT + 1_000)
    room = after(room, Seat(ana), accept)
    assert room.card.help == ("answered", AT + 2_000)


def test_a_case_in_which_somebody_spoke_has_somebody() -> None:
    room = after(opened_room(), Seat(cleo), ask(Post, text="Anyone?"))
    assert room.card.help == ("nobody", AT)
    room = after(room, Seat(ana), ask(Post, text="Here."))
    assert room.card.help == ("answered", room.at)


def test_a_close_lets_nobody_in_whom_a_page_rang() -> None:
    room = after(stat("ana"), Seat(cleo), ask(Close, disposition="Home", summary="Better."))
    assert not may_enter(room.card, ana)


def test_no_repr_shows_what_was_read_back_or_noted() -> None:
    for value in (accept, decline, ask(Page, note=READ_BACK), Paged(page="p", tier=0, note=READ_BACK, deadline_at=AT)):
        assert READ_BACK not in repr(value)
