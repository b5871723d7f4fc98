"""Rosters of institutions: who is on call for which specialty, and when."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import msgspec
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from persistence import tables as accounts
from persistence.insert import insert_new
from persistence.people import new_id
from persistence.reach.tables import Roster, RosterShift
from persistence.reach.zones import zone
from realtime.rooms.paging.shifts import Shift, whole, wrong_with
from realtime.rooms.people import DOCTORS
from realtime.rooms.specialties import SPECIALTIES

NAME_CHARS: Final = 80
MOST_SHIFTS: Final = 5_000


class Entry(msgspec.Struct, frozen=True):
    """A shift of somebody, by their handle, as it is written into a roster."""

    handle: str
    shift: Shift


class OnRoster(NamedTuple):
    """A shift as it stands in a roster, and whose it is."""

    id: str
    person: str
    handle: str
    shift: Shift


def add(session: Session, *, institution: str, name: str, specialty: str, zone_name: str, now_ms: int) -> Roster:
    """Add a roster without shifts. Raises `ValueError` with a sentence for people."""
    if not (0 < len(name) <= NAME_CHARS and name.strip() == name and name.isprintable()):
        raise ValueError(f"A name of a roster has 1 to {NAME_CHARS} visible characters.")
    if specialty not in SPECIALTIES:
        raise ValueError("That specialty is none of the list. Choose one that is offered.")
    zone(zone_name)
    person = accounts.Person
    members = select(person.id).where(person.institution == institution, col(person.role).in_(DOCTORS)).limit(1)
    if not institution or session.exec(members).first() is None:
        raise ValueError("No clinician is of that institution. Give its name as it stands in their accounts.")
    if session.exec(_named(institution, name)).first() is not None:
        raise ValueError(f"There is a roster `{name}` already. Choose another name.")
    made = Roster(
        id=new_id(), institution=institution, name=name, specialty=specialty, zone=zone_name, created_at=now_ms
    )
    session.add(made)
    session.flush()
    return made


def remove(session: Session, roster: Roster) -> None:
    """Remove a roster with all its shifts."""
    session.execute(delete(RosterShift).where(col(RosterShift.roster) == roster.id))
    session.delete(roster)


def found(session: Session, id: str) -> Roster | None:
    """The roster of this id."""
    return session.get(Roster, id)


def named(session: Session, institution: str, name: str) -> Roster:
    """The roster that an institution calls so. Raises `ValueError`."""
    one = session.exec(_named(institution, name)).first()
    if one is None:
        raise ValueError(f"{institution} has no roster `{name}`. `curbside institution roster list` names all.")
    return one


def listed(session: Session, institutions: Collection[str] | None = None) -> Sequence[Roster]:
    """The rosters of these institutions, or all, by name."""
    wanted = select(Roster).order_by(col(Roster.institution), col(Roster.name))
    if institutions is not None:
        wanted = wanted.where(col(Roster.institution).in_(institutions))
    return session.exec(wanted).all()


def put(session: Session, roster: Roster, entries: Sequence[Entry], *, replace: bool = False) -> int:
    """Write shifts into a roster; those that stand there already stay as they are. How many are new.

    `replace`: those that are not among `entries` go. Raises `ValueError` with a sentence that names the first that
    cannot be; nothing is changed then.
    """
    known = _members(session, roster, {one.handle for one in entries})
    rows = {row["id"]: row for row in (_row(roster, known, number, one) for number, one in enumerate(entries, 1))}
    before = _ids(session, roster)
    if replace:
        clear(session, roster, before - rows.keys())
    insert_new(session, RosterShift, list(rows.values()), ("id",))
    if len(_ids(session, roster)) > MOST_SHIFTS:
        raise ValueError(f"A roster has up to {MOST_SHIFTS} shifts. Remove old ones, or let shifts come again.")
    return len(rows.keys() - before)


def clear(session: Session, roster: Roster, shifts: Collection[str]) -> int:
    """Remove these shifts of a roster. How many of them there were."""
    mine = delete(RosterShift).where(col(RosterShift.roster) == roster.id, col(RosterShift.id).in_(shifts))
    return len(session.execute(mine.returning(col(RosterShift.id))).all())


def shifts_of(session: Session, roster: Roster) -> list[OnRoster]:
    """All shifts of a roster, as they begin."""
    person = accounts.Person
    wanted = select(RosterShift, person.handle).join(person, col(person.id) == col(RosterShift.person))
    mine = wanted.where(RosterShift.roster == roster.id).order_by(col(RosterShift.starts), col(RosterShift.id))
    return [OnRoster(row.id, row.person, handle, shift_of(row)) for row, handle in session.exec(mine)]


def _named(institution: str, name: str) -> SelectOfScalar[Roster]:
    return select(Roster).where(Roster.institution == institution, Roster.name == name)


def _ids(session: Session, roster: Roster) -> set[str]:
    return set(session.exec(select(RosterShift.id).where(RosterShift.roster == roster.id)))


def _members(session: Session, roster: Roster, handles: Collection[str]) -> dict[str, str]:
    """The ids of those of the roster's institution who have these handles: others are nobody that it could ring."""
    person = accounts.Person
    mine = select(person.handle, person.id).where(person.institution == roster.institution)
    doctors = mine.where(col(person.role).in_(DOCTORS), col(person.handle).in_(sorted(handles)))
    return dict(session.exec(doctors).all())


def _row(roster: Roster, known: dict[str, str], number: int, entry: Entry) -> dict[str, Any]:
    person, shift = known.get(entry.handle), entry.shift
    if person is None:
        raise ValueError(f"Shift {number}: `{entry.handle}` is no clinician of {roster.institution}.")
    if (wrong := wrong_with(shift)) is not None:
        raise ValueError(f"Shift {number}: {wrong}")
    said = {
        "roster": roster.id,
        "person": person,
        "starts": shift.starts.isoformat(timespec="minutes"),
        "ends": shift.ends.isoformat(timespec="minutes"),
        "every_weeks": shift.every_weeks,
        "until": shift.until.isoformat() if shift.until else "",
    }
    duty = whole(shift, zone(roster.zone))
    id = blake2b(msgspec.json.encode(said), digest_size=13).hexdigest()
    return {"id": id, **said, "starts_at": duty.starts_at, "ends_at": duty.ends_at}


def shift_of(row: RosterShift) -> Shift:
    starts, ends = datetime.fromisoformat(row.starts), datetime.fromisoformat(row.ends)
    return Shift(starts, ends, row.every_weeks, date.fromisoformat(row.until) if row.until else None)
