"""Files of a backup on their way into their folders: written beside first, given their names all at once."""

import os
from collections.abc import Mapping
from filecmp import cmp
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import BinaryIO, Final, Self

from persistence.backup.encrypted import DAMAGED
from persistence.backup.files import said
from persistence.backup.items import Folder, Part
from persistence.disk import sync_folder

KEPT: Final = ".before-restore"


class Staging:
    """Use as `with Staging(folders, replace=…) as staging`; what was not placed is gone at the end."""

    def __init__(self, folders: Mapping[Folder, Path], *, replace: bool) -> None:
        self._folders = folders
        self._replace = replace
        self._waiting: list[tuple[Folder, Path, Path]] = []
        self._open: tuple[Part, BinaryIO] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open[1].close()
        for folder in self._folders.values():
            rmtree(_aside(folder), ignore_errors=True)

    def take(self, part: Part) -> None:
        """Write one part. Raises `ValueError`, also where another file has that name."""
        path, folder = _relative(part.path), self._folders[part.folder]
        with said(folder / path):
            self._write(part, folder, path)

    def place(self) -> None:
        """Give every file its name, on disk for good. Raises `ValueError`."""
        for folder, aside, target in self._waiting:
            with said(target):
                self._place(folder, aside, target)

    def _write(self, part: Part, folder: Path, path: PurePosixPath) -> None:
        aside = _aside(folder) / path
        if self._open is None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._open = part, open(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        first, file = self._open
        if (first.folder, first.path) != (part.folder, part.path):
            raise ValueError(DAMAGED)
        file.write(part.data)
        if part.last:
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._open = None
            self._keep(part.folder, aside, folder / path)

    def _place(self, folder: Folder, aside: Path, target: Path) -> None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder == "keys" and target.exists() and not cmp(aside, target, shallow=False):
            os.replace(target, target.with_name(f"{target.name}{KEPT}"))
        os.replace(aside, target)
        sync_folder(target.parent)

    def _keep(self, folder: Folder, aside: Path, target: Path) -> None:
        if not self._replace and target.exists() and not cmp(aside, target, shallow=False):
            raise ValueError(
                f"{target} is there and is another one: move it away, or give --replace to put the backup's there."
            )
        self._waiting.append((folder, aside, target))


def _aside(folder: Path) -> Path:
    return folder / f".restore.{os.getpid()}"


def _relative(name: str) -> PurePosixPath:
    """Never out of its folder, whoever wrote the backup."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(DAMAGED)
    return path
