from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

FILE = Path(__file__).parents[1] / "persistence" / "verification" / "registers" / "fr.csv"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CURBSIDE_VAR", str(tmp_path / "var"))


def test_a_register_is_imported_and_listed() -> None:
    done = run("registry", "import", "fr", str(FILE))
    assert done.exit_code == 0 and "2 entries kept, 1 lines skipped, 0 entries gone." in done.output, done.output
    assert "FR rpps: 2 entries" in run("registry", "list").output


def test_what_is_no_layout_and_no_file_of_it_is_said_in_a_sentence(tmp_path: Path) -> None:
    missing = run("registry", "import", str(tmp_path / "mine.toml"), str(FILE))
    assert missing.exit_code == 2 and "give a layout" in missing.stderr
    unknown = run("registry", "import", "xx", str(FILE))
    assert unknown.exit_code == 2 and "There is no layout `xx`: give a layout of au, br," in unknown.stderr
    wrong = run("registry", "import", "gb", str(FILE))
    assert wrong.exit_code == 2 and "has no column" in wrong.stderr


def test_an_operator_verifies_with_evidence_and_sees_it() -> None:
    run("person", "add", "ana", "--role=clinician", "--no-password")
    assert run("person", "verify", "ana", "--tier=3", "--evidence=We trained together.").exit_code == 0
    shown = run("person", "show", "ana").output
    assert "physician, T3, until 20" in shown and "approved by operator: T0 to T3. We trained together." in shown
    assert run("person", "show", "nobody").exit_code == 2
