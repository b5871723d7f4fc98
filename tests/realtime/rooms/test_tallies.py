import msgspec
import pytest

from realtime.rooms.commands import AnyCommand, Close, Corroborate, Opine, Outcome, Post, Retract
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.erasure import without_words
from realtime.rooms.events import Event, canonical, decoded
from realtime.rooms.fold import replay
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import Person
from realtime.rooms.tallies import TALLIES, Tally, tallies
from tests.builders import Step, ana, ask, ben, cleo, story

BITE = Diagnosis(dx="Krait bite", probability=0.6)
STROKE = Diagnosis(dx="Stroke", probability=0.3)
CLOSE = (cleo, ask(Close, disposition="advised", summary="Done."))


def opines(person: Person, *differential: Diagnosis) -> tuple[Person, AnyCommand]:
    return person, ask(Opine, differential=list(differential))


def outcome(verdict: str = "confirmed", /, **more: object) -> tuple[Person, AnyCommand]:
    return cleo, ask(Outcome, **{"verdict": verdict, "supports": [], "contradicts": []} | more)


def says(person: Person, kind: str = "finding") -> tuple[Person, AnyCommand]:
    return person, ask(Post, text="A claim.", kind=kind)


def holds(person: Person, target: str, stance: str) -> tuple[Person, AnyCommand]:
    return person, ask(Corroborate, target=target, stance=stance, note="Because.")


def found(*steps: Step) -> dict[str, Tally]:
    return of(story(*steps))


def of(log: list[Event]) -> dict[str, Tally]:
    room = replay(log)
    assert room is not None
    return dict(tallies(log, room, scored(log).items))


def test_of_an_open_case_there_is_nothing() -> None:
    claim = (says(ben), holds(ana, "e2", "agree"))
    assert found(*claim) == {}
    assert found(*claim, CLOSE) != {}


def test_claims_count_once_however_many_agree_and_as_disputed_too_where_somebody_does_not() -> None:
    comment, gone = says(ben, "comment"), (says(ben), (ben, ask(Retract, target="e4", reason="Wrong.")))
    claims = (says(ben), comment, *gone, says(ana, "recommendation"), says(ana))
    stances = (holds(ana, "e2", "agree"), holds(ben, "e6", "agree"), holds(ben, "e7", "disagree"))
    assert found(*claims, *stances, CLOSE) == {"corroborated": Tally(3, 2), "disputed": Tally(3, 1)}


def test_a_stance_that_was_taken_back_counts_for_nothing() -> None:
    steps = (says(ben), holds(ana, "e2", "agree"), (ana, ask(Corroborate, target="e2", stance="withdraw")))
    assert found(*steps, CLOSE)["corroborated"] == Tally(1, 0)


def test_opinions_are_brier_s_score_and_bins_of_what_was_given_a_probability() -> None:
    told = found(opines(ben, BITE, STROKE), CLOSE, outcome(diagnosis="krait bite"))
    # (1 - 0.6)² + 0.3², and what was left open is spread thin.
    assert told["brier"] == Tally(1, 0, 250)
    assert told["forecast_6"] == Tally(1, 1, 600)
    assert told["forecast_3"] == Tally(1, 0, 300)
    assert told.keys() <= set(TALLIES)


def test_a_sure_opinion_is_in_the_last_bin() -> None:
    sure = Diagnosis(dx="Stroke", probability=1.0)
    told = found(opines(ben, sure), CLOSE, outcome(diagnosis="Krait bite"))
    assert (told["brier"], told["forecast_9"]) == (Tally(1, 0, 2_000), Tally(1, 0, 1_000))


@pytest.mark.parametrize(("diagnosis", "leading", "three"), [("Krait bite", 1, 1), ("stroke", 0, 1), ("Malaria", 0, 0)])
def test_what_all_thought_together_agreed_or_did_not(diagnosis: str, leading: int, three: int) -> None:
    told = found(opines(ana, BITE), opines(ben, BITE, STROKE), CLOSE, outcome(diagnosis=diagnosis))
    assert (told["leading"], told["first_three"]) == (Tally(1, leading), Tally(1, three))


@pytest.mark.parametrize("last", [{}, {"diagnosis": "unknown"}, {"diagnosis": "(erased)"}])
def test_an_outcome_without_a_diagnosis_agrees_with_nothing(last: dict[str, str]) -> None:
    assert found(opines(ana, BITE), CLOSE, outcome(**last)) == {}


def test_the_last_outcome_counts_and_the_verdict_unknown_agrees_with_nothing() -> None:
    first = outcome(diagnosis="Stroke")
    assert found(opines(ana, BITE), CLOSE, first, outcome(diagnosis="Krait bite"))["leading"] == Tally(1, 1)
    assert "leading" not in found(opines(ana, BITE), CLOSE, first, outcome("unknown", diagnosis="Krait bite"))


def test_an_opinion_whose_words_were_erased_counts_no_more() -> None:
    log = story(opines(ana, BITE), CLOSE, outcome(diagnosis="Krait bite"))
    left = decoded("opined", without_words("opined", canonical(log[1].body)))
    log[1] = msgspec.structs.replace(log[1], body=left)
    assert of(log) == {}
