"""Copies of checkpoints on another disk: one file a month, a line each, only ever appended to."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
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
        """The number of the newest checkpoint there, or 0. Raises `OSError`, or `ValueError` where it is none."""
        if self._last is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files = sorted(self._folder.glob("checkpoints-*.jsonl"))
            lines = files[-1].read_bytes().splitlines() if files else []
            self._last = from_line(lines[-1]).statement.number if lines else 0
        return self._last

    def append(self, checkpoint: Signed) -> None:
        """Add a checkpoint, on disk for good when this returns. Raises `OSError`."""
        month = datetime.fromtimestamp(checkpoint.statement.at / 1_000, UTC)
        append_to(self._folder / f"checkpoints-{month:%Y-%m}.jsonl", checkpoint)
        self._last = checkpoint.statement.number


def append_to(path: Path, checkpoint: Signed) -> None:
    """Add a checkpoint to a file of copies, on disk for good when this returns. Raises `OSError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(line_of(checkpoint))
        file.flush()
        sync(file.fileno())


def copies_in(path: Path) -> list[Signed]:
    """The checkpoints in a file, or in all files of a folder, in order. Raises `OSError` or `ValueError`."""
    files = sorted(path.glob("checkpoints-*.jsonl")) if path.is_dir() else [path]
    return [from_line(line) for file in files for line in file.read_bytes().splitlines()]


def checkpoints_after(after: int, session: Session) -> Sequence[Checkpoint]:
    """At most a page of checkpoints whose number is greater than `after`, in order."""
    wanted = select(Checkpoint).where(col(Checkpoint.number) > after).order_by(col(Checkpoint.number)).limit(PAGE)
    return session.exec(wanted).all()
