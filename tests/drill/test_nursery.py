import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from drill.nursery import Forked
from drill.process import nursery

Fork = Callable[..., Forked]


@pytest.fixture
def fork(tmp_path: Path) -> Fork:
    """Start a command in a process of its own; what it says is in `said` and `log`."""

    def forked(*arguments: str, module: str = "web.cli", **environment: str) -> Forked:
        with (tmp_path / "said").open("ab") as said, (tmp_path / "log").open("ab") as log:
            return nursery.fork(module, arguments, {"CURBSIDE_VAR": str(tmp_path), **environment}, log, said)

    return forked


def test_it_does_what_the_command_does_and_its_status_is_told(fork: Fork, tmp_path: Path) -> None:
    ended = fork("--version")
    assert (ended.wait(30), ended.poll(), ended.returncode) == (0, 0, 0)
    assert (tmp_path / "said").read_text().startswith("curbside, version")


def test_what_is_wrong_is_said_on_its_stderr(fork: Fork, tmp_path: Path) -> None:
    assert fork("nonsense").wait(30) == 2
    assert "nonsense" in (tmp_path / "log").read_text()


def test_it_has_just_the_environment_that_it_was_given(fork: Fork, tmp_path: Path) -> None:
    assert fork("migrate", CURBSIDE_DATABASE_URL="nonsense://").wait(30) == 2
    assert "CURBSIDE_DATABASE_URL" in (tmp_path / "log").read_text()
    assert fork("migrate").wait(30) == 0
    assert "CURBSIDE_DATABASE_URL" not in os.environ


def test_it_runs_until_it_is_told_to_end_in_a_session_of_its_own(fork: Fork) -> None:
    server = fork("worker")
    assert server.poll() is None
    assert os.getsid(server.pid) != os.getsid(0)
    with pytest.raises(subprocess.TimeoutExpired):
        server.wait(0.01)
    server.kill()
    assert server.wait(30) == -signal.SIGKILL
    # Another process may have its number now.
    server.terminate()


def test_faults_are_in_that_process_only(fork: Fork) -> None:
    assert fork("kill@after_commit:1,nonsense@here", "serve", module="drill.faulty").wait(30) == 2
    assert fork("--version").wait(30) == 0


def test_two_are_two(fork: Fork) -> None:
    first, second = fork("worker"), fork("worker")
    assert first.pid != second.pid
    first.kill()
    assert (first.wait(30), second.poll()) == (-signal.SIGKILL, None)
    second.kill()
    assert second.wait(30) == -signal.SIGKILL
