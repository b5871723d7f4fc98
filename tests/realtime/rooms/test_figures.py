import pytest

from realtime.rooms.commands import Close, HandOver, Post, Respond
from realtime.rooms.events import Escalated, Event, Paged
from realtime.rooms.figures import Looks, Measure, waits
from tests.builders import AT, ana, ask, ben, cleo, opening, story

NOBODY_LOOKED = Looks()
RING = Paged(page="p1", tier=1, people=["ana", "ben"], deadline_at=AT + 120_000)
NEXT = Paged(page="p1", tier=2, people=["ben"], deadline_at=AT + 240_000)
WISH = Paged(page="p1", tier=0, deadline_at=AT)
TAKE = (ben, ask(Respond, page="p1", answer="accept"))
CLOSE = (cleo, ask(Close, disposition="advised", summary="Done."))


def ms(events: list[Event], looks: Looks = NOBODY_LOOKED) -> dict[Measure, int]:
    return dict(waits(events, looks).ms)


def test_of_a_case_that_has_nobody_nothing_has_ended() -> None:
    assert ms(story((cleo, ask(Post, text="Anyone?")))) == {}


def test_the_first_of_a_kind_ends_an_interval_each_second_being_one_event() -> None:
    log = story(RING, Escalated(page="p1", tier=1, why="lapsed"), NEXT, TAKE, (ben, ask(Post, text="Hello.")), CLOSE)
    assert ms(log) == {"paged": 1_000, "accepted": 4_000, "answered": 5_000, "closed": 6_000}


def test_a_wish_for_a_page_rings_nobody_yet() -> None:
    assert ms(story(WISH, RING)) == {"paged": 2_000}


def test_a_declined_page_is_not_accepted() -> None:
    assert "accepted" not in ms(story(RING, (ana, ask(Respond, page="p1", answer="decline", reason="In theatre."))))


def test_to_take_a_case_over_is_no_answer_to_a_page() -> None:
    asked = (cleo, ask(HandOver, person="ben", note="I go off shift."))
    took = (ben, ask(Respond, page="e2", answer="accept", read_back="Adult with chest pain after a bite."))
    assert ms(story(asked, took)) == {}


def test_who_looks_has_got_it() -> None:
    assert ms(story(RING), Looks(delivered_at=AT + 1_500)) == {"paged": 1_000, "delivered": 1_500}
    assert ms(story(RING), Looks(seen_at=AT + 9_000)) == {"paged": 1_000, "delivered": 9_000, "seen": 9_000}


def test_a_clock_that_is_behind_makes_no_interval_negative() -> None:
    assert ms(story(RING), Looks(AT - 5, AT - 5))["delivered"] == 0


def test_a_case_counts_under_its_acuity_its_first_specialty_its_opener_s_country_and_its_opening() -> None:
    found = waits([opening(acuity="stat", specialties=["toxicology", "cardiology"])], Looks())
    assert found[:4] == ("stat", "toxicology", "PE", AT)


def test_a_part_of_a_log_has_no_figures() -> None:
    with pytest.raises(ValueError, match="opening"):
        waits(story(CLOSE)[1:], Looks())
    with pytest.raises(ValueError, match="opening"):
        waits([], Looks())
