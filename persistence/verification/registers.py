"""What registers say: entries of imported files, looked up by number. Nothing is fetched while the server runs."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlmodel import Session, col, delete, func, select

from persistence.insert import insert_or_replace
from persistence.verification import tables
from persistence.verification.formats import format_of
from persistence.verification.identities import Identity
from realtime.rooms.licences import normal
from realtime.rooms.names import likeness, normalised
from realtime.rooms.tiers import Finding


class Entry(msgspec.Struct, frozen=True):
    """One person as a register has them; names are normalised. `licences`: of states, as `CA A12345; NY 234567`."""

    number: str
    family: str
    given: str
    specialty: str
    licences: str
    active: bool


def finding(session: Session, identity: Identity) -> Finding:
    """What the register of this licence says of who claims it."""
    if session.get(tables.Register, (identity.country, identity.register)) is None:
        return "no_file"
    found = entry(session, identity.country, identity.register, identity.number)
    if found is None:
        return "no_entry"
    alike = likeness(normalised(identity.family), normalised(identity.given), found.family, found.given)
    if alike == "other":
        return "other_name"
    if not found.active:
        return "inactive"
    return "match" if alike == "same" else "near"


def entry(session: Session, country: str, register: str, number: str) -> Entry | None:
    """The entry under this number, as people write it."""
    written = normal(number, format_of(country, register))
    row = session.get(tables.RegisterEntry, (country, register, written))
    if row is None:
        return None
    family, _, given = row.names.partition("|")
    return Entry(row.number, family, given, row.specialty, row.licences, row.active)


def next_batch(session: Session, country: str, register: str) -> int:
    """The number of an import that begins now."""
    row = tables.RegisterEntry
    newest = select(func.max(row.batch)).where(col(row.country) == country, col(row.roll) == register)
    return (session.exec(newest).one() or 0) + 1


def keep(session: Session, country: str, register: str, batch: int, entries: Sequence[Entry]) -> None:
    """Keep some entries of an import; of a number that comes twice the later one stands."""
    rows = {one.number: _row(country, register, batch, one) for one in entries}
    insert_or_replace(session, tables.RegisterEntry, list(rows.values()), ("country", "roll", "number"))


def finish(session: Session, register: tables.Register) -> None:
    """The import is whole: it stands in the list of registers."""
    session.merge(register)


def remove_older(session: Session, country: str, register: str, batch: int, most: int) -> int:
    """Remove at most so many entries that the import `batch` did not have; how many they were."""
    row = tables.RegisterEntry
    of_this = (col(row.country) == country, col(row.roll) == register)
    gone = list(session.exec(select(row.number).where(*of_this, col(row.batch) < batch).limit(most)))
    session.execute(delete(row).where(*of_this, col(row.number).in_(gone)))
    return len(gone)


def imported(session: Session) -> list[tables.Register]:
    """Every register that was imported."""
    row = tables.Register
    return list(session.exec(select(row).order_by(col(row.country), col(row.roll))))


def _row(country: str, register: str, batch: int, entry: Entry) -> dict[str, Any]:
    return {
        "country": country,
        "roll": register,
        "number": entry.number,
        "batch": batch,
        "names": f"{entry.family}|{entry.given}",
        "specialty": entry.specialty,
        "licences": entry.licences,
        "active": entry.active,
    }
