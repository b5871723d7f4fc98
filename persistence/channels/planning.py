"""From notices to deliveries: each new notice finds its way once, whichever worker finds it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import or_
from sqlmodel import Session, col, select

from persistence import tables as people
from persistence.channels import tables
from persistence.insert import insert_new
from persistence.moderation.notices import told
from persistence.moderation.tables import Notice as Row
from realtime.rooms.notices import Notice
from realtime.rooms.paging.routing import STAT_LEGS, Channel, Planned, planned

AT_ONCE: Final = 200


def waits(session: Session, now_ms: int) -> bool:
    """Whether there is a notice that has not found its way."""
    return session.exec(select(Row.id).where(_unrouted(now_ms)).limit(1)).first() is not None


def plan(session: Session, now_ms: int, second_ms: int) -> int:
    """Make the deliveries of at most 200 notices; how many notices there were.

    The mark and the deliveries are one transaction: a notice is never passed over, and never planned twice.
    """
    wanted = select(Row).where(_unrouted(now_ms)).order_by(col(Row.route_at)).limit(AT_ONCE)
    rows = session.exec(wanted.with_for_update(skip_locked=True)).all()
    notices = told(row for row in rows if row.seen_at is None and row.ended is None)
    channels = _usable(session, sorted({notice.person for notice in notices}))
    deliveries = [
        _delivery(notice, channel, one)
        for notice in notices
        for channel, one in _ways(notice, channels[notice.person], second_ms)
    ]
    insert_new(session, tables.Delivery, deliveries, ("notice", "person", "channel"))
    for row in rows:
        row.route_at = None
        session.add(row)
    return len(rows)


def _unrouted(now_ms: int) -> Any:
    return col(Row.route_at) <= now_ms


def _ways(
    notice: Notice, channels: Sequence[tables.Channel], second_ms: int
) -> Iterable[tuple[tables.Channel, Planned]]:
    """An institution's own systems are for pages only, and stand in for none of a person's own channels."""
    by_id = {row.id: row for row in channels}
    own = [_channel(row) for row in channels if row.person]
    theirs = [_channel(row) for row in channels if not row.person and notice.kind in STAT_LEGS]
    for one in (*planned(notice, own, second_ms), *planned(notice, theirs, second_ms)):
        yield by_id[one.channel], one


def _usable(session: Session, of: Sequence[str]) -> dict[str, list[tables.Channel]]:
    """The channels of these people and of their institutions that are proved and not disabled."""
    person, row = people.Person, tables.Channel
    homes = dict(session.execute(select(person.id, person.institution).where(col(person.id).in_(of))).all())
    places = sorted(set(filter(None, homes.values())))
    usable = (col(row.verified_at).is_not(None), col(row.disabled_at).is_(None))
    theirs = or_(col(row.person).in_(of), col(row.institution).in_(places))
    found: dict[str, list[tables.Channel]] = defaultdict(list)
    for channel in session.exec(select(row).where(theirs, *usable).order_by(col(row.created_at))):
        if channel.person:
            found[channel.person].append(channel)
        else:
            for one in (one for one, home in homes.items() if home == channel.institution):
                found[one].append(channel)
    return found


def _channel(row: tables.Channel) -> Channel:
    chosen = None if row.notices is None else frozenset(row.notices.split())
    return Channel(row.id, row.kind, chosen)  # type: ignore[arg-type]


def _delivery(notice: Notice, channel: tables.Channel, one: Planned) -> dict[str, Any]:
    return {
        "notice": notice.id,
        "person": notice.person,
        "channel": one.channel,
        "kind": channel.kind,
        "state": "waiting",
        "at": notice.at,
        "next_at": one.at,
        "until": one.until,
        "unless": one.unless,
        "gathered": one.gathered,
        "attempts": 0,
    }
