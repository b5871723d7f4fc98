"""The demo's people: the five to sign in as, with random passwords, and the cast; added where they are missing."""

import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import select as columns
from sqlmodel import Session as Sql
from sqlmodel import col, select

from persistence import people, tables
from persistence.database import Database
from persistence.observers.scripted import under_agreement
from realtime.rooms.people import Person
from web.clock import now_ms
from web.demo.cast import CAST
from web.signin.passwords import hashed

FILE: Final = "demo-people.txt"

_fields: Final = [col(getattr(tables.Person, name)) for name in people.FIELDS]

# What each can do, in a line for the page on which one chooses who to be.
_abouts: Final = {
    Person("", "cleo", "clinician", "family_medicine", "PE", 1, "hill_clinic"): (
        "Alone with the patient in a rural clinic: opens cases, asks, closes them."
    ),
    Person("", "ana", "physician", "paediatric_intensive_care", "CH", 3, "childrens_hospital"): (
        "Verified specialist: answers, corroborates or disputes, or only follows."
    ),
    Person("", "ben", "physician", "infectious_disease", "KE", 3, "lake_hospital"): (
        "Verified specialist: a second physician, to try it together with ana."
    ),
    Person("", "mo", "moderator", "emergency_medicine", "FR", 3): (
        "Moderator: pins, takes posts back, sends people out and closes, in every case."
    ),
    Person("", "obi", "observer", country="DE", institution="Research institute", kind="research"): (
        "Observer for a research institute: sees a copy without persons, and cannot write."
    ),
}


class DemoPerson(NamedTuple):
    """Someone who can sign in to the demo, how, and what they can do there."""

    person: Person
    password: str
    about: str


class Company(NamedTuple):
    """Everyone whom the demo has made: the `people` to sign in as, and the `cast` by handle."""

    people: list[DemoPerson]
    cast: dict[str, Person]


async def add_people(database: Database, var: Path) -> Company:
    """The demo's people, added where they are missing; passwords stay as `VAR/demo-people.txt` has them.

    Raises `ValueError` where that file cannot be used or a handle is somebody else's, `Unavailable`.
    """
    kept = _kept(var / FILE)
    passwords = {one.handle: kept.get(one.handle) or token_urlsafe(12) for one in _abouts}
    known = await database.read(_known)
    if not kept:
        _check(known)
    if passwords != kept:
        _keep(var / FILE, passwords)
    new = [handle for handle in passwords if handle not in known or handle not in kept]
    if new or len(known) < len(_wanted()):
        hashes = {handle: hashed(passwords[handle], random=True) for handle in new}
        known = await database.write(lambda sql: _added(sql, hashes))
    return Company(
        [DemoPerson(known[one.handle], passwords[one.handle], about) for one, about in _abouts.items()],
        {one.handle: known[one.handle] for one in CAST},
    )


async def nobody_else(database: Database, company: Company) -> bool:
    """Whether there is nobody in the database but the demo's people, as the demo made them. Raises `Unavailable`."""
    wanted = _wanted()
    everyone = [*(one.person for one in company.people), *company.cast.values()]
    made = [one.id for one in everyone if msgspec.structs.replace(one, id="") == wanted[one.handle]]
    stranger = select(tables.Person.id).where(col(tables.Person.id).not_in(made)).limit(1)
    return await database.read(lambda sql: sql.exec(stranger).first()) is None


def _wanted() -> dict[str, Person]:
    return {one.handle: one for one in (*_abouts, *CAST)}


def _known(sql: Sql) -> dict[str, Person]:
    # Plain columns: as objects of the mapper a few hundred people would take a tenth of the time of a start.
    found = sql.execute(columns(*_fields).where(col(tables.Person.handle).in_(_wanted())))
    return {row.handle: Person(*row) for row in found}


def _check(known: Mapping[str, Person]) -> None:
    """Where the demo never was, these handles are somebody else's, whose password must not be replaced."""
    wanted = _wanted()
    for handle, person in known.items():
        if msgspec.structs.replace(person, id="") != wanted[handle]:
            raise ValueError(f"`{handle}` is somebody else in this database: give --demo a CURBSIDE_VAR of its own.")


def _added(sql: Sql, hashes: Mapping[str, str]) -> dict[str, Person]:
    known = _known(sql)
    new = [msgspec.structs.replace(one, id=people.new_id()) for one in _wanted().values() if one.handle not in known]
    people.add_many(sql, new, now_ms())
    known |= {person.handle: person for person in new}
    for person in known.values():
        if person.role == "observer":
            under_agreement(sql, [person], person.institution, person.kind, now_ms())
    for handle, kept in hashes.items():
        people.set_password_hash(sql, known[handle].id, kept)
    return known


def _kept(path: Path) -> dict[str, str]:
    try:
        return dict(line.split() for line in path.read_text().splitlines()) if path.exists() else {}
    except (OSError, ValueError):
        raise ValueError(f"{path} cannot be read: remove it, and new passwords are made.") from None


def _keep(path: Path, passwords: Mapping[str, str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with open(descriptor, "w") as file:
        os.fchmod(descriptor, 0o600)
        file.writelines(f"{handle} {password}\n" for handle, password in passwords.items())
