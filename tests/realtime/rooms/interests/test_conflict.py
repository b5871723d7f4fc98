import pytest

from realtime.rooms.interests.conflict import interest_with, payer_key
from realtime.rooms.interests.interest import Interest
from realtime.rooms.interests.natures import NATURES, nature_of

ACME = Interest("Acme, Inc.", "speaker", "2020", "declared")
BOLT = Interest("Bolt Médical SA", "food", "2024", "imported", payer_id="100000000042")


@pytest.mark.parametrize("name", ["ACME", "acme inc", "Acme, Inc.", "Acme LLC", " acme  Ltd. "])
def test_a_payer_is_known_by_its_name_however_it_is_written(name: str) -> None:
    assert interest_with([BOLT, ACME], name) is ACME


@pytest.mark.parametrize("name", ["Acme Pharma", "Inc.", "", "Bolt"])
def test_another_payer_is_another(name: str) -> None:
    assert interest_with([ACME, BOLT], name) is None


def test_a_payer_is_known_by_its_id() -> None:
    assert interest_with([ACME, BOLT], "whatever it is called now", "100000000042") is BOLT
    assert interest_with([ACME], "", "") is None


def test_a_legal_form_alone_is_a_name() -> None:
    assert payer_key("Co.") == "co"


def test_there_are_the_eighteen_natures_and_each_is_known_by_its_words() -> None:
    assert len(NATURES) == 18
    assert all(nature_of(words) == code for code, many in NATURES.items() for words in many)
    assert nature_of(" food and  BEVERAGE ") == "food"
    assert nature_of("Bribe") is None
