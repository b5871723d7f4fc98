"""The fold: what an event does to a room. The live node, the archive and the browser share it."""

from collections.abc import Iterable

import msgspec
from immutables import Map

from realtime.rooms import blind
from realtime.rooms.card import Card, switched
from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.events import (
    Acted,
    Amended,
    AwardsRevealed,
    Closed,
    Collapsed,
    Corroborated,
    Escalated,
    Event,
    HandedOver,
    HandOverAsked,
    Invited,
    Led,
    ObserversChanged,
    Opened,
    Opined,
    OutcomeGiven,
    Paged,
    Pinned,
    PollClosed,
    PollOpened,
    PollVoted,
    Posted,
    Released,
    Removed,
    Responded,
    Retracted,
    Revealed,
    Revised,
    Sealed,
    Unpinned,
    VitalsAdded,
    Warned,
    Widened,
    Withheld,
)
from realtime.rooms.folding import offices, opinions, plan, polls, questions
from realtime.rooms.follow_up import known
from realtime.rooms.paging import folding
from realtime.rooms.post import Opinion, Post
from realtime.rooms.revising import revised
from realtime.rooms.room import Room
from realtime.rooms.vitals.readings import with_readings


def replay(events: Iterable[Event], room: Room | None = None) -> Room | None:
    """The room after `events` in order, from `room` or from nothing."""
    for event in events:
        room = fold(room, event)
    return room


def fold(room: Room | None, event: Event) -> Room:
    """The room after `event`. Raises `ValueError` where `event` cannot be the next one."""
    if event.seq != (room.seq + 1 if room else 1):
        raise ValueError(f"event {event.seq} does not follow {room.seq if room else 0}")
    if room is None:
        if not isinstance(event.body, Opened):
            raise ValueError(f"a room begins with `opened`, not with {event.kind}")
        return _opened(event.body.case, event)
    blinds = blind.folded(room.blinds, event)
    return msgspec.structs.replace(_folded(room, event), seq=event.seq, at=event.at, blinds=blinds)


def _opened(case: Case, event: Event) -> Room:
    taken_at = case.vitals_at or event.at
    readings = with_readings(Map(), case.vitals, taken_at, event.at)
    return Room(card=Card(case=case), seq=event.seq, at=event.at, readings=readings)


def _folded(room: Room, event: Event) -> Room:
    match event.body:
        case Posted() as body:
            return _posted(room, event, body)
        case Amended(target=target) as body:
            return _with_post(room, room.posts[target].amended(body))
        case Retracted(target=target):
            emptied = msgspec.structs.replace(room.posts[target], text="", evidence=(), retracted=True)
            return questions.retracted(_unpinned(_with_post(room, emptied), target), target)
        case Withheld(target=target):
            return _with_post(room, msgspec.structs.replace(room.posts[target], withheld=True))
        case Corroborated() as body:
            return _corroborated(room, event.by.person, body)
        case Released(target=target, pictures=pictures):
            seen = msgspec.structs.replace(room.posts[target], pictures=tuple(pictures), released=True)
            return _with_post(room, seen)
        case Warned() as body:
            return _with_post(room, _warned(room.posts[body.target], event.by.person, body.reason))
        case Collapsed(target=target):
            return _with_post(room, msgspec.structs.replace(room.posts[target], collapsed=True, released=False))
        case Responded(page=page) if room.hands_over(page):
            return offices.answered(room)
        case Paged() | Responded() | Escalated() as body:
            return _asked(room, event, body)
        case Pinned(target=target):
            return msgspec.structs.replace(room, pinned=(*room.pinned, target))
        case Unpinned(target=target):
            return _unpinned(room, target)
        case Acted() as body:
            return plan.acted(room, event, body)
        case PollOpened() as body:
            return polls.opened(room, event, body)
        case PollVoted() as body:
            return polls.voted(room, event, body)
        case PollClosed() as body:
            return polls.closed(room, body)
        case HandOverAsked() as body:
            return offices.asked(room, event, body)
        case HandedOver(person=person):
            return offices.handed_over(room, person)
        case Led() as body:
            return offices.led(room, body)
        case Removed(person=person):
            return offices.left(msgspec.structs.replace(room, card=_card(room.card, event)), person)
        case VitalsAdded(taken_at=taken_at, values=values):
            readings = with_readings(room.readings, values, taken_at, event.at)
            return msgspec.structs.replace(room, readings=readings)
        case Closed():
            return polls.ended(msgspec.structs.replace(room, card=_card(room.card, event)))
        case Opined() as body:
            return opinions.opined(room, event, body)
        case Revealed():
            return opinions.revealed(room)
        case OutcomeGiven(supports=supports, contradicts=contradicts):
            right, wrong = frozenset(supports), Map(dict.fromkeys(contradicts, event.id))
            return msgspec.structs.replace(room, card=_card(room.card, event), right=right, wrong=wrong)
        case Sealed(upto=upto):
            return msgspec.structs.replace(room, sealed_upto=upto)
        case AwardsRevealed():
            return room
        case _:
            return msgspec.structs.replace(room, card=_card(room.card, event))


