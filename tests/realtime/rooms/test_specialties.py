import json
import re
from pathlib import Path

import pytest

from realtime.rooms.specialties import SPECIALTIES, all_answering, answering, nearest, wider

OLD = "cardiology paediatrics paediatric_intensive_care medical_toxicology toxicology rural_medicine urology".split()


def test_every_specialty_stands_once_in_the_order_of_its_code() -> None:
    file = Path(__file__).parents[3] / "realtime/rooms/specialties.json"
    codes = [one["code"] for one in json.loads(file.read_text())]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z_]{1,40}", code) for code in codes)


def test_no_two_specialties_have_one_name_or_one_code_of_nucc() -> None:
    for values in (
        [one.name for one in SPECIALTIES.values()],
        [one.nucc for one in SPECIALTIES.values() if one.nucc],
    ):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(r"(\d{3}[0-9A-Z]{6}X)?", one.nucc) for one in SPECIALTIES.values())


def test_what_a_specialty_is_within_or_near_to_is_one_itself() -> None:
    named = {code for one in SPECIALTIES.values() for code in (*one.within, *one.near)}
    assert named <= SPECIALTIES.keys()


def test_no_specialty_is_within_itself() -> None:
    assert [code for code in SPECIALTIES if code in wider(code)] == []


@pytest.mark.parametrize("code", OLD)
def test_the_codes_of_earlier_versions_stay(code: str) -> None:
    assert code in SPECIALTIES


@pytest.mark.parametrize(
    ("wanted", "held", "near"),
    [
        ("cardiology", "cardiology", "same"),
        ("cardiology", "paediatric_cardiology", "narrower"),
        ("paediatrics", "paediatric_cardiology", "narrower"),
        ("internal_medicine", "interventional_cardiology", "narrower"),
        ("paediatric_cardiology", "cardiology", "broader"),
        ("paediatric_cardiology", "paediatrics", "broader"),
        ("toxicology", "emergency_medicine", "related"),
        ("rural_medicine", "family_medicine", "related"),
        ("family_medicine", "rural_medicine", "related"),
        ("cardiology", "gastroenterology", None),
        ("cardiology", "paediatric_surgery", None),
        ("a_code_of_somebody", "a_code_of_somebody", "same"),
        ("a_code_of_somebody", "cardiology", None),
    ],
)
def test_nearness_is_what_the_file_says(wanted: str, held: str, near: str | None) -> None:
    assert nearest(answering(wanted), [held]) == near


def test_of_several_the_nearest_counts() -> None:
    near = all_answering(["cardiology", "toxicology"])
    assert nearest(near, ["internal_medicine", "medical_toxicology"]) == "narrower"
    assert nearest(near, []) is None
    assert nearest({}, ["cardiology"]) is None


@pytest.mark.parametrize("wanted", [["emergency_medicine", "toxicology"], ["toxicology", "emergency_medicine"]])
def test_all_who_answer_are_those_of_each_as_near_as_to_the_nearest(wanted: list[str]) -> None:
    near = all_answering(wanted)
    assert near.keys() == answering("emergency_medicine").keys() | answering("toxicology").keys()
    assert (near["toxicology"], near["emergency_medicine"], near["medical_toxicology"]) == ("same", "same", "narrower")
