import msgspec
import pytest

from realtime.rooms.people import Id, Person
from tests.builders import ana, cleo, mo


@pytest.mark.parametrize("text", ["a", "A-Z_9", "0198c1f0-7a3b-7c11-9a52-0f4d8e2b6a10", "x" * 36])
def test_an_id_is_1_to_36_letters_digits_hyphens_underscores(text: str) -> None:
    assert msgspec.convert(text, Id) == text


@pytest.mark.parametrize("text", ["", "x" * 37, "a b", "a.1", "a\n", "\na", "a\x00", "é", "a" + chr(0x0660)])
def test_nothing_else_is_an_id(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Id)


@pytest.mark.parametrize(
    ("person", "verified"),
    [
        (ana, True),
        (cleo, False),
        (mo, False),
        (Person("a", "a", "physician", tier=2), True),
        (Person("a", "a", "physician", tier=1), False),
        (Person("a", "a", "physician"), False),
        (Person("a", "a", "clinician", tier=3), False),
        (Person("a", "a", "observer", tier=3), False),
    ],
)
def test_only_a_physician_of_tier_2_is_verified(person: Person, verified: bool) -> None:
    assert person.verified is verified


def test_an_author_keeps_tier_0_but_neither_institution_nor_kind() -> None:
    by = Person("a", "dr_a", "clinician", "surgery", "TZ", 0, "hill_clinic", "net", "pharma").by
    assert msgspec.to_builtins(by) == {
        "person": "a",
        "handle": "dr_a",
        "role": "clinician",
        "specialty": "surgery",
        "country": "TZ",
        "tier": 0,
    }
