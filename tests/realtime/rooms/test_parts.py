from realtime.rooms.commands import AnyCommand, Close, Opine, Outcome, Post
from realtime.rooms.credibility.scoring import scored
from realtime.rooms.events import Paged
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.parts import Part, parts
from realtime.rooms.people import Person
from tests.builders import AT, Step, ana, ask, ben, cleo, story

RING = Paged(page="p1", tier=1, people=["ana", "ben"], deadline_at=AT + 120_000)
BITE = Diagnosis(dx="Krait bite", probability=0.5)
STROKE = Diagnosis(dx="Stroke", probability=0.4)
CLOSE = (cleo, ask(Close, disposition="advised", summary="Done."))


def opines(person: Person, *differential: Diagnosis) -> tuple[Person, AnyCommand]:
    return person, ask(Opine, differential=list(differential))


def turned_out(diagnosis: str) -> tuple[Person, AnyCommand]:
    return cleo, ask(Outcome, verdict="confirmed", diagnosis=diagnosis, supports=[], contradicts=[])


def found(*steps: Step) -> dict[str, Part]:
    log = story(*steps)
    return dict(parts(log, scored(log).items))


def test_of_an_open_case_nobody_has_a_part_yet() -> None:
    assert found(RING, (ben, ask(Post, text="Hello."))) == {}


def test_who_opened_it_and_whom_a_page_rang_was_asked_and_who_posted_answered() -> None:
    told = found(RING, (ben, ask(Post, text="Hello.")), (ben, ask(Post, text="Again.")), CLOSE)
    assert told == {
        "ana": Part(asked=True, answered=False),
        "ben": Part(asked=True, answered=True),
        "cleo": Part(asked=True, answered=False),
    }


def test_who_was_not_asked_may_answer_and_an_opinion_is_an_answer() -> None:
    assert found(opines(ana, BITE), CLOSE)["ana"] == Part(asked=False, answered=True)


def test_what_the_presenter_posts_in_their_own_case_is_no_answer() -> None:
    assert found((cleo, ask(Post, text="Anyone?")), CLOSE) == {"cleo": Part(asked=True, answered=False)}


def test_opinions_count_as_they_were_scored_and_as_what_they_put_first() -> None:
    told = found(opines(ana, BITE, STROKE), opines(ben, STROKE), CLOSE, turned_out("Krait bite"))
    assert told["ana"] == Part(asked=False, answered=True, opinions=1, hits=1, brier=410)
    assert told["ben"] == Part(asked=False, answered=True, opinions=1, hits=0, brier=1_160)
