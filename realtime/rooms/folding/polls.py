"""What events do to polls."""

import msgspec

from realtime.rooms.events import Event, PollClosed, PollOpened, PollVoted
from realtime.rooms.poll import Poll
from realtime.rooms.room import Room


def opened(room: Room, event: Event, body: PollOpened) -> Room:
    """There is a poll."""
    poll = Poll(
        id=event.id,
        seq=event.seq,
        at=event.at,
        by=event.by,
        question=body.question,
        options=tuple(body.options),
        multiple=body.multiple,
    )
    return _with(room, poll)


def voted(room: Room, event: Event, body: PollVoted) -> Room:
    """Its author's ballot, the last of which counts."""
    poll = room.polls[body.target]
    ballots = poll.ballots.set(event.by.person, tuple(body.choices))
    return _with(room, msgspec.structs.replace(poll, ballots=ballots))


def closed(room: Room, body: PollClosed) -> Room:
    """It takes no ballots any more."""
    return _ended(room, [room.polls[body.target]])


def ended(room: Room) -> Room:
    """None does: the room is closed."""
    return _ended(room, room.open_polls)


def _ended(room: Room, polls: list[Poll]) -> Room:
    over = {poll.id: msgspec.structs.replace(poll, open=False) for poll in polls}
    return msgspec.structs.replace(room, polls=room.polls.update(over)) if over else room


def _with(room: Room, poll: Poll) -> Room:
    return msgspec.structs.replace(room, polls=room.polls.set(poll.id, poll))
