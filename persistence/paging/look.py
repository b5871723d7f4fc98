"""One look at a room: what the server says there now, and what is written with it in one transaction."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session

from persistence.moderation.notices import notify
from persistence.paging.choosing import Rules, called
from persistence.paging.looks import put_off
from persistence.paging.notices import asked, end_all, rings
from persistence.paging.saying import append, spoken
from persistence.paging.signs import last_sign
from persistence.reach.interruptions import interrupted
from realtime.ports import Append
from realtime.rooms.body import Body
from realtime.rooms.chain import Head, Record
from realtime.rooms.concerns import offered
from realtime.rooms.events import Paged
from realtime.rooms.notices import Notice
from realtime.rooms.opinions import due as opinions
from realtime.rooms.paging import quiet
from realtime.rooms.paging.due import due, due_at, said
from realtime.rooms.room import Room

Saying = list[tuple[str, Body]]


class Look(NamedTuple):
    """A room whose log ended at `head`, as it is after the server has said `bodies` in it, each under its id."""

    room: Room
    head: Head
    bodies: Saying
    records: list[Record]


class Told(NamedTuple):
    """What people are told, some of them once more, and for whom something that they were told has ended."""

    notices: list[Notice]
    ended: set[str]


def to_say(session: Session, room: Room, rules: Rules, *, present: Collection[str], now_ms: int) -> Saying:
    """What the server is to say in `room` now."""
    revealed = opinions.revealed(room, rules.behaviours, now_ms)
    if not rules.rings:
        return revealed
    steps = due(room, rules.behaviours, now_ms)
    calls = [called(session, room, step, rules, present=present, now_ms=now_ms) for step in steps]
    rung = [one for step, call in zip(steps, calls, strict=True) for one in said(step, call, now_ms)]
    return revealed + rung


def looked(room: Room, head: Head, bodies: Saying, now_ms: int) -> Look:
    """The look in which the server says `bodies`."""
    records: list[Record] = []
    for name, body in bodies:
        room, record = spoken(room, records[-1].head if records else head, name, body, now_ms)
        records.append(record)
    return Look(room, head, bodies, records)


def write(session: Session, look: Look, rules: Rules, *, claim: int, now_ms: int) -> Told:
    """Put it on record, tell people, and say when to look next. Raises `Conflict`."""
    room, id = look.room, look.room.card.case.id
    seen_at = last_sign(session, id, room.presenter) if quiet.watched(room) else None
    next_at = _next_at(room, rules, seen_at, now_ms)
    if look.records:
        append(session, Append(id, look.head, look.records, room.card), next_at)
    else:
        put_off(session, id, claim, next_at)
    paged = {name: body for name, body in look.bodies if isinstance(body, Paged)}
    nudges = quiet.nudges(room, rules.ladder, seen_at, now_ms) if rules.rings else []
    notices = rings(room, paged, now_ms) + asked(room, nudges, now_ms)
    # Whose process ends as they put a case into other hands has told nobody of it; whoever was told may have seen it.
    notify(session, notices + offered(room))
    if rules.behaviours[room.card.case.acuity].interrupts:
        for body in paged.values():
            interrupted(session, body.people, body.page, now_ms)
    return Told(notices, end_all(session, room, now_ms))


def _next_at(room: Room, rules: Rules, seen_at: int | None, now_ms: int) -> int | None:
    looks = [opinions.reveal_at(room, rules.behaviours)]
    if rules.rings:
        looks += [due_at(room, rules.behaviours, now_ms), quiet.look_at(room, rules.ladder, seen_at, now_ms)]
    return min((at for at in looks if at is not None), default=None)
