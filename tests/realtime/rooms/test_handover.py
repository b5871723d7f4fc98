"""The handover note: what stands in it, and what does not."""

from typing import Any

import pytest

from realtime.rooms.command import ActState
from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    HandOver,
    Outcome,
    Post,
    Respond,
    Retract,
)
from realtime.rooms.handover import Handover, composed
from realtime.rooms.people import Person
from tests.builders import AT, ana, ask, ben, cleo, opening, story

advice = ask(Post, text="Give adrenaline 0.5 mg i.m.", kind="recommendation")


def act(state: ActState, **words: Any) -> AnyCommand:
    return ask(Act, target="e2", state=state, **words)


def note_after(*steps: tuple[Person, AnyCommand], **parts: Any) -> Handover:
    return composed(story(*steps, first=opening(**parts)))


def test_a_room_without_events_has_no_note() -> None:
    with pytest.raises(ValueError, match="without events"):
        composed([])


def test_advice_stands_with_who_said_it_who_is_for_it_and_who_against() -> None:
    (one,) = note_after(
        (ana, advice),
        (ben, ask(Corroborate, target="e2", stance="disagree", note="Not with this heart.")),
    ).advice
    assert (one.by, one.text, one.inn) == (ana.by, advice.text, {"epinephrine": "adrenaline"})
    assert (one.agree, [(stand.by, stand.note) for stand in one.disagree]) == ([], [(ben.by, "Not with this heart.")])


def test_a_stance_on_an_earlier_text_counts_no_more() -> None:
    (one,) = note_after(
        (ana, advice),
        (ben, ask(Corroborate, target="e2", stance="agree")),
        (ana, ask(Amend, target="e2", text="Give 0.3 mg.")),
    ).advice
    assert (one.text, one.agree, one.amended) == ("Give 0.3 mg.", [], False)


def test_what_became_of_advice_stands_step_by_step_with_its_words() -> None:
    note = note_after(
        (ana, advice),
        (cleo, act("accepted", read_back="Half a milligram, thigh.")),
        (cleo, act("doing")),
        (cleo, act("cannot", reason="The ampoule broke.")),
    )
    (one,) = note.advised("cannot")
    assert [(step.state, step.words, step.at) for step in one.steps] == [
        ("accepted", "Half a milligram, thigh.", AT + 2_000),
        ("doing", None, AT + 3_000),
        ("cannot", "The ampoule broke.", AT + 4_000),
    ]
    assert note.advised(None) == note.advised("done") == []


def test_who_accepted_an_earlier_text_is_told() -> None:
    amended = ask(Amend, target="e2", text="Give 0.3 mg.")
    assert note_after((ana, advice), (cleo, act("accepted")), (ana, amended)).advice[0].amended


def test_what_was_taken_back_stands_only_where_something_was_made_of_it() -> None:
    gone = (ana, ask(Retract, target="e2", reason="Wrong room."))
    assert not note_after((ana, advice), gone).advice
    (one,) = note_after((ana, advice), (cleo, act("accepted")), gone).advice
    assert (one.retracted, one.text, one.evidence) == (True, "", [])


def test_only_recommendations_are_advice() -> None:
    assert not note_after((ana, ask(Post, text="Which snake?", kind="question"))).advice


def test_advice_tells_whom_it_contradicts() -> None:
    other = ask(Post, text="Give none.", kind="recommendation", contradicts="e2")
    assert note_after((ana, advice), (ben, other)).advice[1].contradicts == "dr_ana"


def test_questions_that_wait_stand_with_whom_they_wait_for() -> None:
    question = (ana, ask(Post, text="Which snake?", kind="question", to="cleo"))
    (one,) = note_after((cleo, ask(Post, text="Here.")), question).questions
    assert (one.text, one.by, one.to) == ("Which snake?", ana.by, cleo.by)
    assert not note_after(question, (cleo, ask(Post, text="A viper.", reply_to="e2"))).questions


def test_whoever_took_the_case_over_presents_it() -> None:
    note = note_after(
        (cleo, ask(HandOver, person="ben")),
        (ben, ask(Respond, page="e2", answer="accept", read_back="All of the case is mine.")),
    )
    assert (note.presenter, note.opened_by, note.case.presenter) == (ben.by, cleo.by, "ben")


def test_a_closed_case_says_how_it_ended() -> None:
    note = note_after(
        (cleo, ask(Close, disposition="Transferred", summary="Better.")), (cleo, ask(Outcome, verdict="confirmed"))
    )
    assert note.ending is not None
    assert (note.ending.disposition, note.ending.summary, note.outcome) == ("Transferred", "Better.", "confirmed")
    assert note_after().ending is None


def test_no_word_is_in_a_repr() -> None:
    note = note_after((ana, advice), (cleo, act("cannot", reason="The ampoule broke.")))
    said = repr([note, *note.advice, *note.advice[0].steps])
    assert "adrenaline" not in said and "ampoule" not in said and "Chest" not in said
