"""The C programs of this folder, compiled when they are first needed."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bench.failures import Failure

HERE: Final = Path(__file__).parent
BUILT: Final = HERE.parents[1] / "build" / "bench"
COMPILERS: Final = ("cc", "gcc", "clang")
WITHIN_S: Final = 60.0


def program(name: str) -> Path:
    """The program of `name.c`. Raises `Failure` where it cannot be compiled."""
    source = HERE / f"{name}.c"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    built = BUILT / f"{name}-{digest[:16]}"
    if not built.exists():
        _compile(source, built)
    return built


def _compile(source: Path, built: Path) -> None:
    """Compile beside the place and move there, so that nobody ever finds half a program."""
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent) as folder:
        fresh = Path(folder) / built.name
        command = [_compiler(), "-std=c11", "-O2", "-Wall", "-o", str(fresh), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_S, check=False)
        if done.returncode != 0:
            raise Failure(f"{source.name} does not compile: {done.stderr.strip()}")
        os.replace(fresh, built)


def _compiler() -> str:
    for name in COMPILERS:
        if found := shutil.which(name):
            return found
    raise Failure("no C compiler is installed; the load generator needs one, such as gcc.")
