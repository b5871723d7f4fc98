"""Polls: what may be asked, what counts as a ballot, and what a poll came to when it ended."""

from realtime.rooms.commands import PollOpen, PollVote
from realtime.rooms.deciding.texts import said
from realtime.rooms.events import PollClosed, PollOpened, PollResult, PollVoted
from realtime.rooms.poll import MOST_OPEN, Poll
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room


def poll_open(room: Room, command: PollOpen) -> PollOpened:
    """A question with options that differ in more than their case; at most `MOST_OPEN` are open."""
    if len(room.open_polls) >= MOST_OPEN:
        raise Refused(Refusal.TOO_MANY_POLLS)
    options = [said(option) for option in command.options]
    if len({" ".join(option.split()).casefold() for option in options}) < len(options):
        raise Refused(Refusal.SAME_OPTIONS)
    return PollOpened(question=said(command.question), options=options, multiple=command.multiple)


def poll_vote(room: Room, person: str, command: PollVote) -> PollVoted:
    """A ballot in the place of the one that `person` may have given before."""
    poll, choices = room.polls[command.target], sorted(command.choices)
    if len(set(choices)) < len(choices):
        raise Refused(Refusal.SAME_CHOICE)
    if choices[-1] >= len(poll.options):
        raise Refused(Refusal.NO_SUCH_OPTION)
    if len(choices) > 1 and not poll.multiple:
        raise Refused(Refusal.ONE_CHOICE)
    if poll.ballots.get(person) == tuple(choices):
        raise Refused(Refusal.SAME_BALLOT)
    return PollVoted(target=poll.id, choices=choices)


def poll_close(room: Room, target: str) -> PollClosed:
    """What the poll came to."""
    poll = room.polls[target]
    return PollClosed(target=target, voters=len(poll.ballots), counts=poll.counts)


def results(room: Room) -> list[PollResult]:
    """What the polls came to that end with the room."""
    return [_result(poll) for poll in room.open_polls]


def _result(poll: Poll) -> PollResult:
    return PollResult(target=poll.id, voters=len(poll.ballots), counts=poll.counts)
