import msgspec
import pytest

from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    HandOver,
    Opine,
    Outcome,
    Post,
    Respond,
    Retract,
    Reveal,
)
from realtime.rooms.credibility.item import Item
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.erasure import without_words
from realtime.rooms.events import Event, HandOverAsked, canonical, decoded
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from tests.builders import ana, ask, ben, cleo, story

BITE = Diagnosis(dx="Krait bite", probability=0.6)
STROKE = Diagnosis(dx="Stroke", probability=0.3)
ADVICE = (ben, ask(Post, text="Give antivenom.", kind="recommendation"))
DONE = (cleo, ask(Act, target="e2", state="accepted")), (cleo, ask(Act, target="e2", state="done"))


def opines(person: Person, *differential: Diagnosis) -> tuple[Person, AnyCommand]:
    return person, ask(Opine, differential=list(differential))


def outcome(verdict: str = "confirmed", /, **more: object) -> tuple[Person, AnyCommand]:
    return cleo, ask(Outcome, **{"verdict": verdict, "supports": [], "contradicts": []} | more)


def items(log: list[Event]) -> list[tuple[str, str, str, int]]:
    return [(item.event, item.person, item.kind, item.score) for item in scored(log).items]


def test_without_an_outcome_nothing_is_scored_and_a_case_counts_under_its_first_specialty() -> None:
    found = scored(story(opines(ben, BITE)))
    assert (found.specialty, found.items) == ("cardiology", [])


def test_an_opinion_is_scored_against_the_final_diagnosis() -> None:
    (item,) = scored(story(opines(ben, BITE, STROKE), outcome(diagnosis="krait bite"))).items
    assert item == Item(
        event="e2",
        person="ben",
        kind="opinion",
        at=item.at,
        outcome="e3",
        score=875,
        loss=511,
        forecasts=item.forecasts,
    )
    assert list(item.forecasts) == [(0.6, True), (0.3, False)]


@pytest.mark.parametrize("unknown", [None, "unknown", "(erased)"])
def test_without_a_diagnosis_no_opinion_is_scored(unknown: str | None) -> None:
    assert items(story(opines(ben, BITE), outcome(diagnosis=unknown))) == []


def test_an_opinion_whose_words_were_erased_is_not_scored() -> None:
    log = story(opines(ben, BITE), opines(ana, BITE), outcome(diagnosis="Krait bite"))
    left = decoded("opined", without_words("opined", canonical(log[1].body)))
    log[1] = msgspec.structs.replace(log[1], body=left)
    assert [person for _, person, _, _ in items(log)] == ["ana"]


def test_what_is_not_known_scores_nothing() -> None:
    log = story(opines(ben, BITE), outcome("unknown", diagnosis="Krait bite"))
    assert items(log) == []


def test_the_last_outcome_counts() -> None:
    given = opines(ben, BITE, STROKE)
    log = story(given, outcome(diagnosis="Krait bite"), outcome("refuted", diagnosis="Stroke"))
    assert items(log) == [("e2", "ben", "opinion", 575)]
    assert scored(log).items[0].outcome == "e4"
    assert items(story(given, outcome(diagnosis="Krait bite"), outcome("unknown"))) == []


def test_the_first_opinion_is_ones_own_and_none_after_the_reveal() -> None:
    log = story(
        opines(ben, BITE),
        opines(ben, STROKE),
        (cleo, ask(Reveal)),
        opines(ana, BITE),
        outcome(diagnosis="Krait bite"),
    )
    assert [(event, person) for event, person, _, _ in items(log)] == [("e2", "ben")]


def test_advice_is_scored_where_it_was_done() -> None:
    judged = outcome(supports=["e2"])
    assert items(story(ADVICE, judged)) == []
    assert items(story(ADVICE, *DONE, judged)) == [("e2", "ben", "advice", 1_000)]
    assert items(story(ADVICE, *DONE, outcome(contradicts=["e2"]))) == [("e2", "ben", "advice", 0)]
    assert items(story(ADVICE, *DONE, outcome())) == []


@pytest.mark.parametrize(
    ("stance", "judged", "score"),
    [
        ("agree", {"supports": ["e2"]}, 1_000),
        ("agree", {"contradicts": ["e2"]}, 0),
        ("disagree", {"supports": ["e2"]}, 0),
        ("disagree", {"contradicts": ["e2"]}, 1_000),
    ],
)
def test_a_stance_is_scored_by_what_it_was_on(stance: str, judged: dict[str, list[str]], score: int) -> None:
    log = story(ADVICE, (ana, ask(Corroborate, target="e2", stance=stance)), outcome(**judged))
    assert items(log) == [("e3", "ana", "stance", score)]


def test_a_stance_on_an_earlier_text_or_taken_back_or_on_what_was_retracted_is_not() -> None:
    agree = (ana, ask(Corroborate, target="e2", stance="agree"))
    judged = outcome(supports=["e2"])
    assert items(story(ADVICE, agree, (ben, ask(Amend, target="e2", text="Give none.")), judged)) == []
    assert items(story(ADVICE, agree, (ana, ask(Corroborate, target="e2", stance="withdraw")), judged)) == []
    assert items(story(ADVICE, agree, (ben, ask(Retract, target="e2", reason="Wrong.")), judged)) == []


def test_what_is_said_once_an_outcome_is_known_comes_too_late() -> None:
    late = (ana, ask(Corroborate, target="e2", stance="agree"))
    log = story(
        ADVICE, outcome(supports=["e2"]), late, opines(ana, BITE), outcome(diagnosis="Krait bite", supports=["e2"])
    )
    assert items(log) == []


def test_an_outcome_after_the_close_scores_too() -> None:
    close = (cleo, ask(Close, disposition="advised", summary="Done."))
    assert items(story(ADVICE, *DONE, close, outcome(supports=["e2"]))) == [("e2", "ben", "advice", 1_000)]


def test_nobody_marks_their_own_paper() -> None:
    """Ben takes the case over, and with it the outcome: what he said is his to judge, and so is not scored."""
    over = (
        (cleo, ask(HandOver, person="ben")),
        (ben, ask(Respond, page="e3", answer="accept", read_back="Bitten, in pain.")),
    )
    judged = ask(Outcome, verdict="confirmed", diagnosis="Krait bite", supports=[], contradicts=[])
    log = story(opines(ben, BITE), *over, opines(ana, BITE), (ben, judged))
    assert [person for _, person, _, _ in items(log)] == ["ana"]
    assert log[2].body == HandOverAsked(person="ben")


def test_a_part_of_a_log_is_not_scored() -> None:
    with pytest.raises(ValueError, match="opening"):
        scored(story(ADVICE)[1:])
