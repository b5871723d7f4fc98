from typing import Any

import msgspec
import pytest

from realtime.rooms.body import Body
from realtime.rooms.case import Case
from realtime.rooms.erasure import ERASED, without_words
from realtime.rooms.events import BODIES, KINDS, Collapsed, Opened, Opined, Warned, canonical, decoded
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.texts import CASE_WRITTEN, WRITTEN
from tests.builders import opening
from tests.samples import BODY_SAMPLES, MEASURED

CANARY = "a canary in zebrawood"


def speaking(body: Any) -> Any:
    """`body` with a canary in every field of words."""
    if isinstance(body, Opened):
        return Opened(case=speaking(body.case))
    fields = CASE_WRITTEN if isinstance(body, Case) else WRITTEN.get(type(body), ())
    words = {field: [CANARY] * 2 if isinstance(getattr(body, field), list) else CANARY for field in fields}
    return msgspec.structs.replace(body, **words)


SPEAKING = [speaking(body) for body in BODY_SAMPLES if type(body) in WRITTEN or isinstance(body, Opened)]


@pytest.mark.parametrize("body", SPEAKING, ids=lambda body: type(body).__name__)
def test_no_word_is_left_of_any_event(body: Body) -> None:
    kind = KINDS[type(body)]
    left = without_words(kind, canonical(body))
    assert CANARY.encode() in canonical(body) and CANARY.encode() not in left
    assert ERASED.encode() in left
    assert type(decoded(kind, left)) is type(body)


def test_what_an_outcome_says_of_harm_is_erased() -> None:
    (body,) = (body for body in SPEAKING if getattr(body, "harm", None) and body.supports)
    left: Any = decoded("outcome", without_words("outcome", canonical(body)))
    assert (left.harm, left.verdict, left.supports) == (ERASED, "confirmed", ["e2"])


def test_what_was_measured_goes_with_the_words() -> None:
    left: Any = decoded("opened", without_words("opened", canonical(opening(**MEASURED).body)))
    assert (left.case.vitals, left.case.vitals_at, left.case.triage) == ([], None, None)
    assert (left.case.resources, left.case.template) == ([], None)


@pytest.mark.parametrize("body", [Warned(target="e2", reason="danger"), Collapsed(target="e2", reason="danger")])
def test_a_reason_that_is_one_of_a_few_words_is_no_word_of_its_author(body: Body) -> None:
    with pytest.raises(ValueError, match="no words"):
        without_words(KINDS[type(body)], canonical(body))


def test_nothing_is_left_of_what_somebody_thought_it_was() -> None:
    opined = Opined(differential=[Diagnosis(CANARY, 0.5)])
    assert decoded("opined", without_words("opined", canonical(opined))) == Opined(differential=[])


def test_every_kind_whose_author_may_confirm_is_here() -> None:
    taking = {kind for kind in BODIES.values() if "not_identifying" in kind.__struct_fields__}
    assert {type(body) for body in SPEAKING} == taking - {Opined} == {*WRITTEN, type(opening().body)}
