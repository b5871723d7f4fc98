"""`curbside backup` and `curbside restore`, as an operator types them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main
from web.commands.alone import claim

WORDS = "a long passphrase of the tests"
HELD = (
    r"0 rooms, 0 events, 1 people, 0 archive files, 0 files of pictures, keys: secret\.key; "
    r"taken at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
)


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With a database in it; the passphrase stands in the environment, and guessing it is easy."""
    monkeypatch.setattr("persistence.backup.encrypted.WORK", 1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CURBSIDE_BACKUP_PASSPHRASE", WORDS)
    assert curbside("token", "--person", "ana", "--role", "physician", "--create").exit_code == 0
    yield


def curbside(*arguments: str, input: str | None = None, **env: str | None) -> Result:
    return CliRunner().invoke(main, arguments, input=input, env={f"CURBSIDE_{name}": env[name] for name in env})


def refused(result: Result, sentence: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert re.fullmatch(rf"curbside: [^\n]*{sentence}[^\n]*\.\n", result.stderr), result.stderr


def test_what_was_backed_up_is_verified_and_restored_elsewhere() -> None:
    taken = curbside("backup", "b")
    assert (taken.exit_code, taken.stderr) == (0, "")
    assert re.fullmatch(rf"b: {HELD}\.\n", taken.stdout)
    verified = curbside("backup", "--verify", "b", VAR="nowhere")
    assert (verified.exit_code, verified.stdout) == (0, taken.stdout)
    assert not Path("nowhere").exists()
    restored = curbside("restore", "b", VAR="new")
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert re.fullmatch(rf"Restored {HELD}\. Every room's chain and head is whole\.\n", restored.stdout)
    assert Path("new/secret.key").read_text() == Path("var/secret.key").read_text()
    assert Path("new").stat().st_mode & 0o777 == 0o700
    again = curbside("token", "--person", "ana", "--role", "physician", VAR="new")
    assert again.exit_code == 0


def test_the_passphrase_comes_from_a_file_the_environment_or_a_person() -> None:
    Path("words").write_text("another passphrase, from a file\n")
    assert curbside("backup", "b", "--passphrase-file", "words").exit_code == 0
    typed = "another passphrase, from a file\n"
    assert curbside("backup", "b", "--verify", input=typed, BACKUP_PASSPHRASE=None).exit_code == 0
    wrong = curbside("backup", "b", "--verify")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "The passphrase is not the one of this backup" in wrong.stderr
    twice = curbside("backup", "c", input=typed + "something else entirely\n", BACKUP_PASSPHRASE=None)
    assert twice.exit_code != 0 and not Path("c").exists()
    refused(curbside("restore", "b", VAR="new"), "The passphrase is not the one of this backup")


def test_a_short_passphrase_is_refused() -> None:
    refused(curbside("backup", "b", BACKUP_PASSPHRASE="short"), "A backup's passphrase has at least 15 characters")
    Path("words").write_bytes(b"\xff\xfe")
    refused(curbside("backup", "b", "--passphrase-file", "words"), "words cannot be read as text")


def test_what_cannot_be_backed_up_is_one_sentence() -> None:
    refused(
        curbside("backup", "b", VAR="new"), "new/curbside.db lacks the tables of this version: run `curbside migrate`"
    )
    Path("b").write_text("something")
    refused(curbside("backup", "b"), "b is there already: give another name")
    refused(curbside("backup", "no/such"), "no/such cannot be read or written")


def test_what_cannot_be_restored_is_one_sentence() -> None:
    assert curbside("backup", "b").exit_code == 0
    refused(curbside("restore", "b"), "SQLite at var/curbside.db is not empty: .*--replace")
    with claim(Path("var/curbside.db")):
        refused(curbside("restore", "b", "--replace"), "is served by another process")
    assert curbside("restore", "b", "--replace").exit_code == 0
    refused(curbside("restore", "missing", VAR="new"), "missing cannot be read or written")
    refused(curbside("backup", "--verify", "missing"), "missing cannot be read or written")
    Path("b").write_bytes(Path("b").read_bytes()[:-1])
    refused(curbside("restore", "b", VAR="new"), "The backup was cut or changed")
    damaged = curbside("backup", "--verify", "b")
    assert (damaged.exit_code, damaged.stderr.count("\n")) == (1, 1)


def test_where_the_secret_was_given_by_the_environment_that_is_said() -> None:
    Path("var/secret.key").unlink()
    assert curbside("backup", "b").exit_code == 0
    restored = curbside("restore", "b", VAR="new")
    assert restored.exit_code == 0
    assert "set CURBSIDE_SECRET_KEY to the one that was used" in restored.stderr
    secret = "a secret of the tests, 32 characters"
    assert curbside("restore", "b", "--replace", VAR="new", SECRET_KEY=secret).stderr == ""
