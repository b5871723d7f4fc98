"""Copies of checkpoints on another disk: one file a month, a line each, only ever appended to."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

from sqlmodel import Session, col, select

from persistence.audit.checkpoint import Signed, from_line, line_of
from persistence.audit.tables import Checkpoint
from persistence.disk import sync

PAGE = 100


class Copies:
    """The files in `folder`. They begin with the checkpoint after the newest one that stands there already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: int | None = None

    def last(self) -> int:
        """The number of the newest checkpoint that stands there whole, or 0. Raises `OSError`."""
        if self._last is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            newest = next((copy for _, copy in _backwards(self._folder) if copy is not None), None)
            self._last = newest.statement.number if newest is not None else 0
        return self._last

    def append(self, checkpoint: Signed) -> None:
        """Add a checkpoint, on disk for good when this returns. Raises `OSError`."""
        month = datetime.fromtimestamp(checkpoint.statement.at / 1_000, UTC)
        append_to(self._folder / f"checkpoints-{month:%Y-%m}.jsonl", checkpoint)
        self._last = checkpoint.statement.number


def append_to(path: Path, checkpoint: Signed) -> None:
    """Add a checkpoint to a file of copies, on disk for good when this returns. Raises `OSError`.

    A line that a crash or a full disk has cut off stays as it is: what is added stands on a line of its own.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        if not _ended(descriptor):
            file.write(b"\n")
        file.write(line_of(checkpoint))
        file.flush()
        sync(file.fileno())


def copies_in(path: Path) -> list[Signed]:
    """The checkpoints in a file, or in all files of a folder, in order. Raises `OSError`."""
    return [copy for _, copy in _backwards(path) if copy is not None][::-1]


def unreadable_in(path: Path) -> list[str]:
    """What in a file, or in all files of a folder, is no checkpoint, a sentence each. Raises `OSError`."""
    return [
        f"{place} is no checkpoint: it was cut off as it was written, or damaged."
        for place, copy in _backwards(path)
        if copy is None
    ][::-1]


def _backwards(path: Path) -> Iterator[tuple[str, Signed | None]]:
    """Where each line stands and the checkpoint in it, or None where it is none; the last one first."""
    files = sorted(path.glob("checkpoints-*.jsonl")) if path.is_dir() else [path]
    for file in reversed(files):
        lines = list(enumerate(file.read_bytes().splitlines(), 1))
        for number, line in filter(itemgetter(1), reversed(lines)):
            yield f"Line {number} of {file}", _read(line)


def _read(line: bytes) -> Signed | None:
    try:
        return from_line(line)
    except ValueError:
        return None


def _ended(descriptor: int) -> bool:
    """Whether the file is empty, or its last line has its end."""
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def checkpoints_after(after: int, session: Session) -> Sequence[Checkpoint]:
    """At most a page of checkpoints whose number is greater than `after`, in order."""
    wanted = select(Checkpoint).where(col(Checkpoint.number) > after).order_by(col(Checkpoint.number)).limit(PAGE)
    return session.exec(wanted).all()
