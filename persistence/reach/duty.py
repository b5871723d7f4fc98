"""Who is on call now, and when somebody is next."""

from collections.abc import Collection

import msgspec
from sqlmodel import Session, col, select

from persistence import tables as accounts
from persistence.reach.rosters import shift_of
from persistence.reach.tables import Roster, RosterShift
from persistence.reach.zones import zone
from realtime.rooms.paging.shifts import Duty, duties, on_duty


class OwnDuty(msgspec.Struct, frozen=True):
    """When somebody is on call next, Unix ms, and for what."""

    institution: str
    roster: str
    specialty: str
    starts_at: int
    ends_at: int


def on_call(session: Session, specialties: Collection[str], now_ms: int) -> dict[str, set[str]]:
    """Who is on call now for any of these specialties, and for which. Who has left the institution is not."""
    person = accounts.Person
    wanted = (
        select(RosterShift, Roster.zone, Roster.specialty)
        .join(Roster, col(Roster.id) == col(RosterShift.roster))
        .join(person, (col(person.id) == col(RosterShift.person)) & (person.institution == col(Roster.institution)))
        .where(col(RosterShift.ends_at) > now_ms, col(RosterShift.starts_at) <= now_ms)
        .where(col(Roster.specialty).in_(sorted(specialties)))
    )
    on: dict[str, set[str]] = {}
    for row, zone_name, specialty in session.exec(wanted):
        if not row.every_weeks or on_duty(shift_of(row), zone(zone_name), now_ms):
            on.setdefault(row.person, set()).add(specialty)
    return on


def duties_of(session: Session, person: str, from_ms: int, to_ms: int) -> list[OwnDuty]:
    """When this person is on call between these moments, in order."""
    wanted = select(RosterShift, Roster).join(Roster, col(Roster.id) == col(RosterShift.roster))
    mine = wanted.where(RosterShift.person == person, col(RosterShift.ends_at) > from_ms)
    found: list[OwnDuty] = []
    for row, roster in session.exec(mine.where(col(RosterShift.starts_at) < to_ms)):
        times = duties(shift_of(row), zone(roster.zone), from_ms, to_ms)
        found += [_own(roster, one) for one in times]
    return sorted(found, key=lambda one: (one.starts_at, one.ends_at, one.roster))


def _own(roster: Roster, duty: Duty) -> OwnDuty:
    return OwnDuty(roster.institution, roster.name, roster.specialty, duty.starts_at, duty.ends_at)
