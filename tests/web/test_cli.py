import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from web.cli import main
from web.clock import now_ms
from web.secret import secret
from web.settings import load
from web.signin.signing import Session, Signing

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"


@pytest.fixture(autouse=True)
def a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def curbside(*arguments: str, input: str | None = None, **env: str) -> Result:
    return CliRunner().invoke(main, arguments, input=input, env={f"CURBSIDE_{name}": env[name] for name in env})


def session(token: str) -> Session:
    found = Signing(secret(load()), "bearer").read(token, now_ms())
    assert found is not None
    return found


def refused(result: Result, sentence: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(rf"curbside: [^\n]*{sentence}[^\n]*\.\n", result.stderr)


def test_help_lists_the_commands_and_loads_nothing_heavy() -> None:
    heavy = "sqlalchemy", "sqlmodel", "alembic", "uvicorn", "starlette", "pydantic", "redis", "msgspec"
    check = f"import sys, web.cli; print(set(sys.modules) & {set(heavy)!r})"
    ran = subprocess.run([sys.executable, "-c", check], check=True, cwd=DOCS.parents[1], stdout=subprocess.PIPE)
    assert ran.stdout == b"set()\n"
    assert "serve" in curbside("--help").output


def test_no_summary_of_a_command_is_cut_off() -> None:
    groups = [(), *((name,) for name, command in main.commands.items() if isinstance(command, click.Group))]
    for group in groups:
        summaries = curbside(*group, "--help").output.partition("Commands:\n")[2].splitlines()
        assert summaries and not [line for line in summaries if line.endswith("...")], group


def test_every_command_and_option_is_documented() -> None:
    sections = re.findall(r"^## curbside (.+?)\n(.*?)(?=^## |\Z)", DOCS.read_text(), flags=re.DOTALL | re.MULTILINE)
    documented = {name: set(re.findall(r"^\| `(--[\w-]+)` \|", text, flags=re.MULTILINE)) for name, text in sections}
    assert documented == dict(_commands(main, ()))


def test_token_makes_the_database_and_the_person_and_prints_one_line() -> None:
    result = curbside("token", "--person", "ana", "--role", "physician", "--specialty", "cardiology", "--create")
    assert result.exit_code == 0, result.output
    assert Path("var/curbside.db").exists()
    assert re.fullmatch(r"[\w.=-]+\n", result.stdout)
    assert session(result.stdout.strip()).role == "physician"
    again = curbside("token", "--person", "ana", "--role", "physician", "--create")
    assert session(again.stdout.strip()).person == session(result.stdout.strip()).person


def test_a_token_lasts_as_long_as_it_is_told() -> None:
    result = curbside("token", "--person", "ana", "--role", "physician", "--create", "--ttl", "60")
    assert 0 < session(result.stdout.strip()).expires_at - now_ms() <= 60_000


def test_token_needs_a_person_who_is_there_and_has_that_role() -> None:
    refused(curbside("token", "--person", "ana", "--role", "physician"), "There is no person `ana`. Add --create")
    curbside("token", "--person", "cleo", "--role", "clinician", "--create")
    refused(curbside("token", "--person", "cleo", "--role", "physician"), "`cleo` is a clinician")


def test_tokens_of_many_people_go_to_a_file_of_their_owner() -> None:
    Path("tokens").write_text("old")
    Path("tokens").chmod(0o644)
    result = curbside("token", "--count", "50", "--role", "observer", "--kind", "research", "--out", "tokens")
    assert (result.exit_code, result.stdout) == (0, "")
    assert stat.S_IMODE(Path("tokens").stat().st_mode) == 0o600
    tokens = Path("tokens").read_text().splitlines()
    assert len({session(token).person for token in tokens}) == 50
    assert curbside("token", "--count", "50", "--role", "observer", "--out", "tokens").exit_code == 0


def test_a_token_with_agree_puts_observers_under_their_institution_s_agreement() -> None:
    agreed = ("--role", "observer", "--institution", "Lab", "--kind", "research", "--agree")
    assert curbside("token", "--person", "obi", "--create", *agreed).exit_code == 0
    assert curbside("token", "--count", "50", "--out", "tokens", *agreed).exit_code == 0
    shown = curbside("institution", "show", "Lab").stdout
    assert "research, 100000 seats, 0.0 of 1000000 hours" in shown and "agreement 1" in shown
    assert "observers: 51" in shown
    refused(curbside("token", "--person", "obi", *agreed[:3], "Other", *agreed[4:]), "no observer of `Other`")
    refused(curbside("token", "--person", "obi", *agreed[:5], "pharma", "--agree"), "of the kind research, not pharma")
    refused(curbside("token", "--person", "obi", "--role", "observer", "--agree"), "--agree is for observers")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--role", "observer"),
        ("--role", "observer", "--person", "obi", "--count", "2", "--out", "f"),
        ("--role", "observer", "--count", "2"),
        ("--role", "observer", "--person", "obi", "--out", "f"),
    ],
)
def test_token_is_for_one_or_for_many(arguments: tuple[str, ...]) -> None:
    assert curbside("token", *arguments).exit_code == 2


def test_a_file_that_cannot_be_written_is_named() -> None:
    refused(curbside("token", "--count", "1", "--role", "observer", "--out", "no/such"), "no/such cannot be written")


def test_a_person_is_added_with_a_password_and_verified() -> None:
    added = curbside("person", "add", "cleo", "--role", "clinician", "--password-stdin", input="a long passphrase\n")
    assert added.exit_code == 0, added.output
    assert re.fullmatch(r"[a-z2-7]{26}\n", added.stdout)
    verified = curbside("person", "verify", "cleo", "--tier", "3", "--specialty", "cardiology")
    assert verified.stdout == "cleo is a verified physician, T3.\n"
    assert curbside("token", "--person", "cleo", "--role", "physician").exit_code == 0


