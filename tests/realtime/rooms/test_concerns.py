"""Whom an event concerns, and what they are told."""

from typing import get_args

import pytest

from realtime.rooms.commands import Act, AnyCommand, HandOver, Post
from realtime.rooms.concerns import Concern, Why, concerned, notice_of
from realtime.rooms.fold import replay
from realtime.rooms.people import Person
from tests.builders import ROOM, ana, ask, cleo, opening, story

Step = tuple[Person, AnyCommand]
advice: Step = (ana, ask(Post, text="Give one vial.", kind="recommendation"))


def last_of(*steps: Step) -> list[Concern]:
    events = story(*steps)
    room = replay(events)
    assert room is not None
    return concerned(room, events[-1])


@pytest.mark.parametrize(
    ("steps", "concern"),
    [
        ([(cleo, ask(HandOver, person="ben"))], Concern("ben", "hand_over")),
        ([(ana, ask(Post, text="Which?", kind="question", to="cleo"))], Concern("cleo", "question")),
        ([advice, (cleo, ask(Act, target="e2", state="cannot", reason="None."))], Concern("ana", "cannot")),
    ],
)
def test_an_event_concerns_whom_it_asks_or_answers(steps: list[Step], concern: Concern) -> None:
    assert last_of(*steps) == [concern]


@pytest.mark.parametrize(
    "steps",
    [
        [advice],
        [(ana, ask(Post, text="Thanks.", to="cleo"))],
        [(ana, ask(Post, text="Which?", kind="question", to="ana"))],
        [advice, (cleo, ask(Act, target="e2", state="accepted"))],
        [(cleo, ask(HandOver, person="ben")), (cleo, ask(HandOver, person="cleo"))],
    ],
)
def test_other_events_concern_nobody_in_particular(steps: list[Step]) -> None:
    assert last_of(*steps) == []


@pytest.mark.parametrize("why", get_args(Why))
def test_a_notice_says_why_and_nothing_of_what_was_written(why: Why) -> None:
    events = story((ana, ask(Post, text="CANARY", kind="question", to="cleo")), first=opening(acuity="stat"))
    room = replay(events)
    assert room is not None
    notice = notice_of(Concern("cleo", why), room, events[-1])
    assert "stat case" in notice.text and "CANARY" not in notice.text and room.card.case.title not in notice.text
    assert (notice.person, notice.room, notice.acuity, notice.at) == ("cleo", ROOM, "stat", events[-1].at)
    assert (notice.page == "e2") is (why == "hand_over") is (notice.kind == "hand_over")
    assert notice == notice_of(Concern("cleo", why), room, events[-1])


def test_different_events_make_different_notices() -> None:
    events = story(advice, advice)
    room = replay(events)
    assert room is not None
    assert len({notice_of(Concern("cleo", "handle"), room, event).id for event in events}) == 3
