# ruff: noqa: RUF001 (letters that look alike are what this is about)
import pytest

from persistence.verification.alike import alike, looks
from realtime.rooms.handles import skeleton, wrong_with


@pytest.mark.parametrize(
    "handle", ["ana", "dr_ana", "Åse Bjørnsen", "岡村", "Ελένη", "анна", "peña-2", "عائشة", "थापा"]
)
def test_people_write_their_handles_in_any_script(handle: str) -> None:
    assert wrong_with(handle) is None


@pytest.mark.parametrize(
    "hidden",
    [
        "\u0000",
        "\u0085",
        "\u200b",
        "\u200d",
        "\u2060",
        "\ufeff",
        "\u202e",
        "\u2066",
        "\u061c",
        "\u00ad",
        "\u3164",
        "\u00a0",
        "\u2028",
        "\ufe0f",
        "\U000e0041",
        "\U000e0100",
        "\ue000",
        "\u034f",
    ],
)
def test_what_is_not_seen_or_turns_the_text_around_is_refused(hidden: str) -> None:
    assert wrong_with(f"an{hidden}a") is not None


@pytest.mark.parametrize("handle", ["", " ana", "ana ", "x" * 65, "an\u0303a", "a\u0337\u0337\u0337\u0337b"])
def test_ends_length_form_and_piled_marks(handle: str) -> None:
    assert wrong_with(handle) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ana", "аna"),
        ("ana", "аnа"),
        ("ana", "ANA"),
        ("dr_m", "dr_rn"),
        ("ben1", "benl"),
        ("IAN", "lAN"),
        ("cleo", "cle0"),
        ("scope", "ѕсоре"),
        ("Ana", "Αna"),
    ],
)
def test_handles_that_look_alike_are_one(one: str, other: str) -> None:
    assert looks(one) == looks(other)


@pytest.mark.parametrize(("one", "other"), [("ana", "anna"), ("peña", "pena"), ("ben", "bern"), ("mo", "no")])
def test_handles_that_do_not_look_alike_are_two(one: str, other: str) -> None:
    assert looks(one) != looks(other)


def test_the_data_is_unicode_s() -> None:
    assert alike()["а"] == "a" and alike()["m"] == "rn" and len(alike()) > 5_000
    assert skeleton("ana", {}) == "ana"
