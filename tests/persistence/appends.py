"""Appends from which tests of the journal tell their story."""

from secrets import token_bytes

import msgspec

from realtime.ports import Append
from realtime.rooms.body import Body
from realtime.rooms.card import Card
from realtime.rooms.chain import EMPTY, Head, Record, Salts, recorded
from realtime.rooms.events import Closed, Event, Posted
from realtime.rooms.opening import opened
from realtime.rooms.people import Person
from tests.builders import AT, ben, cleo, wish


def opens(room: str, presenter: Person = cleo, at: int = AT, **parts: object) -> Append:
    """The append that makes `room`."""
    body = opened(wish(**parts), presenter, room, at)
    event = Event(1, "opening", at, presenter.by, body)
    return Append(room, EMPTY, [record(room, EMPTY, event)], Card(case=body.case))


def posts(room: str, after: Head, *ids: str, at: int = AT, card: Card | None = None) -> Append:
    """Posts of ben's after `after`, under `ids`; at least one."""
    kept: list[Record] = []
    for id_ in ids:
        head = kept[-1].head if kept else after
        body: Body = Posted(text=f"Post {id_} \U0001f9ec", kind="comment", evidence=[], images=[])
        kept.append(record(room, head, Event(head.seq + 1, id_, at, ben.by, body)))
    return Append(room, after, kept, card)


def closes(room: str, after: Head, card: Card, at: int = AT) -> Append:
    """The end of the consult, with the `card` as it was before."""
    event = Event(after.seq + 1, "closing", at, cleo.by, Closed(disposition="stayed", summary="done"))
    case = msgspec.structs.replace(card.case, status="closed")
    return Append(room, after, [record(room, after, event)], msgspec.structs.replace(card, case=case, closed_at=at))


def record(room: str, head: Head, event: Event) -> Record:
    """`event` as the journal keeps it, with salts drawn by chance as a node does."""
    return recorded(room, head, event, Salts(token_bytes(16), token_bytes(16)), command_digest=b"\0\xff" * 16)
