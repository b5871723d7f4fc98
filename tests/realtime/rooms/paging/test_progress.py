import pytest

from realtime.rooms.commands import Page as Wish
from realtime.rooms.commands import Respond
from realtime.rooms.events import Paged
from realtime.rooms.fold import fold
from realtime.rooms.paging.progress import Mark, Progress, Stood, stood
from realtime.rooms.room import Room
from tests.builders import AT, Seat, after, ana, ask, ben, cleo, opened_room, rung, said

UNTOUCHED = Mark()
accept = ask(Respond, page="p1", answer="accept")
decline = ask(Respond, page="p1", answer="decline", reason="In theatre.")


def ringing() -> Room:
    """Ana and ben were rung at AT + 2 s, for two minutes."""
    room = after(opened_room(), Seat(cleo), ask(Wish, id="p1", specialty="cardiology"))
    return rung(room, "p1", "ana", "ben", seconds=120)


def of_ana(room: Room, mark: Mark = UNTOUCHED, now_ms: int = AT + 60_000) -> Stood:
    page = room.pages["p1"]
    return stood(page, page.rings[0], "ana", mark, now_ms)


@pytest.mark.parametrize(
    ("mark", "state", "at"),
    [
        (Mark(), "paged", AT + 2_000),
        (Mark(delivered_at=AT + 2_100), "delivered", AT + 2_100),
        (Mark(AT + 2_100, AT + 2_200), "seen", AT + 2_200),
        (Mark(seen_at=AT + 2_200), "seen", AT + 2_200),
    ],
)
def test_a_page_is_paged_then_delivered_then_seen(mark: Mark, state: Progress, at: int) -> None:
    assert of_ana(ringing(), mark) == Stood(state, at)


@pytest.mark.parametrize(("command", "state"), [(accept, "accepted"), (decline, "declined")])
def test_an_answer_counts_whatever_the_devices_say(command: Respond, state: Progress) -> None:
    room = after(ringing(), Seat(ana), command)
    for mark in (Mark(), Mark(AT, AT)):
        assert of_ana(room, mark, AT + 3_600_000) == Stood(state, room.at)


def test_it_lapses_at_its_deadline() -> None:
    deadline_at = AT + 122_000
    assert of_ana(ringing(), now_ms=deadline_at - 1).state == "paged"
    assert of_ana(ringing(), Mark(AT, AT), deadline_at) == Stood("lapsed", deadline_at)


def test_it_lapses_when_another_has_taken_it() -> None:
    room = after(ringing(), Seat(ben), accept)
    assert of_ana(room, Mark(AT, AT)) == Stood("lapsed", room.at)


def test_it_lapses_when_the_next_tier_rings() -> None:
    room = rung(ringing(), "p1", "mo", tier=2)
    assert of_ana(room) == Stood("lapsed", room.at)


def test_it_lapses_when_the_case_is_paged_anew() -> None:
    room = rung(opened_room(), "p1", "ana")
    room = fold(room, said(room, Paged(page="p2", tier=1, people=["ana"], deadline_at=AT + 9)))
    assert of_ana(room, now_ms=AT + 5_000).state == "lapsed"


def test_who_declined_an_earlier_tier_stands_anew_in_a_later_one() -> None:
    room = rung(after(ringing(), Seat(ana), decline), "p1", "ana", tier=2)
    page = room.pages["p1"]
    states = [stood(page, ring, "ana", Mark(), room.at).state for ring in page.rings]
    assert states == ["declined", "paged"]
