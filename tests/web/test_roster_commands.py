from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

FILE = "handle,starts,ends,every_weeks,until\ndr_ben,2026-03-02 20:00,2026-03-03 08:00,1,2026-12-31\n"
HEART = ("lake_hospital", "Heart")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shifts.csv").write_text(FILE)
    ben = ("--role", "physician", "--institution", "lake_hospital", "--no-password")
    assert CliRunner().invoke(main, ["person", "add", "dr_ben", *ben]).exit_code == 0


def roster(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["institution", "roster", *arguments])


def add(*more: str) -> Result:
    return roster("add", *HEART, "--specialty", "cardiology", "--zone", "Africa/Nairobi", *more)


def test_a_roster_is_added_filled_shown_and_removed() -> None:
    assert add().output.startswith("lake_hospital has the roster Heart.")
    assert roster("import", *HEART, "shifts.csv").output == "1 of 1 shifts are new.\n"
    assert roster("show", *HEART).output == FILE
    assert roster("import", *HEART, "shifts.csv", "--replace").output == "0 of 1 shifts are new.\n"
    assert roster("list").output == "lake_hospital, Heart: cardiology, Africa/Nairobi\n"
    assert roster("remove", *HEART).output == "The roster Heart of lake_hospital is gone.\n"
    assert roster("list").output == ""


def test_keepers_are_named() -> None:
    assert roster("keepers", "lake_hospital", "dr_ben").output == "dr_ben may keep the rosters of lake_hospital.\n"
    assert roster("keepers", "lake_hospital").output.startswith("Nobody but moderators")
    assert roster("keepers", "lake_hospital", "nobody").exit_code == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (b"handle,starts,ends\n\xff", "not in UTF-8"),
        (b"handle,starts,ends\nx,y,z\n", "Line 2"),
        (b"handle,starts,ends\nnobody,2026-03-02 20:00,2026-03-03 08:00\n", "`nobody` is no clinician"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_a_sentence(wrong: bytes, says: str) -> None:
    add()
    Path("wrong.csv").write_bytes(wrong)
    result = roster("import", *HEART, "wrong.csv")
    assert result.exit_code == 2
    assert says in result.output
    assert len(roster("show", *HEART).output.splitlines()) == 1


def test_a_roster_that_is_not_there_is_named() -> None:
    for command in (("show",), ("remove",)):
        result = roster(*command, *HEART)
        assert result.exit_code == 2
        assert "has no roster `Heart`" in result.output
