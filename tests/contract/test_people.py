"""People in the journal, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import Callable

import pytest
from sqlmodel import Session

from persistence import people
from persistence.database import Database
from realtime.rooms.people import Person
from tests.builders import AT, PEOPLE, ana, ben, cleo, mo, obi


async def test_a_person_is_found_as_they_were_added(database: Database) -> None:
    await database.write(lambda session: people.add_many(session, PEOPLE.values(), AT))

    assert await database.read(lambda session: people.find(session, "ana")) == ana
    assert await database.read(lambda session: people.by_handle(session, ben.handle)) == ben
    assert await database.read(lambda session: people.find_many(session, ["obi", "mo", "x"])) == {"obi": obi, "mo": mo}
    assert await database.read(lambda session: people.find(session, "x")) is None
    assert await database.read(lambda session: people.by_handle(session, "x")) is None


async def test_a_handle_is_given_once(database: Database) -> None:
    await database.write(adding(ana))

    with pytest.raises(ValueError, match="`dr_ana` is taken"):
        await database.write(adding(Person("ana2", ana.handle, "clinician")))

    assert await database.read(lambda session: people.find(session, "ana2")) is None


async def test_of_two_who_take_a_handle_at_once_one_is_told_that_it_is_taken(database: Database) -> None:
    wishes = [Person(people.new_id(), "same", "clinician") for _ in range(2)]

    outcomes = await asyncio.gather(*(database.write(adding(wish)) for wish in wishes), return_exceptions=True)

    assert sorted(map(type, outcomes), key=str) == [type(None), ValueError]


async def test_a_password_hash_is_set_and_replaced(database: Database) -> None:
    await database.write(adding(ana))
    assert await database.read(lambda session: people.password_hash(session, "ana")) is None

    await database.write(lambda session: people.set_password_hash(session, "ana", "first"))
    await database.write(lambda session: people.set_password_hash(session, "ana", "second"))

    assert await database.read(lambda session: people.password_hash(session, "ana")) == "second"
    with pytest.raises(ValueError, match="no person"):
        await database.write(lambda session: people.set_password_hash(session, "nobody", "x"))


async def test_a_clinician_is_verified_as_a_physician(database: Database) -> None:
    await database.write(lambda session: people.add_many(session, [cleo, obi], AT))

    verified = await database.write(lambda session: people.verify(session, "cleo", tier=3, specialty="toxicology"))

    assert (verified.role, verified.tier, verified.specialty, verified.handle) == (
        "physician",
        3,
        "toxicology",
        "nurse_cleo",
    )
    assert await database.read(lambda session: people.find(session, "cleo")) == verified


async def test_ten_thousand_people_are_added_at_once(database: Database) -> None:
    crowd = [Person(people.new_id(), f"p{n}", "physician", tier=3) for n in range(10_000)]

    async with asyncio.timeout(30):
        await database.write(lambda session: people.add_many(session, crowd, AT))

    assert await database.read(lambda session: people.by_handle(session, "p9999")) == crowd[-1]


def adding(person: Person) -> Callable[[Session], None]:
    return lambda session: people.add(session, person, AT)


async def test_people_are_found_by_what_their_handles_look_like(database: Database) -> None:
    await database.write(lambda session: people.add_many(session, [ana, ben], 0))
    directory = people.PeopleDirectory(database)
    assert await directory.named(["dr_ana", "DR_BEN", "dr_\u0430na", "nobody", "ana"]) == {
        "dr_ana": "ana",
        "DR_BEN": "ben",
        "dr_\u0430na": "ana",
    }
    assert await directory.named([]) == {}
    await directory.close()
