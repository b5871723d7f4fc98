from typing import Any

import msgspec
import pytest

from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.triage.manchester import Minutes
from realtime.rooms.triage.triage import AnyTriage, Esi, Manchester, News2, judged, suggested
from tests.vectors.reading import vectors

WELL = {
    "respiratory_rate": 16.0,
    "oxygen_saturation": 97.0,
    "systolic": 120.0,
    "heart_rate": 70.0,
    "temperature": 37.0,
}
SCORED = News2(value=0, on_oxygen=False, consciousness="A")
ASKED = Esi(value=4, resources="one", age="over_8y")


def refused(claim: AnyTriage, values: dict[str, float], age_band: str | None = "18-39") -> Refused:
    with pytest.raises(Refused) as caught:
        judged(claim, values, age_band)
    return caught.value


def test_a_score_that_fits_goes_on_record_with_version_and_band() -> None:
    assert judged(SCORED, WELL, "18-39") == News2(
        value=0, on_oxygen=False, consciousness="A", version="RCP 2017", band="zero"
    )


def test_what_is_claimed_of_version_and_band_is_not_kept() -> None:
    claim = msgspec.structs.replace(SCORED, version="mine", band="emergency")
    assert judged(claim, WELL, "18-39") == judged(SCORED, WELL, "18-39")


def test_a_score_that_does_not_fit_is_refused_with_the_one_that_does() -> None:
    no = refused(SCORED, WELL | {"heart_rate": 131.0})
    assert (no.refusal, no.message) == (
        Refusal.TRIAGE,
        "These vital signs give a NEWS2 of 3. Send that, or mend them.",
    )


def test_a_score_of_too_few_vital_signs_is_refused_with_their_names() -> None:
    values = {name: value for name, value in WELL.items() if name not in ("systolic", "temperature")}
    assert "needs `systolic`, `temperature` as well" in refused(SCORED, values).message


@pytest.mark.parametrize(("age_band", "pregnant"), [("5-9", False), ("18-39", True)])
def test_a_score_of_a_child_or_in_pregnancy_is_refused(age_band: str, pregnant: bool) -> None:
    claim = msgspec.structs.replace(SCORED, pregnant=pregnant)
    assert refused(claim, WELL, age_band).refusal is Refusal.NEWS2_NOT_FOR


def test_answers_that_fit_go_on_record_with_the_version() -> None:
    assert judged(ASKED, {}, None) == msgspec.structs.replace(ASKED, version="4")


def test_a_level_that_the_answers_do_not_give_is_refused_with_those_that_they_do() -> None:
    many = msgspec.structs.replace(ASKED, resources="many")
    assert "give ESI 2 or 3." in refused(many, {"heart_rate": 120.0}).message


@pytest.mark.parametrize("value", [2, 3])
def test_where_a_level_is_to_be_considered_either_goes_on_record(value: int) -> None:
    claim = Esi(value=value, resources="many", age="over_8y")
    assert judged(claim, {"heart_rate": 120.0}, None) == msgspec.structs.replace(claim, version="4")


def test_a_colour_is_taken_as_given_with_the_minutes_of_the_site() -> None:
    minutes: Minutes = {"red": 0, "orange": 10, "yellow": 30, "green": 90, "blue": 120}
    on_record = judged(Manchester(value="yellow"), {}, None, minutes)
    assert on_record == Manchester(value="yellow", version="MTS", within_min=30)


@pytest.mark.parametrize("vector", vectors("suggestions"), ids=str)
def test_each_triage_suggests_its_acuity(vector: dict[str, Any]) -> None:
    given: dict[str, Any] = {"system": vector["system"], "value": vector["value"]}
    if vector["system"] == "NEWS2":
        given |= {"value": 0, "on_oxygen": False, "consciousness": "A", "band": vector["value"]}
    if vector["system"] == "ESI":
        given["value"] = int(vector["value"])
    triage: AnyTriage = msgspec.convert(given, AnyTriage)
    assert suggested(triage) == vector["acuity"]
