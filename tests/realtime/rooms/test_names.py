import pytest

from realtime.rooms.names import likeness, normalised


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("O'Brien-Müller", "obrien muller"),
        ("  Åse  BJØRNSEN ", "ase bjornsen"),
        ("Straße", "strasse"),
        ("Łukasz Đorđe", "lukasz dorde"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("D\N{RIGHT SINGLE QUOTATION MARK}Arc", "darc"),
        ("Åse", "ase"),
    ],
)
def test_names_as_they_are_compared(name: str, plain: str) -> None:
    assert normalised(name) == plain


@pytest.mark.parametrize(
    ("mine", "theirs", "so"),
    [
        (("garcia", "ana"), ("garcia lopez", "ana maria"), "same"),
        (("muller roux", "elodie"), ("muller", "elodie"), "same"),
        (("smith", "j"), ("smith", "john"), "near"),
        (("smith", "maria"), ("smith", "ana maria"), "near"),
        (("smith", ""), ("smith", "john"), "near"),
        (("smith", "jane"), ("smith", "john"), "other"),
        (("smith", "john"), ("smyth", "john"), "other"),
        (("", "john"), ("", "john"), "other"),
    ],
)
def test_when_two_names_are_one_person_s(mine: tuple[str, str], theirs: tuple[str, str], so: str) -> None:
    assert likeness(*mine, *theirs) == so
