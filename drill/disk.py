"""A disk that fails as it is told, under the files of a program that is started with its environment."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from drill.programs import Missing

SOURCE: Final = Path(__file__).with_name("disk.c")


class Disk:
    """`rule` says what happens from now on, in the words of `disk.c`. `kept`: what was synced, oldest first."""

    def __init__(self, folder: Path) -> None:
        """Keep what it needs in `folder`. Raises `Missing` where there is no C compiler."""
        self._rules = folder / "rules"
        self._kept = folder / "kept"
        self._kept.mkdir()
        self.environment = {"LD_PRELOAD": str(_library()), "DISK_RULES": str(self._rules)}
        self.rule()

    def rule(self, *rules: str) -> None:
        """Do this, and nothing else any more."""
        fresh = self._rules.with_name("fresh")
        fresh.write_text("".join(f"{rule}\n" for rule in rules))
        os.replace(fresh, self._rules)

    def keep(self) -> None:
        """Keep a copy of every file whenever it is synced, by the program that is started next."""
        for path in self.kept:
            path.unlink()
        self.rule(f"keep {self._kept}")

    @property
    def kept(self) -> list[Path]:
        """The copies; each is named by its number and by the name of its file."""
        return sorted(self._kept.iterdir())


_built: list[Path] = []


def _library() -> Path:
    if not _built:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise Missing("no C compiler is installed; `sh scripts/servers compiler` installs one")
        built = Path(tempfile.mkdtemp(prefix="curbside-disk-")) / "disk.so"
        command = [compiler, "-std=gnu11", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(built), str(SOURCE)]
        subprocess.run([*command, "-ldl", "-lpthread"], check=True)
        _built.append(built)
    return _built[0]
