"""`curbside drill`, as far as it says why it cannot be held."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from drill.command import drill


def run(*arguments: str) -> Result:
    return CliRunner().invoke(drill, arguments)


@pytest.fixture
def tokens(tmp_path: Path) -> str:
    file = tmp_path / "tokens"
    file.write_text("one\ntwo\n")
    return str(file)


def test_a_missing_program_is_no_broken_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("--row", "F1")
    assert result.exit_code == 2
    assert "is not installed; `sh scripts/servers`" in result.stderr


def test_a_node_that_does_not_answer_is_named(tokens: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        silent = f"http://127.0.0.1:{taken.getsockname()[1]}"
        for url in (silent, "consult.example"):
            result = run("--at", url, "--tokens", tokens)
            assert result.exit_code == 2
            assert f"No node answers at {url}" in result.stderr


def test_a_report_that_cannot_be_written_is_named_before_anything_is_broken(tmp_path: Path) -> None:
    result = run("--row", "F1", "--json", str(tmp_path / "no" / "report.json"))
    assert result.exit_code == 2
    assert "cannot be written (No such file or directory)" in result.stderr
    assert result.stdout == ""
