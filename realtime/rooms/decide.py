"""What a command makes of a room: the rules of the consult, pure."""

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from realtime.rooms.commands import (
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    Evidence,
    Flag,
    Invite,
    Observers,
    Outcome,
    Pin,
    Post,
    Release,
    Remove,
    Retract,
    Unpin,
    Widen,
    Withhold,
)
from realtime.rooms.events import (
    Amended,
    Body,
    Closed,
    Corroborated,
    Invited,
    ObserversChanged,
    OutcomeGiven,
    Pinned,
    Posted,
    Released,
    Removed,
    Retracted,
    Unpinned,
    Widened,
    Withheld,
)
from realtime.rooms.flags import flagged, is_told
from realtime.rooms.identifiers.finding import found
from realtime.rooms.identifiers.gate import Finder, passed
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.roles import Seat, authorize
from realtime.rooms.room import Opinion, Room
from realtime.rooms.switching import switch_of
from realtime.rooms.texts import texts_of

A = TypeVar("A", str | None, bool | str | None)

MOST_PINS = 20
REACHES = ("team", "institution", "network", "world")

# A carriage return is part of a line break or nothing that a reader should meet.
_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")


def decide(
    room: Room,
    seat: Seat,
    command: AnyCommand,
    now_ms: int,
    pictures: Sequence[Picture] = (),
    find: Finder = found,
) -> list[Body]:
    """The bodies of the events that `command` adds to `room`, at least one. Raises `Refused`; changes nothing.

    `now_ms` is Unix time; it bounds nothing yet but deadlines will need it. `pictures`: those that the command names,
    as far as its author has brought them into this room and looked at them. `find` says what in a text may tell who a
    patient is: a text that does comes in only as its author confirms it, and that is on record with it.
    """
    if not room.card.open and not isinstance(command, Outcome):
        # An observer's copy may be behind: an answer must not tell them before their time that the room was closed.
        raise Refused(Refusal.OBSERVER if seat.person.role == "observer" else Refusal.CLOSED)
    authorize(room, seat, command)
    bodies = _decided(room, seat, command, pictures)
    if confirmed := passed(texts_of(command), getattr(command, "not_identifying", []), find):
        bodies[0] = msgspec.structs.replace(bodies[0], not_identifying=confirmed)
    return bodies


def _decided(room: Room, seat: Seat, command: AnyCommand, pictures: Sequence[Picture]) -> list[Body]:
    match command:
        case Post():
            return [_post(room, command, pictures)]
        case Amend():
            return [_amend(room, command)]
        case Retract(target=target, reason=reason):
            return [Retracted(target=target, reason=_said(reason))]
        case Withhold(target=target, reason=reason):
            return [_withhold(room, target, reason)]
        case Corroborate():
            return [_corroborate(room, seat.person.id, command)]
        case Release(target=target):
            return [_release(room, target)]
        case Pin(target=target):
            return [_pin(room, target)]
        case Unpin(target=target):
            return [_unpin(room, target)]
        case Invite(person=person):
            return [_invite(room, person)]
        case Remove(person=person, reason=reason):
            return [_remove(room, person, reason)]
        case Widen():
            return [_widen(room, command)]
        case Observers():
            return [_observers(room, command)]
        case Close(disposition=disposition, summary=summary):
            return [Closed(disposition=_said(disposition), summary=_said(summary))]
        case Outcome():
            return [_outcome(room, command)]
        case Flag():
            return _flag(room, seat, command)


def clean(text: str) -> str:
    """`text` itself: nothing is ever stripped from what was written. Raises `Refused` on control characters."""
    if _control.search(text):
        raise Refused(Refusal.CONTROL_CHARACTERS)
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise Refused(Refusal.EMPTY_TEXT)
    return clean(text)


def _cleaned(evidence: list[Evidence]) -> list[Evidence]:
    for item in evidence:
        for text in (item.ref, item.level, item.scheme, item.question_type):
            clean(text or "")
    return evidence


def _worded(answer: A) -> A:
    return answer if not isinstance(answer, str) else clean(answer) or None


