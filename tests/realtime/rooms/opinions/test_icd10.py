"""The diagnoses that the page offers: each could be sent as it stands."""

import json
from importlib.resources import files
from typing import Final

import msgspec
import pytest

import realtime.rooms.opinions
from realtime.rooms.identifiers.finding import found
from realtime.rooms.opinions.diagnosis import Diagnosis

DATA: Final = json.loads(files(realtime.rooms.opinions).joinpath("icd10.json").read_text())
DIAGNOSES: Final[dict[str, str]] = DATA["diagnoses"]


def test_each_is_a_diagnosis_that_the_server_takes() -> None:
    lines = [{"dx": dx, "code": code, "probability": 0.5} for code, dx in DIAGNOSES.items()]
    assert len(msgspec.convert(lines, list[Diagnosis])) == len(DIAGNOSES) > 300


def test_each_is_there_once() -> None:
    assert len(set(DIAGNOSES.values())) == len(DIAGNOSES)
    assert list(DIAGNOSES) == sorted(DIAGNOSES)


def test_none_is_taken_for_what_tells_who_a_patient_is() -> None:
    assert [dx for dx in DIAGNOSES.values() if found(dx)] == []


def test_other_names_are_of_what_there_is() -> None:
    assert set(DATA["also"]) <= set(DIAGNOSES)


@pytest.mark.parametrize("code", ["", "21", "i21", "I2", "I21.", "I21.12345", "I21 ", "I21\n"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"dx": "x", "code": code, "probability": 0.5}, Diagnosis)
