"""The polls that a folded room lists, for those who come late: those that are open, and the last that are over."""

from typing import Any, Final

from realtime.rooms.blind import Blind
from realtime.rooms.listed import Lister
from realtime.rooms.poll import FEWEST_TOLD, Poll
from realtime.rooms.room import Room

MOST_OVER: Final = 3


def polls_in(room: Room, lister: Lister, reader: str | None) -> list[dict[str, Any]]:
    """The polls in the order in which they were opened, as `lister` names people; `reader` is who reads.

    Of an open one who has voted, each with what they chose or, where the reader may not see that, with nothing. Of one
    that is over how many voted and chose what. None of it to observers, but for what they are told of one that is over.
    """
    over = sorted((poll for poll in room.polls.values() if not poll.open), key=lambda poll: poll.seq)
    listed = sorted((*over[-MOST_OVER:], *room.open_polls), key=lambda poll: poll.seq)
    return [_asked(poll, lister) | _answered(room, poll, lister, reader) for poll in listed]


def _asked(poll: Poll, lister: Lister) -> dict[str, Any]:
    return {
        "id": poll.id,
        "seq": poll.seq,
        "at": poll.at,
        "by": lister.by(poll.by),
        "question": lister.words(poll.question),
        "options": [lister.words(option) for option in poll.options],
        "multiple": poll.multiple,
        "open": poll.open,
    }


def _answered(room: Room, poll: Poll, lister: Lister, reader: str | None) -> dict[str, Any]:
    voters = len(poll.ballots)
    if not poll.open:
        told = not lister.observes or voters >= FEWEST_TOLD
        return {"voters": voters, "counts": poll.counts} if told else {}
    if lister.observes:
        return {}
    blind = room.blinds.get(poll.id, Blind())
    seen = reader is not None and blind.given_at(reader, room.seq)
    return {"ballots": {person: list(choices) if seen else [] for person, choices in sorted(poll.ballots.items())}}
