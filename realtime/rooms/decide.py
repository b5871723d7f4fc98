"""What a command makes of a room: the rules of the consult, pure."""

from collections.abc import Sequence

import msgspec

from realtime.rooms.body import Body
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
from realtime.rooms.deciding import asked, entry, offices, opinions, pages, pins, plan, polls, posts, stances
from realtime.rooms.deciding.texts import said
from realtime.rooms.events import AwardsRevealed, Closed, Retracted, RevealedAward
from realtime.rooms.identifiers.finding import found
from realtime.rooms.identifiers.gate import Finder, passed
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.roles import Seat, authorize
from realtime.rooms.room import Room
from realtime.rooms.texts import texts_of


def decide(
    room: Room,
    seat: Seat,
    command: AnyCommand,
    now_ms: int,
    pictures: Sequence[Picture] = (),
    find: Finder = found,
    awards: Sequence[str] = (),
) -> list[Body]:
    """The bodies of the events that `command` adds to `room`, at least one. Raises `Refused`; changes nothing.

    `now_ms` is Unix time. `pictures`: those that the command names, as far as its author has brought them into this
    room and looked at them. `find` says what in a text may tell who a patient is: a text that does comes in only as its
    author confirms it, and that is on record with it. `awards`: the commitments of the sealed awards of a room that is
    to close.
    """
    if not room.card.open and not isinstance(command, Outcome):
        # An observer's copy may be behind: an answer must not tell them before their time that the room was closed.
        raise Refused(Refusal.OBSERVER if seat.person.role == "observer" else Refusal.CLOSED)
    authorize(room, seat, command)
    bodies = _decided(room, seat, command, pictures, now_ms)
    if confirmed := passed(texts_of(command), getattr(command, "not_identifying", []), find):
        bodies[0] = msgspec.structs.replace(bodies[0], not_identifying=confirmed)
    if isinstance(command, Close) and awards:
        bodies.append(AwardsRevealed(awards=[RevealedAward(one) for one in awards]))
    return bodies


def _decided(room: Room, seat: Seat, command: AnyCommand, pictures: Sequence[Picture], now_ms: int) -> list[Body]:
    match command:
        case Post():
            return [posts.post(room, seat.person, command, pictures)]
        case Amend():
            return posts.amend(room, command)
        case Retract(target=target, reason=reason):
            return [Retracted(target=target, reason=said(reason))]
        case Withhold(target=target, reason=reason):
            return [posts.withhold(room, target, reason)]
        case Corroborate():
            return [stances.corroborate(room, seat.person, command)]
        case Release(target=target):
            return [posts.release(room, target)]
        case Pin(target=target):
            return [pins.pin(room, target)]
        case Unpin(target=target):
            return [pins.unpin(room, target)]
        case Act():
            return [plan.act(room, command)]
        case PollOpen():
            return [polls.poll_open(room, command)]
        case PollVote():
            return [polls.poll_vote(room, seat.person.id, command)]
        case PollClose(target=target):
            return [polls.poll_close(room, target)]
        case HandOver():
            return [offices.hand_over(room, command)]
        case Lead(person=person):
            return [offices.lead(room, person)]
        case Invite(person=person):
            return [entry.invite(room, person)]
        case Remove(person=person, reason=reason):
            return [entry.remove(room, person, reason)]
        case Widen():
            return [entry.widen(room, command)]
        case Observers():
            return [entry.observers(room, command)]
        case Page():
            return [pages.page(room, seat.person.id, command, now_ms)]
        case Respond(page=page) if room.hands_over(page):
            return offices.respond(seat.person.id, command)
        case Respond():
            return pages.respond(room, seat.person, command)
        case Vitals():
            return [asked.vitals(command, now_ms)]
        case Revise():
            return [asked.revise(room, command)]
        case Close(disposition=disposition, summary=summary):
            return [Closed(disposition=said(disposition), summary=said(summary), polls=polls.results(room))]
        case Outcome():
            return [stances.outcome(room, command)]
        case Opine():
            return [opinions.opine(room, seat.person.id, command)]
        case Reveal():
            return [opinions.reveal(room)]
        case Flag():
            return posts.flag(room, seat, command)
