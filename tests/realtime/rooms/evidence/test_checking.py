from typing import Any

import pytest

from realtime.rooms.command import Evidence
from realtime.rooms.evidence.checking import checked
from realtime.rooms.evidence.levels import QUESTIONS, SCHEMES
from realtime.rooms.refusals import Refusal, Refused


def kept(*parts: str, **more: Any) -> Evidence:
    return checked([Evidence(*parts, **more)])[0]  # type: ignore[arg-type]


def refused(*parts: str, **more: Any) -> str:
    with pytest.raises(Refused) as refusal:
        kept(*parts, **more)
    assert refusal.value.refusal is Refusal.EVIDENCE
    return refusal.value.message


def test_a_reference_is_kept_in_its_one_form() -> None:
    assert kept("doi", "https://doi.org/10.1056/NEJMoa2212663") == Evidence("doi", "10.1056/NEJMoa2212663")


@pytest.mark.parametrize(
    ("kind", "ref", "says"),
    [
        ("pmid", "Hansen 2020", "A PMID is a number"),
        ("pmcid", "7616890", "A PMCID is `PMC`"),
        ("doi", "11.1/x", "A DOI is 10"),
        ("nct", "NCT1", "`NCT` and eight digits"),
        ("url", "www.who.int", "begins with https://"),
        ("guideline", " ", "named in words"),
        ("experience", "", "said in words"),
    ],
)
def test_what_is_not_written_as_its_kind_is_refused_with_what_to_do(kind: str, ref: str, says: str) -> None:
    message = refused(kind, ref)
    assert says in message and message.endswith(".")


def test_the_same_reference_twice_is_refused() -> None:
    twice = [Evidence("doi", "10.1056/NEJMoa2212663"), Evidence("doi", "doi:10.1056/nejmoa2212663")]
    with pytest.raises(Refused) as refusal:
        checked(twice)
    assert "twice" in refusal.value.message


def test_control_characters_are_refused_as_everywhere() -> None:
    with pytest.raises(Refused) as refusal:
        kept("guideline", "WHO\x1b[2J")
    assert refusal.value.refusal is Refusal.CONTROL_CHARACTERS


def test_a_level_is_one_of_its_scheme_and_kept_by_its_name() -> None:
    assert kept("pmid", "1", level=" 2 ", scheme="cebm 2011", question_type="Treatment") == Evidence(
        "pmid", "1", level="2", scheme="CEBM 2011", question_type="treatment"
    )
    assert kept("pmid", "1", level="Very low", scheme="grade").level == "very low"
    assert kept("pmid", "1", level="1A", scheme="CEBM 2009").level == "1a"
    assert kept("pmid", "1", level="2").scheme is None


def test_no_level_is_none_stated() -> None:
    assert kept("pmid", "1", level=" ", question_type="harm") == Evidence("pmid", "1", question_type="harm")


def test_a_level_that_the_scheme_does_not_have_is_refused() -> None:
    assert "CEBM 2011 has no such level. Name its scheme, CEBM 2009" in refused("pmid", "1", level="1a")
    assert "Name its scheme, GRADE" in refused("pmid", "1", level="high")
    assert "Take one of `high`" in refused("pmid", "1", level="excellent", scheme="GRADE")
    assert "no level 5 for prognosis" in refused("pmid", "1", level="5", question_type="prognosis")
    assert "no such `question_type`" in refused("pmid", "1", question_type="astrology")


def test_the_level_of_another_scheme_stays_as_it_was_said() -> None:
    item = Evidence("guideline", "SIGN 158", level="1++", scheme="SIGN")
    assert checked([item]) == [item]


def test_experience_is_level_4_at_best() -> None:
    assert kept("experience", "40 bites", level="4").level == "4"
    assert kept("experience", "40 bites", level="very low", scheme="GRADE").level == "very low"
    assert "level 4 at best" in refused("experience", "40 bites", level="3")
    assert "level 4 at best" in refused("experience", "40 bites", level="1a", scheme="CEBM 2009")
    assert "level very low at best" in refused("experience", "40 bites", level="low", scheme="GRADE")
    assert "of a scheme that is known here" in refused("experience", "40 bites", level="1++", scheme="SIGN")


def test_every_level_of_every_question_is_one_of_the_scheme_and_has_words() -> None:
    for levels in QUESTIONS.values():
        assert set(levels) <= set(SCHEMES["CEBM 2011"].levels) and all(levels.values())
    assert "5" not in QUESTIONS["prognosis"]
