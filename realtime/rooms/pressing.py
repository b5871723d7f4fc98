"""What cannot wait for a bad line: what is to be done in a room, and what is asked of one person there."""

from typing import Final

from realtime.rooms.events import Event, Posted

PRESSING: Final = frozenset(
    {
        "acted",
        "closed",
        "escalated",
        "hand_over_asked",
        "handed_over",
        "led",
        "paged",
        "responded",
        "revised",
        "vitals_added",
    }
)
"""Kinds of events that press on everyone: the plan, the patient's state, who comes, who leads."""


def presses(event: Event, person: str) -> bool:
    """Whether `person` should hear of `event` before all else: it changes what is done, or asks them something."""
    if isinstance(event.body, Posted):
        return event.body.to == person and event.by.person != person
    return event.kind in PRESSING