def test_what_is_wrong_with_a_person_is_said_in_one_sentence() -> None:
    add = "person", "add", "cleo", "--role", "clinician"
    refused(curbside(*add, "--password-stdin", input="short\n"), "A password has at least 15 characters")
    assert curbside(*add, "--no-password").exit_code == 0
    refused(curbside(*add, "--no-password"), "The handle `cleo` is taken")
    refused(curbside("person", "add", " ", "--role", "clinician", "--no-password"), "A handle has")
    refused(curbside("person", "verify", "ana"), "There is no person `ana`")
    curbside("person", "add", "obi", "--role", "observer", "--no-password")
    refused(curbside("person", "verify", "obi"), "`obi` is an observer")


def test_verifying_a_physician_again_takes_no_tier_away() -> None:
    curbside("token", "--person", "ana", "--role", "physician", "--create")
    assert curbside("person", "verify", "ana").stdout == "ana is a verified physician, T3.\n"
    assert curbside("person", "verify", "ana", "--tier", "2").stdout == "ana is a verified physician, T2.\n"


def test_what_is_made_in_var_is_its_owner_s_alone() -> None:
    curbside("token", "--person", "ana", "--role", "physician", "--create")
    assert stat.S_IMODE(Path("var").stat().st_mode) == 0o700


def test_migrate_may_be_repeated() -> None:
    assert "was brought to" in curbside("migrate").stdout
    assert "has the tables of this version" in curbside("migrate").stdout


@pytest.mark.parametrize("command", [("migrate",), ("serve",), ("worker",), ("person", "verify", "cleo")])
def test_a_wrong_database_url_is_one_sentence(command: tuple[str, ...]) -> None:
    refused(curbside(*command, DATABASE_URL="mysql://u:hunter2@db/x", PORT="0"), "CURBSIDE_DATABASE_URL is not valid")


def test_an_unreachable_database_is_one_sentence() -> None:
    url = "postgresql://curbside:hunter2@127.0.0.1:1/curbside"
    result = curbside("migrate", DATABASE_URL=url)
    refused(result, "PostgreSQL at 127.0.0.1:1/curbside cannot be reached")
    assert "hunter2" not in result.output


def test_a_database_that_is_none_is_one_sentence() -> None:
    Path("var").mkdir()
    Path("var/curbside.db").write_text("not a database" * 100)
    refused(curbside("migrate"), "SQLite at var/curbside.db cannot be read or written")


def test_an_invalid_setting_ends_every_command() -> None:
    refused(curbside("serve", LOG_LEVEL="loud"), "CURBSIDE_LOG_LEVEL is not valid")


def test_an_archive_that_is_not_there_is_named() -> None:
    refused(curbside("archive", "verify", "case1"), "var/archive/case1.curbside cannot be read")
    refused(curbside("archive", "verify", "case1", "--key", "abc"), "--key is not valid: give 64 hex digits")


def test_an_archive_that_was_changed_fails() -> None:
    Path("case.curbside").write_text("not an archive")
    result = curbside("archive", "verify", "case.curbside")
    assert result.exit_code == 1
    assert "is no Curbside archive" in result.stderr


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _commands(child, (*path, name))
    else:
        options = (option for option in command.params if isinstance(option, click.Option))
        yield " ".join(path), {name for option in options for name in option.opts}


def test_an_observer_is_of_an_institution_that_there_is_and_of_its_kind() -> None:
    add = ("person", "add", "obi", "--role", "observer", "--no-password", "--institution", "Lab")
    early = curbside(*("early" if word == "obi" else word for word in add))
    assert early.exit_code == 0
    assert early.stderr == "curbside: there is no institution `Lab`: add it, until then early is shown nothing.\n"
    plan = ("--kind", "research", "--purpose", "HRESCH", "--seats", "1", "--hours", "1")
    curbside("institution", "add", "Lab", *plan)
    refused(curbside(*add, "--kind", "pharma"), "`Lab` is of the kind research, not pharma")
    added = curbside(*add)
    assert (added.exit_code, added.stderr) == (0, "")
    assert "observers: 2" in curbside("institution", "show", "Lab").output


def test_a_password_is_read_or_left_out() -> None:
    add = ("person", "add", "cleo", "--role", "clinician")
    refused(curbside(*add, "--no-password", "--password-stdin"), "not both")


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        (("person", "add", "cleo", "--role", "clinician"), "give --password-stdin or --no-password"),
        (("backup", "file"), "give --passphrase-file, or set CURBSIDE_BACKUP_PASSPHRASE"),
    ],
)
def test_nobody_is_asked_without_a_terminal(command: tuple[str, ...], instead: str) -> None:
    program = Path(sys.executable).with_name("curbside")
    ran = subprocess.run(
        [program, *command],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"curbside: There is no terminal to ask at: {instead}.\n"


def test_no_person_is_made_for_a_file_that_cannot_be_written() -> None:
    curbside("person", "add", "cleo", "--role", "clinician", "--no-password")
    refused(curbside("token", "--count", "2", "--role", "physician", "--out", "no/such"), "no/such cannot be written")
    taken = curbside("backup", "b", BACKUP_PASSPHRASE="a passphrase of the tests")
    assert "1 people" in taken.stdout


def test_what_is_erased_is_erased_for_a_reason() -> None:
    refused(curbside("erase", "room", "1", "--reason", " "), "Say why it is erased")


def test_numbers_that_no_database_holds_are_refused() -> None:
    assert curbside("erase", "room", str(2**70), "--reason", "x").exit_code == 2
    assert curbside("token", "--person", "ana", "--role", "physician", "--ttl", str(2**70)).exit_code == 2
