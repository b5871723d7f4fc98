"""The plan: the recommendations of a room that were taken up, and what became of each."""

from collections.abc import Mapping
from typing import Final

import msgspec

from realtime.rooms.command import ActState
from realtime.rooms.people import By
from realtime.rooms.wordless import wordless

MOST_OPEN: Final = 7
OPEN: Final[frozenset[ActState]] = frozenset({"accepted", "doing"})
"""What is still to be done, by one pair of hands."""

FOLLOWS: Final[Mapping[ActState | None, frozenset[ActState]]] = {
    None: frozenset({"accepted", "cannot"}),
    "accepted": frozenset({"doing", "done", "cannot", "stopped"}),
    "doing": frozenset({"done", "cannot", "stopped"}),
    "done": frozenset({"accepted", "doing", "stopped"}),
    "cannot": frozenset({"accepted"}),
    "stopped": frozenset({"accepted"}),
}
"""Which states may follow which; None: it is not on the plan.

`done` to `accepted`: once more; to `doing`: it was not done after all.
"""

WHEN_RETRACTED: Final[frozenset[ActState]] = frozenset({"done", "cannot", "stopped"})
"""How an act may end whose recommendation was taken back meanwhile: what was done is a fact."""


class Act(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What became of a recommendation: `state`, by whom and when (Unix ms).

    `seq`: of the event that first took it up. `version`: of the text that was accepted, or that cannot be done here.
    `done`: the version that was done last, 0 where none was. `read_back` is of the last acceptance, `reason` of the
    present state.
    """

    __repr__ = wordless

    target: str
    seq: int
    state: ActState
    by: By
    at: int
    version: int
    done: int = 0
    read_back: str | None = None
    reason: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN


class Asked(msgspec.Struct, frozen=True):
    """Who was asked to take the case over, by the event `id`."""

    __repr__ = wordless

    id: str
    person: str
    by: str
    note: str | None = None


def may_follow(before: ActState | None, after: ActState, *, amended: bool = False) -> bool:
    """Whether `after` may follow `before`. `amended`: since, so that its present text may be accepted anew."""
    return after in FOLLOWS[before] or (amended and after == "accepted")
