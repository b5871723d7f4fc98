"""Commands that are not answered yet, in a file: written before they are sent, gone when they are answered for good."""

import errno
import fcntl
import json
import logging
import os
from pathlib import Path
from typing import Any, BinaryIO, Final
from zlib import crc32

from client.errors import OutboxLocked
from client.frames import Frame

MOST_DEAD_LINES: Final = 1_000

log = logging.getLogger("curbside.client")


class Outbox:
    """A file of lines, each under a checksum: a command that was added, or the id of one that is done.

    `add` returns once its line is on disk. A line that fails its checksum was torn by a crash before `add` returned,
    so its command was never sent and nobody was told otherwise. A lost `done` line makes a command be sent again,
    which its id makes harmless. Calls must come from one thread at a time; each may take as long as the disk does.
    """

    def __init__(self, path: Path) -> None:
        """Open the outbox at `path`, or make it (0600: it holds what was written). Raises `OutboxLocked`, `OSError`."""
        self._path = path
        self._lock = _locked(path)
        self._dead = 0
        try:
            self._lines = _alive(path)
            self._file = self._rewritten()
        except BaseException:
            os.close(self._lock)
            raise

    @property
    def waiting(self) -> list[tuple[str, Frame]]:
        """The commands that are not done, oldest first, each with the person whose command it is."""
        entries = [_entry(line) or {} for line in self._lines.values()]
        return [(entry["by"], entry["add"]) for entry in entries]

    def add(self, by: str, command: Frame) -> None:
        """Return once `command` of the person `by` is on disk. Raises `OSError`; then it is not in the outbox."""
        line = _line({"by": by, "add": command})
        self._append(line, sync=True)
        self._lines[command["id"]] = line

    def remove(self, command_id: str) -> None:
        """The command is answered for good. Raises `OSError`; it is out of the outbox all the same, until a crash."""
        if self._lines.pop(command_id, None) is None:
            return
        self._dead += 1
        self._append(_line({"done": command_id}), sync=False)
        if self._dead > max(MOST_DEAD_LINES, len(self._lines)):
            self._file.close()

    def close(self) -> None:
        """Give the file back. What waits in it stays."""
        self._file.close()
        os.close(self._lock)

    def _append(self, line: bytes, *, sync: bool) -> None:
        """Write `line`, after beginning the file anew where it was closed."""
        if self._file.closed:
            self._file = self._rewritten()
        try:
            _write(self._file, line)
            if sync:
                os.fsync(self._file.fileno())
        except OSError:
            # The line may be torn, and what the kernel holds of a file after a failed fsync cannot be trusted.
            self._file.close()
            raise

    def _rewritten(self) -> BinaryIO:
        """The file anew, with the living lines only, open for more. A crash leaves either the old or the new one."""
        draft = self._path.with_name(f"{self._path.name}.new")
        file = open(draft, "wb", buffering=0, opener=_private)
        try:
            _write(file, b"".join(self._lines.values()))
            os.fsync(file.fileno())
            os.replace(draft, self._path)
            _sync_folder(self._path.parent)
        except BaseException:
            file.close()
            raise
        self._dead = 0
        return file


def _locked(path: Path) -> int:
    """The descriptor of a lock that dies with this process, on a file of its own: the outbox is replaced at times."""
    lock = _private(str(path.with_name(f"{path.name}.lock")), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise OutboxLocked(path) from None
    return lock


def _alive(path: Path) -> dict[str, bytes]:
    alive: dict[str, bytes] = {}
    lines = path.read_bytes().splitlines(keepends=True) if path.exists() else []
    for number, line in enumerate(lines, start=1):
        match _entry(line):
            case {"add": {"id": str(name)}}:
                alive[name] = line
            case {"done": str(name)}:
                alive.pop(name, None)
            case _:
                log.warning("%s: line %d is torn and was left out", path, number)
    return alive


def _line(entry: dict[str, Any]) -> bytes:
    content = json.dumps(entry, separators=(",", ":"), allow_nan=False).encode()
    return b"%08x %s\n" % (crc32(content), content)


def _entry(line: bytes) -> Any:
    """What `_line` wrote, or None where it was torn."""
    content = line[9:-1]
    if line != b"%08x %s\n" % (crc32(content), content):
        return None
    return json.loads(content)


def _write(file: BinaryIO, content: bytes) -> None:
    if file.write(content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
