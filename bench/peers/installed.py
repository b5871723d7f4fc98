"""The peers' programs: where they are on this machine, why one cannot run here, and what makes those that can be made.

What is made goes to `build/bench` of this checkout, in the versions that package-lock.json and requirements.txt here
name. A compiler and nats-server are the system's; `sh scripts/servers compiler nats` installs them.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.failures import Failure

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
MADE: Final = ROOT / "build" / "bench"
NODE_MODULES: Final = MADE / "npm" / "node_modules"
BUN: Final = NODE_MODULES / "@oven" / "bun-linux-x64" / "bin" / "bun"
PICOWS_PYTHON: Final = MADE / "venv" / "bin" / "python"

_FLOOR: Final = MADE / "floor"
_NPM_LOCK: Final = HERE / "package-lock.json"
_PICOWS_LOCK: Final = HERE / "requirements.txt"
_INSTALLED_WITHIN_S: Final = 600.0
_ANSWERED_WITHIN_S: Final = 30.0
_NOT_YET: Final = "It is not installed yet; `bench.peers.peers.install` does that."


class Missing(Exception):
    """A peer's program is not here. The text says what, and how one gets it."""


def install() -> dict[str, str]:
    """Make what is missing and can be made. Returns a sentence for each attempt that failed, by the peers' names."""
    failed: dict[str, str] = {}
    if not _current(_NPM_LOCK):
        try:
            _install_npm()
        except Missing as missing:
            failed |= {"bun": str(missing), "node-ws": str(missing)}
    if not _current(_PICOWS_LOCK):
        try:
            _install_picows()
        except Missing as missing:
            failed["picows"] = str(missing)
    return failed


def floor() -> Path:
    """The compiled floor; compiles it where it is not there, or older than its source. Raises `Missing`, `Failure`."""
    if platform.system() != "Linux":
        raise Missing("It needs Linux's epoll.")
    source = HERE / "floor.c"
    if _FLOOR.exists() and _FLOOR.stat().st_mtime >= source.stat().st_mtime:
        return _FLOOR
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise Missing("No C compiler is installed; `sh scripts/servers compiler` installs one.")
    MADE.mkdir(parents=True, exist_ok=True)
    done = _ran([compiler, "-O2", "-Wall", "-Wextra", "-o", str(_FLOOR), str(source)], _ANSWERED_WITHIN_S)
    if done.returncode != 0:
        raise Failure(f"{compiler} does not compile floor.c: {done.stderr.strip()[-2_000:]}")
    return _FLOOR


def bun() -> Path:
    """Bun. Raises `Missing`."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise Missing(f"Its package is for Linux on x86_64; this is {platform.system()} on {platform.machine()}.")
    if not _current(_NPM_LOCK):
        raise Missing(_NOT_YET)
    try:
        if _ran([str(BUN), "--version"], _ANSWERED_WITHIN_S).returncode == 0:
            return BUN
    except OSError:
        pass
    raise Missing("Its program does not run here: the package is for glibc and processors with AVX2.")


def node() -> Path:
    """The Node that scripts/node finds, where ws is installed for it. Raises `Missing`."""
    if not _current(_NPM_LOCK):
        raise Missing(_NOT_YET)
    done = _ran(["sh", str(ROOT / "scripts" / "node"), "node", "-p", "process.execPath"], _INSTALLED_WITHIN_S)
    if done.returncode != 0:
        raise Missing(f"There is no Node: {_main_line(done.stderr)}")
    return Path(done.stdout.strip())


def nats() -> Path:
    """The nats-server. Raises `Missing`."""
    found = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Missing("nats-server is not installed; `sh scripts/servers nats` installs it.")
    return Path(found)


def picows() -> Path:
    """The Python that has picows. Raises `Missing`."""
    if not _current(_PICOWS_LOCK):
        raise Missing(_NOT_YET)
    return PICOWS_PYTHON


def locked(name: str) -> str:
    """The version of a library that the peers' lock files name."""
    if found := re.search(rf"(?m)^{re.escape(name)}==(\S+)", _PICOWS_LOCK.read_text()):
        return found[1]
    return str(json.loads(_NPM_LOCK.read_text())["packages"][f"node_modules/{name}"]["version"])


def said_version(program: Path) -> str:
    """The numbers in what a program says of its version."""
    found = re.search(r"\d+(\.\d+)+", _ran([str(program), "--version"], _ANSWERED_WITHIN_S).stdout)
    return found[0] if found else "of unknown version"


def _install_npm() -> None:
    folder = NODE_MODULES.parent
    folder.mkdir(parents=True, exist_ok=True)
    for name in (".npmrc", "package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    install = 'cd "$0" && exec npm ci --ignore-scripts --loglevel=error'
    _installed(["sh", str(ROOT / "scripts" / "node"), "sh", "-c", install, str(folder)], "npm")
    _note(_NPM_LOCK)


def _install_picows() -> None:
    folder = PICOWS_PYTHON.parents[1]
    shutil.rmtree(folder, ignore_errors=True)
    wanted = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(_PICOWS_LOCK)]
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is not None:
        _installed([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], "uv")
        _installed([uv, "pip", "install", "--quiet", "--python", str(PICOWS_PYTHON), *wanted], "uv")
    else:
        _installed([sys.executable, "-m", "venv", str(folder)], "venv")
        _installed([str(PICOWS_PYTHON), "-m", "pip", "install", "--quiet", *wanted], "pip")
    _note(_PICOWS_LOCK)


def _installed(command: Sequence[str], tool: str) -> None:
    done = _ran(command, _INSTALLED_WITHIN_S)
    if done.returncode != 0:
        raise Missing(f"{tool} could not install it: {_main_line(done.stderr)}")


def _ran(command: Sequence[str], within_s: float) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=within_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise Failure(f"{os.path.basename(command[0])} does not come to an end.") from None


def _current(lock: Path) -> bool:
    """Whether what a lock file names is installed: a copy of the file is left where it was."""
    copy = MADE / f"{lock.name}.installed"
    return copy.exists() and copy.read_bytes() == lock.read_bytes()


def _note(lock: Path) -> None:
    shutil.copy(lock, MADE / f"{lock.name}.installed")


def _main_line(text: str) -> str:
    """The line of a tool's complaint that says most."""
    lines = text.strip().splitlines() or ["it said nothing"]
    return next((line for line in lines if re.search("error: .", line, re.IGNORECASE)), lines[0]).strip()
