"""The alarm for a journal that went back: a restored backup, or a standby promoted without the last commits.

What was acknowledged is then gone, and only nodes and clients that still hold it can know.
"""

import logging
import re
from collections import Counter
from typing import Final

from realtime.ports import Audit
from realtime.rooms.chain import Head
from realtime.rooms.people import SYSTEM

logger = logging.getLogger("curbside.went_back")

# A client may name any room and any position: beyond this many rooms they are counted only.
MOST_ROOMS: Final = 1_000
MOST_OF_ONE: Final = 3
"""One person alone raises the alarm for so many rooms: who makes positions up cannot drown what others say."""

_check = re.compile(r"[0-9a-f]{16}")


class WentBack:
    """Raises the alarm: an error in the log and an audit line, with both positions.

    `alarms` counts them. `positions` counts the clients who came back with a position that the journal does not have;
    of those each room raises one alarm, and each person three.
    """

    def __init__(self, audit: Audit) -> None:
        self.alarms = 0
        self.positions = 0
        self._audit = audit
        self._rooms: set[str] = set()
        self._raised_by: Counter[str] = Counter()

    def held(self, room: str, held: Head, journal: Head | None) -> None:
        """This node holds `held` of a room, and the journal has `journal` instead, or nothing of the room."""
        self._rooms.add(room)
        self._raise(room, SYSTEM, "this node", _shown(held.seq, held.check), journal)

    def claimed(self, room: str, person: str, after: int, check: str | None, journal: Head | None) -> None:
        """A client of `person` holds the position (`after`, `check`), and the journal has `journal` instead."""
        self.positions += 1
        if room in self._rooms or len(self._rooms) >= MOST_ROOMS:
            return
        if self._raised_by[person] < MOST_OF_ONE:
            self._raised_by[person] += 1
            self._rooms.add(room)
            self._raise(room, person, "a client", _shown(after, check), journal)

    def _raise(self, room: str, person: str, holder: str, held: str, journal: Head | None) -> None:
        self.alarms += 1
        has = "nothing of it" if journal is None else _shown(journal.seq, journal.check)
        logger.error("the journal went back in room %s: %s holds %s, the journal has %s", room, holder, held, has)
        self._audit.note("journal_went_back", person, room, f"held {held}, journal {has}", outcome="failed")


def _shown(seq: int, check: str | None) -> str:
    """A position for people. What a client sends as a check may be anything."""
    return f"seq {seq} check {check if check and _check.fullmatch(check) else 'unknown'}"
