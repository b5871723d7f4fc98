"""Who might be asked for a case now: read in a handful of queries, each by an index, however many people there are."""

from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, or_, true, union
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from persistence import tables
from persistence.moderation.sanctions import in_force
from persistence.reach.duty import on_call
from persistence.reach.interruptions import lately, unseen_pages
from persistence.reach.profiles import HOURS
from persistence.reach.tables import ReachProfile, ReachSpecialty
from persistence.reach.zones import zone
from persistence.signin.sessions import TOKEN
from persistence.signin.tables import Session as SignedIn
from realtime.rooms.command import Reach
from realtime.rooms.paging.hours import Span, local, resting
from realtime.rooms.paging.matching import Reachable, Wanted
from realtime.rooms.people import DOCTORS, PHYSICIAN_TIER
from realtime.rooms.specialties import all_answering

PRESENT_MS: Final = 5 * 60_000
"""Whoever did something at a page of ours within it is taken for present. It is written down every ten seconds."""
MOST: Final = 20_000
"""So many are looked at for one case."""
AT_ONCE: Final = 1_000


def reachable(
    session: Session, wanted: Wanted, present: Collection[str], now_ms: int, per_hour: int
) -> list[Reachable]:
    """Those who are near to what is wanted, on call for it, or invited, and may enter; who is barred or muted is not.

    `present`: who has a connection that the caller knows of; who was active lately is added. `per_hour`: so often the
    deployment lets a person be interrupted; their own limit may be lower.
    """
    near = sorted(all_answering(wanted.specialties))
    now = _Now(
        duty=on_call(session, near, now_ms),
        held=_held(session, near),
        present=_active(session, now_ms).union(present),
        interrupted=lately(session, now_ms),
        unseen=unseen_pages(session, now_ms),
        per_hour=per_hour,
        now_ms=now_ms,
        quiet=cache(partial(_quiet, now_ms)),
    )
    silenced = {one.person for one in in_force(session, now_ms)}
    people = _candidates(session, near, wanted.invited.union(now.duty))
    # Asked for in one statement with who they are, PostgreSQL compares everybody with everybody until it has counted.
    parts = (people[start : start + AT_ONCE] for start in range(0, len(people), AT_ONCE))
    rows = (row for part in parts for row in session.execute(_people(wanted, part)))
    return [_reachable(row, now) for row in rows if row.id not in silenced]


class _Now(NamedTuple):
    """What is so now of all people. `quiet`: whether it is so, by zone, hours and quiet ones, which many have alike."""

    duty: dict[str, set[str]]
    held: dict[str, list[str]]
    present: set[str]
    interrupted: dict[str, int]
    unseen: dict[str, int]
    per_hour: int
    now_ms: int
    quiet: Callable[[str, str, str, str], bool]


def _reachable(row: Row[Any], now: _Now) -> Reachable:
    id, per_hour = row.id, now.per_hour
    specialties = now.held.get(id, []) if row.chose else [row.specialty]
    return Reachable(
        person=id,
        tier=row.tier,
        country=row.country,
        institution=row.institution,
        network=row.network,
        specialties=(*specialties, *now.duty.get(id, ())),
        languages=tuple(row.languages.split()) if row.languages else (),
        on_call=id in now.duty,
        present=id in now.present,
        quiet=row.zone is not None and now.quiet(row.zone, row.hours, row.quiet_from, row.quiet_to),
        do_not_disturb=row.undisturbed_until is not None and row.undisturbed_until > now.now_ms,
        stat_through=bool(row.stat_through),
        open_pages=now.unseen.get(id, 0),
        pages_last_hour=now.interrupted.get(id, 0),
        per_hour=per_hour if row.per_hour is None else min(row.per_hour, per_hour),
    )


def _quiet(now_ms: int, zone_name: str, hours: str, begins: str, ends: str) -> bool:
    weekly = HOURS.decode(hours) if hours else ()
    return resting(local(now_ms, zone(zone_name)), weekly, Span(begins, ends) if begins else None)


def _candidates(session: Session, near: Sequence[str], named: Collection[str]) -> list[str]:
    """Those who want to be asked for one of these specialties or are of one, and those who are named."""
    person = tables.Person
    chose = exists().where(col(ReachSpecialty.person) == col(person.id))
    wanted = union(
        select(ReachSpecialty.person).where(col(ReachSpecialty.specialty).in_(near)),
        select(person.id).where(col(person.specialty).in_(near), ~chose),
        select(person.id).where(col(person.id).in_(sorted(named))),
    )
    return sorted(session.scalars(wanted.limit(MOST)))


def _people(wanted: Wanted, people: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Those of these who may enter, with what they say of being reached."""
    person, said = tables.Person, ReachProfile
    chose = exists().where(col(ReachSpecialty.person) == col(person.id))
    columns = (
        *(col(person.id), col(person.tier), col(person.country), col(person.institution), col(person.network)),
        *(col(person.specialty), chose.label("chose")),
        *(col(said.languages), col(said.zone), col(said.hours), col(said.quiet_from), col(said.quiet_to)),
        *(col(said.undisturbed_until), col(said.per_hour), col(said.stat_through)),
    )
    return (
        columns_of(*columns)
        .outerjoin_from(person, said, col(said.person) == col(person.id))
        .where(col(person.id).in_(people), col(person.role).in_(DOCTORS), _may_enter(wanted))
    )


def _may_enter(wanted: Wanted) -> ColumnElement[bool]:
    """What `within_reach` says, in the database's words: it need not give what would be passed over."""
    person = tables.Person
    same: dict[Reach, ColumnElement[bool]] = {
        "world": true(),
        "network": or_(_same(person.network, wanted.network), _same(person.institution, wanted.institution)),
        "institution": _same(person.institution, wanted.institution),
        "team": false(),
    }
    verified = and_(col(person.tier) >= PHYSICIAN_TIER, same[wanted.reach])
    return or_(verified, col(person.id).in_(sorted(wanted.invited)))


def _same(column: Any, value: str | None) -> ColumnElement[bool]:
    return false() if value is None else col(column) == value


def _held(session: Session, near: Sequence[str]) -> dict[str, list[str]]:
    """Which of these specialties people want to be asked for."""
    wanted = select(ReachSpecialty.person, ReachSpecialty.specialty)
    found: dict[str, list[str]] = {}
    for person, specialty in session.exec(wanted.where(col(ReachSpecialty.specialty).in_(near))):
        found.setdefault(person, []).append(specialty)
    return found


def _active(session: Session, now_ms: int) -> set[str]:
    """Who did something at a page of ours a moment ago. A program that reads with a token is nobody at work."""
    lately_active = col(SignedIn.active_at) > now_ms - PRESENT_MS
    wanted = select(SignedIn.person).where(lately_active, SignedIn.way != TOKEN, col(SignedIn.expires_at) > now_ms)
    return set(session.exec(wanted))
