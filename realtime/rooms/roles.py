"""Who may ask what of a room: roles and commands in one table. What the table does not allow is refused."""

from collections.abc import Mapping
from typing import Final, Literal, Protocol

from realtime.rooms.card import may_enter
from realtime.rooms.command import Command
from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    Flag,
    HandOver,
    Invite,
    Lead,
    Observers,
    Opine,
    Outcome,
    Page,
    Pin,
    PollClose,
    PollOpen,
    PollVote,
    Post,
    Release,
    Remove,
    Respond,
    Retract,
    Reveal,
    Revise,
    Unpin,
    Vitals,
    Widen,
    Withhold,
)
from realtime.rooms.people import Mode, Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room

Standing = Literal["contributor", "physician", "moderator", "presenter", "lead", "author", "opener", "rung", "stranger"]


class Seat(Protocol):
    """One connection in one room, as far as decisions need to know it."""

    @property
    def person(self) -> Person:
        """Who sits here."""

    @property
    def mode(self) -> Mode:
        """How they sit: contribute, follow, observe."""


class Rule:
    """One row: any of these standings is enough; otherwise this refusal."""

    __slots__ = ("any_of", "refusal")

    def __init__(self, *any_of: Standing, refusal: Refusal = Refusal.NOT_YOURS) -> None:
        self.any_of = frozenset(any_of)
        self.refusal = refusal


RULES: Final[Mapping[type[Command], Rule]] = {
    Post: Rule("contributor"),
    Amend: Rule("author", refusal=Refusal.NOT_THE_AUTHOR),
    Retract: Rule("author", "moderator", refusal=Refusal.NOT_THE_AUTHOR),
    Withhold: Rule("author", "presenter", "moderator", refusal=Refusal.NOT_YOURS),
    Corroborate: Rule("physician", refusal=Refusal.PHYSICIANS_ONLY),
    Release: Rule("author", "presenter", "moderator"),
    Pin: Rule("presenter", "lead", "moderator"),
    Unpin: Rule("presenter", "lead", "moderator"),
    Act: Rule("presenter", "lead"),
    PollOpen: Rule("contributor"),
    PollVote: Rule("contributor"),
    PollClose: Rule("opener", "presenter", refusal=Refusal.NOT_THE_OPENER),
    HandOver: Rule("presenter", "moderator"),
    Lead: Rule("presenter", "moderator"),
    Invite: Rule("presenter", "moderator"),
    Remove: Rule("presenter", "moderator"),
    Widen: Rule("presenter"),
    Observers: Rule("presenter", "moderator"),
    Page: Rule("contributor"),
    Respond: Rule("rung", refusal=Refusal.NOT_PAGED),
    Vitals: Rule("presenter", "lead"),
    Revise: Rule("presenter"),
    Close: Rule("presenter", "moderator"),
    Outcome: Rule("presenter"),
    Opine: Rule("physician", "presenter", refusal=Refusal.OPINES_NOT),
    Reveal: Rule("presenter"),
    Flag: Rule("physician", "moderator", refusal=Refusal.NOT_TOLD),
}


def authorize(room: Room, seat: Seat, command: AnyCommand) -> None:
    """Return if `seat` may ask `command` of `room`, and there is what it is about. Raises `Refused`.

    Who may not write learns nothing of a target: an observer's copy may be behind, or lack it. A seat may outlive
    the right to it by a moment: whoever was removed a command ago is refused here.
    """
    if not may_enter(room.card, seat.person):
        raise Refused(Refusal.NOT_FOUND)
    if seat.mode == "observe" or seat.person.role == "observer":
        raise Refused(Refusal.OBSERVER)
    if seat.mode in ("follow", "brief"):
        raise Refused(Refusal.READ_ONLY)
    target = getattr(command, "target", None)
    if isinstance(command, PollVote | PollClose):
        _check_poll(room, command.target)
    elif target is not None:
        _check_target(room, target, retracted=isinstance(command, Act))
    if isinstance(command, Respond) and command.page not in room.pages and not room.hands_over(command.page):
        raise Refused(Refusal.NO_SUCH_PAGE)
    rule = RULES[type(command)]
    if not rule.any_of & standings(room, seat.person, command):
        raise Refused(rule.refusal)


def standings(room: Room, person: Person, command: AnyCommand) -> set[Standing]:
    """What `person` is, in `room`, to what `command` is about."""
    held: set[Standing] = {"contributor"}
    if person.verified:
        held.add("physician")
    if person.role == "moderator":
        held.add("moderator")
    if person.id == room.presenter:
        held.add("presenter")
    if person.id == room.lead:
        held.add("lead")
    post = room.posts.get(getattr(command, "target", ""))
    if post is not None and post.by == person.id:
        held.add("author")
    poll = room.polls.get(getattr(command, "target", ""))
    if poll is not None and poll.by.person == person.id:
        held.add("opener")
    if isinstance(command, Respond) and person.id in _asked(room, command.page):
        held.add("rung")
    return held


def _asked(room: Room, page: str) -> frozenset[str]:
    """Whom `page` asks."""
    offered = room.hand_over
    return frozenset({offered.person}) if offered and offered.id == page else room.pages[page].people


def _check_poll(room: Room, target: str) -> None:
    poll = room.polls.get(target)
    if poll is None:
        raise Refused(Refusal.NO_SUCH_POLL)
    if not poll.open:
        raise Refused(Refusal.POLL_OVER)


def _check_target(room: Room, target: str, *, retracted: bool) -> None:
    """`retracted`: one that was taken back will do too."""
    post = room.posts.get(target)
    if post is None:
        raise Refused(Refusal.NO_SUCH_POST)
    if post.retracted and not retracted:
        raise Refused(Refusal.RETRACTED)