def _card(card: Card, event: Event) -> Card:
    match event.body:
        case Invited(person=person):
            return msgspec.structs.replace(card, invited=card.invited | {person}, removed=card.removed - {person})
        case Removed(person=person):
            return msgspec.structs.replace(card, invited=card.invited - {person}, removed=card.removed | {person})
        case Widened(reach=reach):
            return msgspec.structs.replace(card, case=msgspec.structs.replace(card.case, reach=reach))
        case ObserversChanged() as body:
            return msgspec.structs.replace(card, case=switched(card.case, _switch(body)))
        case Revised() as body:
            return msgspec.structs.replace(card, case=revised(card.case, body))
        case Closed():
            case = msgspec.structs.replace(card.case, status="closed")
            ended = {"waiting": False, "rung": frozenset(), "closed_at": event.at, "opined_at": None, "asked_at": None}
            return msgspec.structs.replace(card, case=case, **ended)
        case OutcomeGiven() as body:
            return msgspec.structs.replace(card, outcome=body.verdict, outcome_known=known(body))
        case other:
            raise ValueError(f"no room can fold {type(other).__name__} here")


def _switch(body: ObserversChanged) -> ObserverSwitch:
    return ObserverSwitch(**msgspec.structs.asdict(body))


def _posted(room: Room, event: Event, body: Posted) -> Room:
    post = Post(
        event.id,
        event.seq,
        event.by.person,
        body.kind,
        body.text,
        tuple(body.evidence),
        pictures=tuple(body.pictures),
        withheld=body.trial_data,
        contradicts=body.contradicts,
        interests=tuple(body.interests),
    )
    pictures = room.pictures.update({picture.id: event.id for picture in body.pictures})
    answered = room.card.waiting and event.by.person != room.presenter
    card = _helped(msgspec.structs.replace(room.card, waiting=False), event.at) if answered else room.card
    authors = room.authors.set(post.by, event.by)
    posts = room.posts.set(post.id, post)
    said = msgspec.structs.replace(room, posts=posts, pictures=pictures, card=card, authors=authors)
    return questions.posted(_contradicted(said, post), event, body)


def _contradicted(room: Room, post: Post) -> Room:
    if post.contradicts is None:
        return room
    others = (*room.contradicted.get(post.contradicts, ()), post.id)
    return msgspec.structs.replace(room, contradicted=room.contradicted.set(post.contradicts, others))


def _asked(room: Room, event: Event, body: Paged | Responded | Escalated) -> Room:
    """Who is asked for, and whether somebody came."""
    card, person = room.card, event.by.person
    match body:
        case Paged():
            pages = folding.paged(room.pages, body, at=event.at, by=person)
            card = msgspec.structs.replace(card, paged_at=card.paged_at or event.at)
        case Responded():
            pages = folding.responded(room.pages, body, at=event.at, by=person)
            card = _helped(card, event.at) if body.answer == "accept" else card
        case Escalated():
            pages = folding.escalated(room.pages, body)
    card = msgspec.structs.replace(card, rung=folding.rung(pages.values()))
    return msgspec.structs.replace(room, pages=pages, card=card)


def _helped(card: Card, at: int) -> Card:
    return msgspec.structs.replace(card, answered_at=card.answered_at or at)


def _corroborated(room: Room, person: str, body: Corroborated) -> Room:
    post = room.posts[body.target]
    if body.stance == "withdraw":
        opinions = post.opinions.delete(person)
    else:
        opinion = Opinion(body.stance, post.version, bool(body.evidence), tuple(body.interests))
        opinions = post.opinions.set(person, opinion)
    return _with_post(room, msgspec.structs.replace(post, opinions=opinions))


def _warned(post: Post, person: str, reason: str) -> Post:
    """What may identify a patient may do so by its pictures: an amended text does not release them again."""
    warners = post.warnings.get(reason, frozenset()) | {person}
    released = post.released and reason != "identifying"
    return msgspec.structs.replace(post, warnings=post.warnings.set(reason, warners), released=released)


def _with_post(room: Room, post: Post) -> Room:
    return msgspec.structs.replace(room, posts=room.posts.set(post.id, post))


def _unpinned(room: Room, target: str) -> Room:
    return msgspec.structs.replace(room, pinned=tuple(pin for pin in room.pinned if pin != target))
