"""`curbside`, run in a process that kills or stops itself at a named step of sealing.

python -m drill.killed after:rename worker
python -m drill.killed --stop --lease-ms 500 before:mark worker

The steps are patched into the functions that take them, so that the product has no hooks for this. Nobody pages beside
it: who is stopped while that writes keeps SQLite's one writer from everybody.
"""

import argparse
import asyncio
import importlib
import inspect
import os
import runpy
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

# Step: the module in which the function is looked up when it is called, and its name there. In their order.
STEPS: Final = {
    "claim-statement": ("persistence.claims", "claimed"),
    "claim": ("persistence.worker", "Worker.claim"),
    "read": ("persistence.sealer", "Sealer.log"),
    "check": ("persistence.sealer", "next_part"),
    "write": ("persistence.archive", "write_out"),
    "sync": ("persistence.disk", "sync"),
    "rename": ("persistence.disk", "rename"),
    "sync-folder": ("persistence.disk", "sync_folder"),
    "read-back": ("persistence.archive", "read_back"),
    "mark-statement": ("persistence.sealer", "mark"),
    "mark": ("persistence.sealer", "Sealer.marked"),
    "tell": ("web.telling", "Telling.sealed"),
}
WHEN: Final = ("before", "after")
PLACES: Final = [f"{when}:{step}" for step in STEPS for when in WHEN]


def main(arguments: list[str]) -> None:
    """Patch, then be `curbside` with the rest of `arguments`."""
    parser = argparse.ArgumentParser(prog="python -m drill.killed")
    parser.add_argument("--stop", action="store_true", help="stop (SIGSTOP) instead of being killed")
    parser.add_argument("--lease-ms", type=int, help="the length of a worker's lease")
    parser.add_argument("place", choices=[*PLACES, "never"], metavar="before:STEP|after:STEP|never")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args(arguments)
    pager: Any = importlib.import_module("persistence.paging.pager")
    pager.Pager.run = _nothing
    if given.lease_ms is not None:
        claims: Any = importlib.import_module("persistence.claims")
        claims.LEASE_MS = given.lease_ms
    if given.place != "never":
        patch(given.place, signal.SIGSTOP if given.stop else signal.SIGKILL)
    sys.argv = ["curbside", *given.command]
    runpy.run_module("web.cli", run_name="__main__")


def patch(place: str, sign: signal.Signals) -> None:
    """Send this process `sign` the first time that it comes to `place`."""
    when, _, step = place.partition(":")
    module, path = STEPS[step]
    owner: Any = importlib.import_module(module)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, _ending(getattr(owner, name), when, _once(sign)))


async def _nothing(_: Any) -> None:
    await asyncio.Event().wait()


def _once(sign: signal.Signals) -> Callable[[], None]:
    waiting = [sign]

    def end() -> None:
        if waiting:
            os.kill(os.getpid(), waiting.pop())

    return end


def _ending(step: Callable[..., Any], when: str, end: Callable[[], None]) -> Callable[..., Any]:
    async def awaited(*arguments: Any, **more: Any) -> Any:
        if when == "before":
            end()
        result = await step(*arguments, **more)
        if when == "after":
            end()
        return result

    def called(*arguments: Any, **more: Any) -> Any:
        if when == "before":
            end()
        result = step(*arguments, **more)
        if when == "after":
            end()
        return result

    return awaited if inspect.iscoroutinefunction(step) else called


if __name__ == "__main__":
    main(sys.argv[1:])
