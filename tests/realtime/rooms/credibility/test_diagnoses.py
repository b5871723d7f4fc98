import pytest

from realtime.rooms.credibility.diagnoses import Called, folded, read, same


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Pulmonary embolism", "Pulmonary embolism", None),
        ("I26.0", "", "I26.0"),
        ("I26 Pulmonary embolism", "Pulmonary embolism", "I26"),
        ("Pulmonary embolism (I26.9)", "Pulmonary embolism", "I26.9"),
        ("Pulmonary embolism [I26]", "Pulmonary embolism", "I26"),
        ("K 6.1 was the cause", "K 6.1 was the cause", None),
        ("B12 deficiency", "deficiency", "B12"),
    ],
)
def test_a_code_stands_in_front_or_behind_in_brackets(text: str, words: str, code: str | None) -> None:
    assert read(text) == Called(words, code)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Called("Pulmonary embolism"), Called("pulmonary  EMBOLISM"), True),
        (Called("M\u00e9ni\u00e8re\u2019s disease"), Called("meniere's disease"), True),
        (Called("PE", "I26"), Called("Pulmonary embolism", "I26.9"), True),
        (Called("", "I269"), Called("", "I26.9"), True),
        (Called("PE", "I26.0"), Called("PE of another kind", "I26.9"), False),
        (Called("Sepsis", "A41"), Called("Sepsis"), True),
        (Called("Sepsis"), Called("Septic shock"), False),
        (Called(""), Called(""), False),
        (Called("", "I26"), Called(""), False),
    ],
)
def test_the_same_by_code_or_by_words(one: Called, other: Called, is_same: bool) -> None:
    assert same(one, other) is same(other, one) is is_same


def test_other_scripts_keep_their_letters() -> None:
    assert folded("Πνευμονική εμβολή") == "πνευμονικη εμβολη"