def _post(room: Room, command: Post, pictures: Sequence[Picture]) -> Posted:
    for target in (command.reply_to, command.contradicts):
        if target is not None and target not in room.posts:
            raise Refused(Refusal.NO_SUCH_REPLY)
    known = {picture.id: picture for picture in pictures}
    fresh = known.keys() - room.pictures.keys()
    if len(set(command.images)) < len(command.images) or not fresh.issuperset(command.images):
        raise Refused(Refusal.UNKNOWN_IMAGE)
    return Posted(
        text=_said(command.text),
        kind=command.kind,
        reply_to=command.reply_to,
        contradicts=command.contradicts,
        to=command.to,
        evidence=_cleaned(command.evidence),
        images=command.images,
        pictures=[known[image] for image in command.images],
        lang=clean(command.lang) if command.lang else None,
        trial_data=command.trial_data,
    )


def _amend(room: Room, command: Amend) -> Amended:
    if room.posts[command.target].text == command.text:
        raise Refused(Refusal.SAME_TEXT)
    return Amended(target=command.target, text=_said(command.text))


def _withhold(room: Room, target: str, reason: str) -> Withheld:
    if room.posts[target].withheld:
        raise Refused(Refusal.ALREADY_WITHHELD)
    return Withheld(target=target, reason=reason)


def _corroborate(room: Room, person: str, command: Corroborate) -> Corroborated:
    post = room.posts[command.target]
    if post.by == person:
        raise Refused(Refusal.OWN_POST)
    held = post.opinions.get(person)
    if command.stance == "withdraw" and held is None:
        raise Refused(Refusal.NO_OPINION)
    if held == Opinion(command.stance, post.version) and not (command.note or command.evidence):
        raise Refused(Refusal.SAME_OPINION)
    note = clean(command.note) if command.note else None
    return Corroborated(target=command.target, stance=command.stance, note=note, evidence=_cleaned(command.evidence))


def _release(room: Room, target: str) -> Released:
    post = room.posts[target]
    if not post.pictures:
        raise Refused(Refusal.NO_PICTURES)
    if post.released:
        raise Refused(Refusal.RELEASED)
    if post.hidden:
        raise Refused(Refusal.HIDDEN)
    return Released(target=target, pictures=list(post.pictures))


def _pin(room: Room, target: str) -> Pinned:
    if target in room.pinned:
        raise Refused(Refusal.ALREADY_PINNED)
    if len(room.pinned) >= MOST_PINS:
        raise Refused(Refusal.TOO_MANY_PINS)
    return Pinned(target=target)


def _unpin(room: Room, target: str) -> Unpinned:
    if target not in room.pinned:
        raise Refused(Refusal.NOT_PINNED)
    return Unpinned(target=target)


def _invite(room: Room, person: str) -> Invited:
    if person == room.presenter:
        raise Refused(Refusal.PRESENTER_STAYS)
    if person in room.card.invited:
        raise Refused(Refusal.ALREADY_INVITED)
    return Invited(person=person)


def _remove(room: Room, person: str, reason: str | None) -> Removed:
    if person == room.presenter:
        raise Refused(Refusal.PRESENTER_STAYS)
    if person in room.card.removed:
        raise Refused(Refusal.NOT_HERE)
    return Removed(person=person, reason=clean(reason) if reason else None)


def _widen(room: Room, command: Widen) -> Widened:
    if REACHES.index(command.reach) <= REACHES.index(room.card.case.reach):
        raise Refused(Refusal.NOT_WIDER)
    return Widened(reach=command.reach)


def _observers(room: Room, command: Observers) -> ObserversChanged:
    switch = switch_of(command)
    if switch == room.observers:
        raise Refused(Refusal.SAME_OBSERVERS)
    return ObserversChanged(**msgspec.structs.asdict(switch))


def _flag(room: Room, seat: Seat, command: Flag) -> list[Body]:
    if not is_told(room, seat.person, seat.mode, command):
        raise Refused(Refusal.NOT_TOLD)
    return flagged(room, seat.person, command)


def _outcome(room: Room, command: Outcome) -> OutcomeGiven:
    if any(target not in room.posts for target in (*command.supports, *command.contradicts)):
        raise Refused(Refusal.NO_SUCH_CLAIM)
    if not set(command.supports).isdisjoint(command.contradicts):
        raise Refused(Refusal.RIGHT_AND_WRONG)
    return OutcomeGiven(
        verdict=command.verdict,
        diagnosis=_worded(command.diagnosis),
        how_known=_worded(command.how_known),
        advice_used=_worded(command.advice_used),
        state_24h=_worded(command.state_24h),
        state_7d=_worded(command.state_7d),
        harm=_worded(command.harm),
        supports=command.supports,
        contradicts=command.contradicts,
    )
