"""`curbside` with faults: `python -m drill.faulty POINTS serve …`. The program itself has no hooks for any of this.

POINTS are one or more of these, separated by commas:

| point | what happens |
| --- | --- |
| `kill@before_commit:N` | the process kills itself (SIGKILL) before its N-th append is committed |
| `kill@in_commit:N` | all is written and not committed (SQLite), or the statement is not answered yet (PostgreSQL) |
| `kill@after_commit:N` | it is committed; nothing is folded, told or published |
| `kill@before_ack:N` | the N-th turn of a room is committed and folded; its authors are not answered |
| `kill@before_publish:N` | authors are answered, this node's seats are told; nothing is published |
| `kill@before_ring:N` | the N-th time that the ladder is about to say something in a room; nothing is written |
| `kill@in_ring:N` | it is written and not committed, and nobody's notice is |
| `kill@after_ring:N` | it is committed with the notices; nobody is told |
| `lose@ack:N` | the N-th turn goes on as ever, but its authors' connections break before they are answered |
| `alter@migrate:N` | `curbside migrate` adds one more column to the events, the N-th (PostgreSQL) |
| `without:NAME` | one defence is switched off: see `drill.defences` |
| `clock@+7200s`, `clock@-7200s:after=30s` | the time of day is wrong by so much, at once or so long after the start |
| `clock@file=PATH` | it is wrong by what the file says now (`+7200s`); not at all while there is no file |

Without `:N` it is the first. An append is one to the log of a room; to open a case is one, too. The exit status is
2 where a point is unknown. A point whose place in the program is gone ends the process with `drill.patching.Gone`.
`drill.process.Process` starts a node so where its `faults` are set.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from drill.defences import DEFENCES
from drill.points import POINTS, point
from drill.wrong_clock import wrong_clock


class UnknownPoint(Exception):
    """One sentence that says what is known."""

    def __init__(self, text: str) -> None:
        known = [*(f"{name}[:N]" for name in POINTS), *(f"without:{name}" for name in DEFENCES)]
        super().__init__(f"`{text}` is no point: give {', '.join(known)} or clock@… (see drill/faulty.py).")


def parsed(text: str) -> list[Callable[[], None]]:
    """The patches that `text` names, not applied yet. Raises `UnknownPoint`."""
    return [_patch(one) for one in text.split(",")]


def main(arguments: Sequence[str]) -> None:
    """Apply the points, then be `curbside`."""
    if len(arguments) < 2:
        raise SystemExit("faulty: give points and a command, for example `kill@after_commit:3 serve`.")
    text, *rest = arguments
    if any(argument.startswith("--workers") for argument in rest):
        raise SystemExit("faulty: --workers starts processes that have no faults: run one process.")
    try:
        patches = parsed(text)
    except UnknownPoint as unknown:
        print(f"faulty: {unknown}", file=sys.stderr)
        raise SystemExit(2) from None
    for patch in patches:
        patch()
    import_module("web.cli").main(args=rest, prog_name="curbside")


def _patch(text: str) -> Callable[[], None]:
    name, _, more = text.partition(":")
    try:
        if name == "without":
            return DEFENCES[more]
        if text.startswith("clock@"):
            return wrong_clock(text.removeprefix("clock@"))
        return point(name, more)
    except (KeyError, ValueError):
        raise UnknownPoint(text) from None


if __name__ == "__main__":
    main(sys.argv[1:])
