"""What the log of a closed room says of its awards: pure."""

from collections.abc import Sequence

import msgspec

from realtime.delayed import delay_s
from realtime.rooms.awarding import Void, void
from realtime.rooms.events import AwardsRevealed, Event, OutcomeGiven
from realtime.rooms.fold import replay
from realtime.rooms.room import Room


class Ended(msgspec.Struct, frozen=True):
    """A closed room, as far as its awards depend on it. Times are Unix ms.

    `told_at`: when observers are shown the close. `revealed`: the commitments that it revealed (hex). `outcome`:
    somebody has said how the case turned out; `wrong`: posts that turned out wrong, by the last one who said so.
    """

    room: Room
    closed_at: int
    told_at: int
    revealed: frozenset[str]
    outcome: bool
    wrong: frozenset[str]

    def void(self, commitment: str, target: str) -> Void | None:
        """Why an award came to nothing, as far as its room knows."""
        if commitment not in self.revealed:
            return "closed"
        why = void(self.room, target)
        if why in ("retracted", "withheld"):
            return why
        return "refuted" if target in self.wrong else None


def ended(log: Sequence[Event]) -> Ended | None:
    """What the whole log of a room says; None while it is open."""
    room = replay(log)
    if room is None or room.card.closed_at is None:
        return None
    outcomes = [event.body for event in log if isinstance(event.body, OutcomeGiven)]
    revealed = [event.body for event in log if isinstance(event.body, AwardsRevealed)]
    return Ended(
        room=room,
        closed_at=room.card.closed_at,
        told_at=room.card.closed_at + 1_000 * delay_s(room.observers),
        revealed=frozenset(one.commitment for body in revealed for one in body.awards),
        outcome=bool(outcomes),
        wrong=frozenset(outcomes[-1].contradicts) if outcomes else frozenset(),
    )
