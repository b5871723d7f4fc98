from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.persistence.interests.payments import line, written
from web.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_VAR", str(tmp_path / "var"))


def test_a_file_is_read_in_and_wrong_lines_are_told(tmp_path: Path) -> None:
    done = run("interests", "import", str(written(tmp_path / "file.csv", line(1), line(2, count="none"))))
    assert done.exit_code == 0, done.output
    assert "line 3: The number of payments is none." in done.stderr
    assert "Programme years 2025: 0 records kept, of 0 people." in done.stdout
    assert "1 lines of others, 1 lines wrong, 0 records gone." in done.stdout


def test_what_is_no_such_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text("a,b\n1,2\n")
    wrong = run("interests", "import", str(tmp_path / "file.csv"))
    assert wrong.exit_code == 2 and "it is no file of general payments" in wrong.stderr
