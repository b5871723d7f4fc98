from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

PLAN = ("--kind", "pharma", "--purpose", "CLINTRCH", "--seats", "3", "--hours", "10")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("agreement.txt").write_text("Read and do not tell.")


def institution(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["institution", *arguments])


def test_an_institution_is_added_shown_suspended_and_taken_back() -> None:
    added = institution("add", "Trials", *PLAN, "--product", "Antivenin", "--agreement", "agreement.txt")
    assert added.output == "Trials is added, and its agreement is in force.\n"
    assert "pharma, 3 seats, 0.0 of 10 hours" in institution("list").output
    assert "products: Antivenin" in institution("show", "Trials").output
    assert institution("suspend", "Trials", "--why", "Tried to name a patient.").output == "Trials is suspended.\n"
    assert "suspended: Tried to name a patient." in institution("list").output
    assert institution("resume", "Trials").output == "Trials may observe again.\n"
    assert institution("agree", "Trials", "agreement.txt").output.startswith("Version 2 of the agreement")
    renewed = institution("renew", "Trials", "--seats", "4", "--hours", "20")
    assert renewed.output == "Trials has a new term of 365 days.\n"
    assert "4 seats, 0.0 of 20 hours" in institution("list").output
    declared = institution("declare", "Trials", "--product", "Serum", "--product", "Antivenin")
    assert declared.output == "Trials declares Serum, Antivenin.\n"


@pytest.mark.parametrize("command", [("suspend", "--why", "x"), ("resume",), ("show",), ("agree", "agreement.txt")])
def test_an_institution_that_is_not_there_is_named(command: tuple[str, ...]) -> None:
    result = institution(command[0], "Nobody", *command[1:])
    assert result.exit_code == 2
    assert "There is no institution `Nobody`." in result.output


@pytest.mark.parametrize(("content", "sentence"), [(b"\xff\xfe\x00", "cannot be read as text"), (b" \n", "is empty")])
def test_an_agreement_is_a_text(content: bytes, sentence: str) -> None:
    institution("add", "Trials", *PLAN)
    Path("wrong.txt").write_bytes(content)
    for command in (("add", "More trials", *PLAN, "--agreement", "wrong.txt"), ("agree", "Trials", "wrong.txt")):
        result = institution(*command)
        assert result.exit_code == 2
        assert result.output.startswith(f"curbside: wrong.txt {sentence}")
    assert "More trials" not in institution("list").output


@pytest.mark.parametrize("option", ["--seats", "--hours"])
def test_a_plan_has_an_end(option: str) -> None:
    assert institution("add", "Trials", *PLAN, option, "3000000000").exit_code == 2
    institution("add", "Trials", *PLAN)
    assert institution("renew", "Trials", "--seats", "1", "--hours", "1", option, "3000000000").exit_code == 2


def test_a_statement_is_written_signed_and_checked() -> None:
    institution("add", "Trials", *PLAN)
    written = institution("statement", "Trials", "2026-11", "--out", "november.csv")
    assert written.output == "november.csv and november.csv.sig are written: 0 stretches.\n"
    assert institution("check-statement", "november.csv").output == "november.csv: whole, and signed by this server.\n"
    Path("november.csv").write_text(Path("november.csv").read_text().replace("total", "Total"))
    result = institution("check-statement", "november.csv")
    assert (result.exit_code, "is not what was signed" in result.output) == (2, True)
    Path("november.csv").write_bytes(b"\xff")
    assert "is not what was signed" in institution("check-statement", "november.csv").output
    Path("november.csv.sig").unlink()
    assert "is missing or no signature" in institution("check-statement", "november.csv").output


def test_a_statement_is_of_a_month() -> None:
    institution("add", "Trials", *PLAN)
    assert "is no month" in institution("statement", "Trials", "November", "--out", "november.csv").output
