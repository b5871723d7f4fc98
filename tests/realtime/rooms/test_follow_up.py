from itertools import pairwise
from typing import Any

import pytest

from realtime.rooms.commands import Close, Corroborate, HandOver, Outcome, Post, Remove, Respond, Retract
from realtime.rooms.events import Paged
from realtime.rooms.fold import replay
from realtime.rooms.follow_up import DAY_MS, HOUR_MS, NUDGES, QUESTIONS, due, helpers, judged, next_at, owed
from realtime.rooms.room import Room
from tests.builders import AT, ana, ask, ben, cleo, mo, story

CLOSE = (cleo, ask(Close, disposition="advised", summary="Sent on."))
WHOLE = dict.fromkeys(QUESTIONS, "unknown")


def closed(*steps: Any) -> Room:
    """A room of cleo's in which this was done, and that was closed then."""
    room = replay(story(*steps, CLOSE))
    assert room is not None
    return room


def outcome(**answers: Any) -> Any:
    return (cleo, ask(Outcome, verdict="unknown", **answers))


def at(room: Room, after_ms: int) -> int:
    """The time so long after the close."""
    assert room.card.closed_at is not None
    return room.card.closed_at + after_ms


def test_nothing_is_owed_of_an_open_case() -> None:
    room = replay(story())
    assert room is not None and owed(room.card) == ()


def test_after_the_close_all_questions_are_owed() -> None:
    assert owed(closed().card) == QUESTIONS


def test_what_is_absent_is_asked_again_and_unknown_is_an_answer() -> None:
    room = closed(outcome(diagnosis="Tamponade", state_7d="unknown", harm=False))
    assert owed(room.card) == ("advice_used", "state_24h")


def test_the_last_outcome_alone_counts() -> None:
    assert owed(closed(outcome(**WHOLE), outcome(harm=True)).card) == (
        "diagnosis",
        "advice_used",
        "state_24h",
        "state_7d",
    )


@pytest.mark.parametrize(
    ("after_ms", "name"),
    [
        (0, None),
        (24 * HOUR_MS - 1, None),
        (24 * HOUR_MS, "24h"),
        (7 * DAY_MS - 1, "24h"),
        (7 * DAY_MS, "7d"),
        (14 * DAY_MS, "14d"),
        (28 * DAY_MS, "28d"),
        (56 * DAY_MS, "56d"),
        (999 * DAY_MS, "56d"),
    ],
)
def test_one_reminder_at_a_time_is_due(after_ms: int, name: str | None) -> None:
    room = closed()
    nudge = due(room.card, at(room, after_ms))
    assert (nudge and nudge.name) == name


def test_a_reminder_is_not_due_once_what_it_asks_is_answered() -> None:
    room = closed(outcome(state_24h="Stable."))
    assert due(room.card, at(room, 24 * HOUR_MS)) is None
    assert next_at(room.card, at(room, 0)) == at(room, 7 * DAY_MS)


def test_whoever_has_answered_all_is_reminded_of_nothing() -> None:
    room = closed(outcome(**WHOLE))
    assert next_at(room.card, at(room, 0)) is None
    assert all(due(room.card, at(room, nudge.after_ms)) is None for nudge in NUDGES)


def test_reminders_end() -> None:
    room = closed()
    assert next_at(room.card, at(room, NUDGES[-1].after_ms)) is None


def test_the_gaps_between_repeats_grow() -> None:
    times = [nudge.after_ms for nudge in NUDGES]
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert gaps == sorted(gaps) and len(gaps) <= 4


def test_those_who_helped_are_who_found_recommended_or_were_agreed_with() -> None:
    room = closed(
        (ben, ask(Post, text="Look for a swollen arm.", kind="finding")),
        (ana, ask(Post, text="I would wait.")),
        (mo, ask(Post, text="Mind the tone.")),
        (ben, ask(Corroborate, target="e3", stance="agree")),
    )
    assert helpers(room) == {"ana", "ben"}


def test_whoever_took_the_case_has_helped() -> None:
    room = closed(
        Paged(page="p1", tier=1, people=["ana", "ben"], deadline_at=AT + 600_000),
        (ana, ask(Respond, page="p1", answer="decline", reason="In theatre.")),
        (ben, ask(Respond, page="p1", answer="accept")),
    )
    assert helpers(room) == {"ben"}


def test_the_outcome_is_owed_by_whoever_presented_the_case_last() -> None:
    asked = (cleo, ask(HandOver, person="ben", note="I go off shift."))
    took = (ben, ask(Respond, page="e2", answer="accept", read_back="Adult with chest pain after a bite."))
    room = replay(story(asked, took, (ben, ask(Close, disposition="advised", summary="Sent on."))))
    assert room is not None and room.presenter == "ben" and owed(room.card) == QUESTIONS


def test_the_presenter_and_whoever_took_it_back_or_was_removed_has_not_helped() -> None:
    room = closed(
        (cleo, ask(Post, text="It is the left arm.", kind="finding")),
        (ben, ask(Post, text="Antivenom.", kind="recommendation")),
        (ben, ask(Retract, target="e3", reason="Wrong snake.")),
        (ana, ask(Post, text="Tamponade?", kind="finding")),
        (cleo, ask(Remove, person="ana")),
    )
    assert helpers(room) == frozenset()


def test_those_whose_posts_the_last_outcome_names_are_judged_and_have_helped() -> None:
    room = closed(
        (ben, ask(Post, text="Look at the eyelids.")),
        (ana, ask(Post, text="Antivenom.", kind="recommendation")),
        (ana, ask(Post, text="Neostigmine.", kind="recommendation")),
        (mo, ask(Post, text="Wait.", kind="recommendation")),
        outcome(supports=["e5"]),
        outcome(supports=["e2", "e3"], contradicts=["e4"]),
    )
    assert judged(room) == {"ben": "right", "ana": "mixed"}
    assert helpers(room) == {"ana", "ben", "mo"}


def test_what_was_taken_back_is_not_judged() -> None:
    room = closed(
        (ben, ask(Post, text="Antivenom.", kind="recommendation")),
        outcome(contradicts=["e2"]),
        (ben, ask(Retract, target="e2", reason="Wrong snake.")),
    )
    assert judged(room) == {} and helpers(room) == frozenset()
