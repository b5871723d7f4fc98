"""Whom an event concerns wherever they are, and what they are told of it: nothing of what was written."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from realtime.rooms.events import Acted, Event, HandOverAsked, Posted
from realtime.rooms.notices import Notice, NoticeKind
from realtime.rooms.room import Room

Why = Literal["hand_over", "question", "cannot", "handle"]

_KINDS: Final[Mapping[Why, NoticeKind]] = {
    "hand_over": "hand_over",
    "question": "mention",
    "cannot": "mention",
    "handle": "mention",
}
_TEXTS: Final[Mapping[Why, str]] = {
    "hand_over": "You are asked to take over {case}.",
    "question": "A question in {case} waits for your answer.",
    "cannot": "What you advised in {case} cannot be done there.",
    "handle": "You are mentioned in {case}.",
}
_CASES: Final[Mapping[str, str]] = {
    "stat": "a stat case",
    "asap": "an asap case",
    "urgent": "an urgent case",
    "routine": "a routine case",
}


class Concern(NamedTuple):
    """A person and why an event concerns them."""

    person: str
    why: Why


def concerned(room: Room, event: Event) -> list[Concern]:
    """Whom `event`, which `room` has folded, names or answers, but for its author and those it mentions in words."""
    found: list[Concern] = []
    match event.body:
        case HandOverAsked(person=person) if room.hands_over(event.id):
            found.append(Concern(person, "hand_over"))
        case Posted(kind="question", to=str(person)):
            found.append(Concern(person, "question"))
        case Acted(state="cannot", target=target):
            found.append(Concern(room.posts[target].by, "cannot"))
        case _:
            pass
    return [concern for concern in found if concern.person != event.by.person]


def offered(room: Room) -> list[Notice]:
    """What whoever is asked to take the case over is told."""
    asked, at = room.hand_over, room.card.asked_at
    return [_notice(Concern(asked.person, "hand_over"), room, asked.id, at)] if asked and at is not None else []


def notice_of(concern: Concern, room: Room, event: Event) -> Notice:
    """What `concern.person` is told. The same of the same event, however often it is made."""
    return _notice(concern, room, event.id, event.at)


def _notice(concern: Concern, room: Room, event: str, at: int) -> Notice:
    case = room.card.case
    return Notice(
        id=sha256(f"{concern.why} {case.id} {event}".encode()).hexdigest()[:32],
        person=concern.person,
        kind=_KINDS[concern.why],
        text=_TEXTS[concern.why].format(case=_CASES[case.acuity]),
        at=at,
        room=case.id,
        page=event if concern.why == "hand_over" else None,
        acuity=case.acuity,
    )
