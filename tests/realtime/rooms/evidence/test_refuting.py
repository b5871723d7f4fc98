from typing import Any

from realtime.rooms.commands import AnyCommand, Close, Corroborate, Flag, Outcome, Post, Retract
from realtime.rooms.evidence.refuting import refuted_by
from realtime.rooms.fold import replay
from realtime.rooms.people import Person
from realtime.rooms.room import Room
from tests.builders import ana, ask, ben, cleo, mo, story

dan = Person("dan", "dr_dan", "physician", "toxicology", "KE", 2)
eve = Person("eve", "dr_eve", "physician", "toxicology", "PE", 2)
Told = tuple[Person, AnyCommand]

CLAIM = (ana, ask(Post, text="A cobra.", kind="finding"))
AGAINST = (ben, ask(Post, text="A krait.", kind="finding", contradicts="e2"))
CLOSE = (cleo, ask(Close, disposition="Transferred", summary="Better."))


def holds(person: Person, target: str, stance: str = "agree", **more: Any) -> Told:
    return person, ask(Corroborate, target=target, stance=stance, **more)


def told(*steps: Told) -> Room:
    room = replay(story(*steps))
    assert room is not None
    return room


def test_a_post_is_refuted_by_one_that_more_physicians_support() -> None:
    assert refuted_by(told(CLAIM, AGAINST), "e2") is None
    room = told(CLAIM, AGAINST, holds(dan, "e3"))
    assert (refuted_by(room, "e2"), refuted_by(room, "e3")) == ("e3", None)


def test_as_many_on_both_sides_refute_nothing() -> None:
    room = told(CLAIM, AGAINST, holds(dan, "e3"), holds(eve, "e2"))
    assert refuted_by(room, "e2") is None


def test_what_is_more_disputed_than_supported_refutes_nothing() -> None:
    room = told(CLAIM, AGAINST, holds(dan, "e3"), holds(ana, "e3", "disagree", note="It spat."))
    assert refuted_by(room, "e2") is None


def test_a_stance_that_is_withdrawn_counts_no_longer() -> None:
    room = told(CLAIM, AGAINST, holds(dan, "e3"), holds(dan, "e3", "withdraw"))
    assert refuted_by(room, "e2") is None


def test_what_was_retracted_or_is_folded_away_or_refuted_refutes_nothing() -> None:
    supported = (CLAIM, AGAINST, holds(dan, "e3"))
    assert refuted_by(told(*supported, (ben, ask(Retract, target="e3", reason="Wrong."))), "e2") is None
    assert refuted_by(told(*supported, (mo, ask(Flag, target="e3", reason="danger"))), "e2") is None
    third = (ana, ask(Post, text="Neither.", kind="finding", contradicts="e3"))
    room = told(*supported, third, holds(dan, "e5"), holds(eve, "e5"))
    assert (refuted_by(room, "e3"), refuted_by(room, "e2")) == ("e5", None)


def test_of_two_the_better_supported_one_refutes() -> None:
    other = (cleo, ask(Post, text="A viper.", kind="finding", contradicts="e2"))
    room = told(CLAIM, AGAINST, other, holds(dan, "e3"), holds(dan, "e4"), holds(eve, "e4"))
    assert refuted_by(room, "e2") == "e4"


def test_the_outcome_refutes_whatever_the_room_held_and_the_last_one_counts() -> None:
    wrong = (cleo, ask(Outcome, verdict="refuted", contradicts=["e2"], supports=["e3"]))
    room = told(CLAIM, AGAINST, holds(dan, "e2"), CLOSE, wrong)
    assert refuted_by(room, "e2") == "e6"
    later = (cleo, ask(Outcome, verdict="confirmed", supports=["e2"]))
    assert refuted_by(told(CLAIM, AGAINST, holds(dan, "e2"), CLOSE, wrong, later), "e2") is None


def test_what_was_retracted_is_not_refuted_as_well() -> None:
    gone = (ana, ask(Retract, target="e2", reason="Wrong."))
    assert refuted_by(told(CLAIM, AGAINST, holds(dan, "e3"), gone), "e2") is None
