"""`curbside audit`, as an operator uses it."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fhir.resources.R4B.auditevent import AuditEvent
from sqlalchemy import text

from persistence.audit.log import AuditLog
from tests.web.databases import migrated
from web.cli import main

AT = 1_700_000_000_000


@pytest.fixture(autouse=True)
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server in `var` of the folder that we are in, with two lines in its audit."""
    monkeypatch.chdir(tmp_path)
    Path("var").mkdir()
    asyncio.run(_noted())


async def _noted() -> None:
    async with migrated(Path("var")) as database:
        log = AuditLog(database, lambda: AT)
        log.note("join", "ana", "case1", where="192.0.2.1")
        log.note("join", "ben", "case2", where="192.0.2.2")
        await log.close()


async def _does(statement: str) -> None:
    async with migrated(Path("var")) as database:
        await database.write(lambda session: session.connection().execute(text(statement)))


def audit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments])


def test_a_whole_audit_verifies() -> None:
    result = audit("verify")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "2 lines, 0 events and 0 checkpoints were read.\nAll fits together. Give --checkpoint to prove it old.\n"
    )


def test_what_was_changed_is_named_with_exit_status_1() -> None:
    asyncio.run(_does("UPDATE audit SET person = 'mo' WHERE number = 2"))
    result = audit("verify")
    assert result.exit_code == 1
    assert result.stderr.startswith("Line 2 of chain ") and "was changed, added or moved.\n" in result.stderr


def test_a_copy_finds_what_was_written_anew() -> None:
    result = audit("checkpoint", "--out", "copy.jsonl")
    assert result.stdout.startswith("Checkpoint 1 is in copy.jsonl: keep it where")
    assert audit("verify", "--checkpoint", "copy.jsonl").stdout.endswith("All is as it was written.\n")
    for table in ("audit", "auditchain", "checkpoint"):
        asyncio.run(_does(f"DELETE FROM {table}"))
    assert audit("verify").exit_code == 0
    result = audit("verify", "--checkpoint", "copy.jsonl")
    assert result.exit_code == 1
    assert "Checkpoint 1, of which you hold a copy, was removed" in result.stderr
    assert "checkpoint 1 says that it went to 2" in result.stderr


def test_copies_gather_in_one_file() -> None:
    audit("checkpoint", "--out", "copy.jsonl")
    asyncio.run(_noted())
    audit("checkpoint", "--out", "copy.jsonl")
    assert len(Path("copy.jsonl").read_text().splitlines()) == 2
    assert audit("verify", "--checkpoint", "copy.jsonl").exit_code == 0


def test_a_copy_that_was_cut_off_is_told_and_the_others_are_held_against_the_database() -> None:
    audit("checkpoint", "--out", "copy.jsonl")
    with Path("copy.jsonl").open("ab") as file:
        file.write(b'{"statement":{"form')
    asyncio.run(_noted())
    audit("checkpoint", "--out", "copy.jsonl")
    result = audit("verify", "--checkpoint", "copy.jsonl")
    assert result.exit_code == 0
    assert result.stderr == "Line 2 of copy.jsonl is no checkpoint: it was cut off as it was written, or damaged.\n"
    assert result.stdout.endswith("All is as it was written.\n")


@pytest.mark.parametrize("content", [None, "", "{}\n"])
def test_a_file_without_checkpoints_is_refused_in_a_sentence(content: str | None) -> None:
    if content is not None:
        Path("copy.jsonl").write_text(content)
    result = audit("verify", "--checkpoint", "copy.jsonl")
    assert result.exit_code == 2
    assert result.stderr.startswith("curbside: copy.jsonl") and result.stderr.count("\n") == 1


def test_fhir_is_exported_one_event_on_a_line_and_that_is_a_line_too() -> None:
    result = audit("export", "--room", "case1")
    (line,) = result.stdout.splitlines()
    AuditEvent.model_validate_json(line)
    assert json.loads(line)["agent"][0]["network"]["address"] == "192.0.2.1"
    acts = [json.loads(one)["subtype"][0]["code"] for one in audit("export").stdout.splitlines()]
    assert acts == ["join", "join", "audit_exported"]


def test_csv_is_exported_for_a_span_of_time() -> None:
    result = audit("export", "--format", "csv", "--since", "2023-11-14", "--until", "2023-11-15")
    assert result.stdout.count("\n") == 3
    assert audit("export", "--format", "csv", "--until", "2023-11-14").stdout.count("\n") == 1
