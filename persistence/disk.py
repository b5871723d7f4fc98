"""Files that are on disk for good when the call returns."""

import os
from pathlib import Path


def write_out(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whatever was there. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        sync(file.fileno())


def move(path: Path, to: Path) -> None:
    """Put the file at `path` in the place of the one at `to`, on the same disk. Raises `OSError`."""
    rename(path, to)
    sync_folder(to.parent)


def sync(descriptor: int) -> None:
    """Return when what was written to a file is on disk."""
    os.fsync(descriptor)


def rename(path: Path, to: Path) -> None:
    """Take the place of what is at `to`, at once."""
    os.replace(path, to)


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
