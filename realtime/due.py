"""How far observers may see: a position that follows the log at the distance that the presenter chose."""

from collections import deque
from collections.abc import Iterable

from realtime.rooms.case import ObserverSwitch

LONGEST_DELAY_MS = 86_400_000


class Due:
    """The newest `seq` that observers of one room may be shown. It never goes back; times are ms of one clock."""

    def __init__(self, events: Iterable[tuple[int, int]], switch: ObserverSwitch, now_ms: int) -> None:
        self.seq = 0
        self._waiting: deque[tuple[int, int]] = deque()
        for seq, at in events:
            if at <= now_ms - LONGEST_DELAY_MS:
                self.seq = seq
            else:
                self._waiting.append((seq, at))
        self.advance(switch, now_ms)

    def push(self, seq: int, at: int) -> None:
        """A new event is in the log, heard of at `at`."""
        self._waiting.append((seq, at))

    def advance(self, switch: ObserverSwitch, now_ms: int) -> None:
        """Move to the newest event that is due under `switch` at `now_ms`; while observers are off, nothing is."""
        while self._waiting and (due_ms := self.next_ms(switch)) is not None and due_ms <= now_ms:
            self.seq = self._waiting.popleft()[0]

    def next_ms(self, switch: ObserverSwitch) -> int | None:
        """When the next event will be due (0: at once), or None where none waits or observers are off."""
        if not self._waiting or switch.mode == "off":
            return None
        at = self._waiting[0][1]
        return 0 if switch.mode == "live" else at + switch.delay_s * 1_000
