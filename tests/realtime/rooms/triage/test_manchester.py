import pytest

from realtime.rooms.triage.manchester import MINUTES, changed


def test_each_colour_has_its_minutes() -> None:
    assert MINUTES == {"red": 0, "orange": 10, "yellow": 60, "green": 120, "blue": 240}


def test_a_site_may_have_its_own() -> None:
    assert changed({"yellow": 30, "green": 90, "blue": 120}) == {
        "red": 0,
        "orange": 10,
        "yellow": 30,
        "green": 90,
        "blue": 120,
    }


def test_no_colour_waits_longer_than_a_milder_one() -> None:
    with pytest.raises(ValueError, match="must not fall"):
        changed({"orange": 90})
