import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from client.errors import OutboxLocked
from client.frames import Frame
from client.outbox import Outbox

WRITER = """
import sys
from pathlib import Path
from client.outbox import Outbox
outbox = Outbox(Path(sys.argv[1]))
number = 0
while True:
    outbox.add("ana", {"id": f"c{number}", "text": "x" * 2_000})
    if number % 3:
        outbox.remove(f"c{number}")
    print(number, flush=True)
    number += 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


def command(name: str, text: str = "") -> Frame:
    return {"t": "post", "id": name, "room": "r1", "text": text}


def names(path: Path) -> list[str]:
    outbox = Outbox(path)
    waiting = [frame["id"] for _, frame in outbox.waiting]
    outbox.close()
    return waiting


def filled(path: Path, *added: str) -> Outbox:
    outbox = Outbox(path)
    for name in added:
        outbox.add("ana", command(name, "größer"))
    return outbox


def test_what_was_added_waits_in_order_with_its_author(path: Path) -> None:
    filled(path, "b", "a", "c").close()
    outbox = Outbox(path)
    assert outbox.waiting == [("ana", command(name, "größer")) for name in "bac"]
    outbox.close()


def test_what_is_done_is_gone(path: Path) -> None:
    outbox = filled(path, "a", "b", "c")
    outbox.remove("b")
    outbox.remove("b")
    outbox.close()
    assert names(path) == ["a", "c"]


def test_command_is_on_disk_when_add_returns(path: Path) -> None:
    outbox = filled(path, "a")
    assert b'"id":"a"' in path.read_bytes()
    outbox.close()


def test_outbox_is_for_its_owner_only(path: Path) -> None:
    filled(path, "a").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("torn", range(1, 60, 7))
def test_torn_last_line_is_left_out_and_writing_goes_on(path: Path, torn: int) -> None:
    filled(path, "a", "b").close()
    os.truncate(path, path.stat().st_size - torn)
    outbox = filled(path, "c")
    assert [frame["id"] for _, frame in outbox.waiting] == ["a", "c"]
    outbox.close()
    assert names(path) == ["a", "c"]


def test_garbage_that_a_crash_left_is_left_out(path: Path) -> None:
    filled(path, "a").close()
    with path.open("ab") as file:
        file.write(b"\0" * 50 + b"\n00000000 {}\n" + b"\xff\xfe\r\n" + b"12345678 " + b"x" * 100)
    assert names(path) == ["a"]


def test_second_client_is_refused_while_the_first_lives(path: Path) -> None:
    outbox = filled(path, "a")
    with pytest.raises(OutboxLocked):
        Outbox(path)
    outbox.close()
    assert names(path) == ["a"]


def test_file_does_not_grow_with_what_is_done(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.outbox.MOST_DEAD_LINES", 20)
    outbox = filled(path, "first")
    for number in range(100):
        outbox.add("ana", command(f"c{number}"))
        outbox.remove(f"c{number}")
    outbox.close()
    assert len(path.read_bytes().splitlines()) < 50
    assert names(path) == ["first"]


def test_full_disk_is_told_and_writing_goes_on_when_there_is_room(path: Path) -> None:
    outbox = filled(path, "a")
    with most_file_bytes(path.stat().st_size + 20), pytest.raises(OSError, match="No space left"):
        outbox.add("ana", command("b"))
    outbox.add("ana", command("c"))
    outbox.close()
    assert names(path) == ["a", "c"]


@contextmanager
def most_file_bytes(limit: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_kill_in_the_middle_of_writing_loses_nothing_that_was_added(path: Path) -> None:
    for last in (40, 41, 90):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        told = 0
        for line in writer.stdout:
            told = int(line)
            if told >= last:
                os.kill(writer.pid, signal.SIGKILL)
                break
        told = max([told, *(int(line) for line in writer.stdout.read().split("\n") if line)])
        writer.wait()
        writer.stdout.close()
        waiting = set(names(path))
        must = {f"c{number}" for number in range(0, told + 1, 3)}
        assert must <= waiting
        assert waiting - must <= {f"c{told + 1}"}
        path.unlink()
