"""The folder of pictures: two files each, and those that are just being brought. Nothing else ever reads from it."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from persistence.disk import move, write_out
from persistence.pictures.names import is_name

Size = Literal["full", "preview"]
SIZES: Final[tuple[Size, ...]] = ("full", "preview")
_OWN_ONLY: Final = 0o700


class Shelf:
    """The files in `folder`. Every method may raise `OSError`, and works on the disk: not on the event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / ".incoming"

    def prepare(self) -> None:
        """Make the folder, and see that it can be written."""
        self._incoming.mkdir(mode=_OWN_ONLY, parents=True, exist_ok=True)
        probe = self.incoming(f"probe-{os.getpid()}")
        write_out(probe, b"")
        probe.unlink()

    def incoming(self, name: str) -> Path:
        """Where what is brought is kept until it is made anew."""
        return self._incoming / name

    def put(self, name: str, full: bytes, preview: bytes) -> None:
        """Keep a picture: both files are on disk when this returns."""
        self._place(name, "full").parent.mkdir(mode=_OWN_ONLY, exist_ok=True)
        for size, data in (("full", full), ("preview", preview)):
            written = self.incoming(f"{name}.{size}")
            write_out(written, data)
            move(written, self._place(name, size))

    def path(self, name: str, size: Size) -> Path:
        """The file of a picture. Raises `FileNotFoundError` for what can be no name."""
        if not is_name(name):
            raise FileNotFoundError
        return self._place(name, size)

    def remove(self, name: str) -> None:
        """Take both files away; it does not matter whether they are there."""
        for size in SIZES:
            self.path(name, size).unlink(missing_ok=True)

    def older_than(self, age_s: float) -> Iterator[str]:
        """The names of pictures that were written so long ago; what was brought then and came to nothing is removed."""
        if not self._incoming.exists():  # no node has begun yet, or this worker has a folder of its own
            return
        before = time.time() - age_s
        for path in self._incoming.iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
        for path in self._folder.glob("??/*.full"):
            if path.stat().st_mtime < before and is_name(path.stem):
                yield path.stem

    def _place(self, name: str, size: str) -> Path:
        return self._folder / name[:2] / f"{name}.{size}"
