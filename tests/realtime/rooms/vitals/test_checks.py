from typing import Any

import msgspec
import pytest

from realtime.rooms.refusals import Refused
from realtime.rooms.vitals.catalogue import MEASURES
from realtime.rooms.vitals.checks import check
from realtime.rooms.vitals.conversion import converted
from realtime.rooms.vitals.vital import Vital
from tests.vectors.reading import vectors

VECTORS = vectors("vitals")
CONVERTED = [one for one in VECTORS if "gives" in one]
REFUSED = [one for one in VECTORS if "refused" in one]


def vital(given: dict[str, Any]) -> Vital:
    return msgspec.convert(given, Vital)


@pytest.mark.parametrize("vector", CONVERTED, ids=str)
def test_what_a_patient_may_have_is_read_in_any_unit(vector: dict[str, Any]) -> None:
    given = vital(vector["vital"])
    check([given])
    assert converted(given.name, given.value, given.unit, vector["into"]) == vector["gives"]


@pytest.mark.parametrize("vector", REFUSED, ids=str)
def test_what_no_patient_has_or_nobody_reads_is_refused_with_what_to_do(vector: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check([vital(vector["vital"])])
    assert vector["refused"] in refused.value.message


def test_every_measure_has_its_limits_in_a_vector() -> None:
    assert {one["vital"]["name"] for one in REFUSED if "No patient" in one["refused"]} == MEASURES.keys()


def test_each_vital_sign_is_given_once() -> None:
    with pytest.raises(Refused) as refused:
        check([Vital("pain", 3, "{score}"), Vital("pain", 4, "{score}")])
    assert refused.value.message == "`pain` is given twice. Give each vital sign once."


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(Refused):
        check([Vital("pain", value, "{score}")])


def test_no_refusal_repeats_what_was_given() -> None:
    given = Vital("the patient's own words", 3, "{score}")
    with pytest.raises(Refused) as refused:
        check([given])
    assert given.name not in refused.value.message + repr(refused.value) + repr(given)
