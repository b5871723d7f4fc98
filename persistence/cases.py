"""Lists of cases: SQL narrows them to what a person may be near to, `may_enter` decides."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, and_, or_, tuple_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from persistence import tables
from persistence.rows import card
from realtime.rooms.card import Card, may_enter
from realtime.rooms.command import Acuity
from realtime.rooms.people import Person
from realtime.wire.server import Count

PAGE: Final = 200
MOST_COUNTED: Final = 10_000


Shown = Callable[[Card], bool]


def listed(
    session: Session,
    person: Person,
    status: str | None,
    after: str | None,
    limit: int,
    shown: Shown = lambda card: True,
) -> list[Card]:
    """At most `limit` cards that `person` may enter, newest first, those after the case `after`.

    `status`: `open`, `closed`, or None for both. `shown`: what else decides whether a card may be told of.
    """
    room = tables.Room
    wanted = select(room).where(_near(person))
    if status is not None:
        wanted = wanted.where(col(room.status) == status)
    return _pages(session, wanted, person, after, limit, shown)


def archived(
    session: Session, person: Person, after: str | None, limit: int, shown: Shown = lambda card: True
) -> list[tuple[Card, tables.Archive]]:
    """At most `limit` sealed cases that `person` may enter, newest first, each with its first seal."""
    wanted = select(tables.Room).where(_near(person), col(tables.Room.sealed_upto) > 0)
    cards = _pages(session, wanted, person, after, limit, shown)
    rooms = [found.case.id for found in cards]
    first = select(tables.Archive).where(col(tables.Archive.room).in_(rooms), col(tables.Archive.addendum) == 0)
    seals = {row.room: row for row in session.exec(first)}
    return [(found, seals[found.case.id]) for found in cards if found.case.id in seals]


def open_counts(session: Session) -> list[Count]:
    """How many open cases there are by the first specialty that they name and acuity, most of them first."""
    room = tables.Room
    cards = session.exec(select(room.card).where(col(room.status) == "open").limit(MOST_COUNTED))
    counted = Counter(
        (glance.specialties[0] if glance.specialties else "", glance.acuity) for glance in map(_glance, cards)
    )
    found = [Count(specialty, acuity, cases) for (specialty, acuity), cases in counted.items()]
    return sorted(found, key=lambda one: (-one.cases, one.specialty, one.acuity))


class _Case(msgspec.Struct):
    specialties: list[str]
    acuity: Acuity


class _Card(msgspec.Struct):
    """What is read of a card where thousands are counted: all else is skipped, not decoded."""

    case: _Case


_decoder: Final = msgspec.msgpack.Decoder(_Card)


def _glance(card: bytes) -> _Case:
    return _decoder.decode(card).case


def seals(session: Session, room: str) -> list[tables.Archive]:
    """The seals of a case in order; none where it is not sealed."""
    wanted = select(tables.Archive).where(col(tables.Archive.room) == room)
    return list(session.exec(wanted.order_by(col(tables.Archive.addendum))))


def _pages(
    session: Session,
    wanted: SelectOfScalar[tables.Room],
    person: Person,
    after: str | None,
    limit: int,
    shown: Shown,
) -> list[Card]:
    """Read on until the page is full: SQL may let through what `may_enter` does not."""
    room = tables.Room
    place = tuple_(col(room.opened_at), col(room.id))
    start = session.get(tables.Room, after) if after is not None else None
    found: list[Card] = []
    while len(found) < limit:
        page = wanted if start is None else wanted.where(place < (start.opened_at, start.id))
        rows = session.exec(page.order_by(col(room.opened_at).desc(), col(room.id).desc()).limit(PAGE)).all()
        found += [one for one in (card(row.card) for row in rows) if may_enter(one, person) and shown(one)]
        if len(rows) < PAGE:
            break
        start = rows[-1]
    return found[:limit]


def _near(person: Person) -> ColumnElement[bool]:
    """What `person` might enter, by columns alone."""
    room: Any = tables.Room
    if person.role in ("moderator", "observer"):
        return col(room.id).is_not(None)
    invited = select(tables.Invitation.room).where(col(tables.Invitation.person) == person.id)
    own = or_(col(room.presenter) == person.id, col(room.id).in_(invited))
    if person.role != "physician":
        return own
    near = [own, col(room.reach) == "world"]
    if person.network:
        near.append(and_(col(room.reach) == "network", col(room.network) == person.network))
    if person.institution:
        same = col(room.institution) == person.institution
        near.append(and_(col(room.reach).in_(("network", "institution")), same))
    return or_(*near)
