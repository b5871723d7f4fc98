"""`curbside serve --demo`: people to sign in as, with random passwords, and one open case."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, NamedTuple

import msgspec
from sqlmodel import Session as Sql

from persistence import people
from persistence.database import Database
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import Person
from web.api.ports import Live
from web.clock import now_ms
from web.signin.passwords import hashed

FILE: Final = "demo-people.txt"
CASE_KEY: Final = "demo-case"

_people: Final = (
    Person("", "cleo", "clinician", "family_medicine", "PE", 1, "hill_clinic"),
    Person("", "ana", "physician", "paediatric_intensive_care", "CH", 3, "childrens_hospital"),
    Person("", "ben", "physician", "infectious_disease", "KE", 3, "lake_hospital"),
    Person("", "mo", "moderator", "emergency_medicine", "FR", 3),
    Person("", "obi", "observer", country="DE", kind="research"),
)
CASE: Final = OpenCase(
    title="Fever and a spreading purpuric rash in a toddler, four hours from intensive care",
    acuity="urgent",
    specialties=["paediatric_intensive_care", "infectious_disease"],
    languages=["en"],
    age_band="1-4",
    sex="f",
    situation="Toddler, about 12 kg, at a rural clinic: fever since the morning, now drowsy, with a purple rash on "
    "both legs that has spread within the last hour and does not fade under glass.",
    background="Well until today, no allergies known, early vaccinations given, later ones uncertain. One clinician, "
    "oxygen, a pulse oximeter, peripheral lines; ceftriaxone, crystalloid and adrenaline in stock; no laboratory, no "
    "ventilator. Transfer by road takes four hours, by air only after daybreak.",
    assessment="Temperature 39.6 degrees, heart rate 178, respiratory rate 44, SpO2 94 % in air, capillary refill 5 s, "
    "blood pressure 74/38, AVPU: V. I think of meningococcal septic shock. First dose of ceftriaxone and one bolus of "
    "10 ml/kg given ten minutes ago: heart rate 170, refill 4 s, liver edge not felt.",
    request="How much more fluid before a vasoactive drug, which one through a peripheral line and at which dose, and "
    "should she be intubated before the road, or not?",
    observers="live",
)


class DemoPerson(NamedTuple):
    """Someone who can sign in to the demo, and how."""

    person: Person
    password: str


async def add_people(database: Database, var: Path) -> list[DemoPerson]:
    """The demo's people, added where they are missing; their passwords stay as `VAR/demo-people.txt` has them.

    Raises `ValueError` where that file cannot be used, `Unavailable`.
    """
    kept = _kept(var / FILE)
    passwords = {one.handle: kept.get(one.handle) or token_urlsafe(12) for one in _people}
    if passwords != kept:
        _keep(var / FILE, passwords)
    known = await database.read(lambda sql: _known(sql))
    new = {handle for handle in passwords if handle not in known or handle not in kept}
    if new:
        hashes = {handle: hashed(passwords[handle], random=True) for handle in new}
        known = await database.write(lambda sql: _added(sql, hashes))
    return [DemoPerson(known[one.handle], passwords[one.handle]) for one in _people]


async def open_case(live: Live, demo: Sequence[DemoPerson]) -> None:
    """Open the demo's case, once for all starts. Raises `Refused`, `Unavailable`."""
    await live.open_case(demo[0].person, CASE, CASE_KEY)


def described(address: str, demo: Sequence[DemoPerson]) -> list[str]:
    """What the terminal says of the demo, line by line."""
    width = max(len(_role(one.person)) for one in demo)
    signer = demo[1]
    body = f'{{"handle": "{signer.person.handle}", "password": "{signer.password}"}}'
    return [
        "",
        "Sign in as  with the password",
        *(f"  {one.person.handle:8}  {one.password}  {_role(one.person):{width}}".rstrip() for one in demo),
        "",
        f'Open case: "{CASE.title}"',
        f"  {address}/api/cases?status=open",
        "",
        "Sign in and read it from another terminal:",
        f"  curl -c cookies.txt -H 'Content-Type: application/json' -d '{body}' {address}/api/sessions",
        f"  curl -b cookies.txt {address}/api/cases",
    ]


def _role(person: Person) -> str:
    return ", ".join(part.replace("_", " ") for part in (person.role, person.specialty or person.kind) if part)


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


def _known(sql: Sql) -> dict[str, Person]:
    found = (people.by_handle(sql, one.handle) for one in _people)
    return {person.handle: person for person in found if person is not None}


def _added(sql: Sql, hashes: Mapping[str, str]) -> dict[str, Person]:
    known = _known(sql)
    for one in _people:
        if one.handle not in known:
            known[one.handle] = msgspec.structs.replace(one, id=people.new_id())
            people.add(sql, known[one.handle], now_ms())
        if one.handle in hashes:
            people.set_password_hash(sql, known[one.handle].id, hashes[one.handle])
    return known
