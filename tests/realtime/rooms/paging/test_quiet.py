from realtime.rooms.commands import Close, Post, Respond
from realtime.rooms.paging.ladder import LADDER
from realtime.rooms.paging.quiet import look_at, nudges, watched
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, cleo, opened_room, rung

GONE_MS, IDLE_MS = 900_000, 86_400_000


def taken(acuity: str = "stat") -> Room:
    room = rung(opened_room(acuity=acuity), "p1", "ana")
    return after(room, Seat(ana), ask(Respond, page="p1", answer="accept", read_back="Chest pain after a bite, 2 h."))


def test_a_room_without_an_event_for_a_day_asks_its_presenter() -> None:
    room = opened_room()
    assert nudges(room, LADDER, None, AT + IDLE_MS - 1) == []
    (nudge,) = nudges(room, LADDER, None, AT + IDLE_MS)
    assert (nudge.person, nudge.kind) == ("cleo", "follow_up")


def test_it_asks_once_for_each_quiet_time() -> None:
    room = opened_room()
    first, again = (nudges(room, LADDER, None, AT + days * IDLE_MS)[0].id for days in (1, 2))
    later = after(room, Seat(cleo), ask(Post, text="Still waiting."))
    (other,) = nudges(later, LADDER, None, later.at + IDLE_MS)
    assert first == again != other.id


def test_who_took_a_stat_case_is_asked_when_its_presenter_is_gone() -> None:
    room = taken()
    assert nudges(room, LADDER, AT, AT + GONE_MS - 1) == []
    (nudge,) = nudges(room, LADDER, AT, AT + GONE_MS)
    assert (nudge.person, nudge.kind) == ("ana", "hand_over")
    assert nudge.id == nudges(room, LADDER, AT, AT + 2 * GONE_MS)[0].id


def test_it_matters_of_stat_cases_alone_that_somebody_has_taken() -> None:
    assert watched(taken())
    assert not watched(taken("asap"))
    assert not watched(rung(opened_room(acuity="stat"), "p1", "ana"))


def test_a_closed_room_asks_nobody() -> None:
    room = after(taken(), Seat(cleo), ask(Close, disposition="Home", summary="Better."))
    assert nudges(room, LADDER, AT, AT + IDLE_MS) == []
    assert look_at(room, LADDER, AT, AT) is None


def test_a_room_is_looked_at_when_something_may_have_to_be_asked() -> None:
    room = taken()
    assert look_at(opened_room(), LADDER, None, AT) == AT + IDLE_MS
    assert look_at(room, LADDER, AT + 5, AT + 10) == AT + 5 + GONE_MS
    assert look_at(room, LADDER, AT, AT + GONE_MS) == AT + 2 * GONE_MS
