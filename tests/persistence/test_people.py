import asyncio
import re

import msgspec
import pytest

from persistence import people
from persistence.people import FRESH_S, PeopleDirectory
from realtime.errors import Unavailable
from realtime.rooms.people import Person
from tests.builders import AT, PEOPLE, ana, ben, cleo, obi
from tests.persistence.counting import CountingSqlite


class Clock:
    """Seconds that pass when a test says so."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def directory(database: CountingSqlite, clock: Clock) -> PeopleDirectory:
    await database.write(lambda session: people.add_many(session, PEOPLE.values(), AT))
    return PeopleDirectory(database, clock)


async def test_an_id_is_26_characters_of_base32_and_another_each_time() -> None:
    ids = {people.new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch("[a-z2-7]{26}", id_) for id_ in ids)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"handle": ""}, "1 to 64 characters"),
        ({"handle": " ana"}, "no space at its ends"),
        ({"handle": "a" * 65}, "1 to 64 characters"),
        ({"handle": "ana\u202eben"}, "visible characters"),
        ({"handle": "a\u0308"}, "NFC"),
        ({"country": "Norway"}, "two capital letters"),
        ({"country": "NO\n"}, "two capital letters"),
        ({"role": "surgeon"}, "`surgeon` is no role"),
        ({"tier": 1}, "tier of a physician is 2 to 3, not 1"),
        ({"role": "clinician"}, "tier of a clinician is 0 to 1, not 3"),
        ({"tier": 4}, "not 4"),
    ],
)
async def test_a_person_who_cannot_be_is_refused_in_a_sentence(
    database: CountingSqlite, fields: dict[str, object], sentence: str
) -> None:
    wish = msgspec.structs.replace(ana, **fields)
    with pytest.raises(ValueError, match=sentence):
        await database.write(lambda session: people.add(session, wish, AT))


@pytest.mark.parametrize(
    ("person", "tier", "sentence"),
    [("obi", 2, "`obi_corp` is an observer"), ("nobody", 2, "no person"), ("cleo", 1, "2 to 3, not 1")],
)
async def test_who_cannot_be_verified_is_refused_in_a_sentence(
    database: CountingSqlite, person: str, tier: int, sentence: str
) -> None:
    await database.write(lambda session: people.add_many(session, [cleo, obi], AT))

    with pytest.raises(ValueError, match=sentence):
        await database.write(lambda session: people.verify(session, person, tier))


async def test_many_asks_at_once_are_one_query(directory: PeopleDirectory, database: CountingSqlite) -> None:
    names = [*PEOPLE, *PEOPLE, "nobody"]

    found = await asyncio.gather(*map(directory.person, names))

    assert found == [PEOPLE.get(name) for name in names]
    assert database.reads == 1


async def test_what_was_asked_within_a_minute_is_not_asked_again(
    directory: PeopleDirectory, database: CountingSqlite, clock: Clock
) -> None:
    await directory.person("ana")
    clock.now_s = FRESH_S - 1
    assert await directory.person("ana") == ana
    assert database.reads == 1

    clock.now_s = FRESH_S
    assert await directory.person("ana") == ana
    assert database.reads == 2


async def test_who_is_not_there_is_asked_for_each_time(directory: PeopleDirectory, database: CountingSqlite) -> None:
    newcomer = Person("newcomer", "newcomer", "clinician")
    assert await directory.person("newcomer") is None
    await database.write(lambda session: people.add(session, newcomer, AT))
    assert await directory.person("newcomer") == newcomer


async def test_who_was_forgotten_is_asked_for_again(directory: PeopleDirectory, database: CountingSqlite) -> None:
    await directory.person("ben")
    changed = await database.write(lambda session: people.verify(session, "ben", tier=3))

    assert await directory.person("ben") == ben
    directory.forget("ben")
    assert await directory.person("ben") == changed == msgspec.structs.replace(ben, tier=3)


async def test_what_was_asked_before_a_forget_is_not_kept(directory: PeopleDirectory, database: CountingSqlite) -> None:
    database.asked.clear()
    ask = asyncio.create_task(directory.person("ben"))
    await database.asked.wait()
    directory.forget("ben")
    await ask

    await directory.person("ben")

    assert database.reads == 2


async def test_a_database_that_is_away_is_unavailable_for_those_not_known(
    directory: PeopleDirectory, database: CountingSqlite
) -> None:
    await directory.person("ana")
    database.away = True

    assert await directory.person("ana") == ana
    with pytest.raises(Unavailable):
        await directory.person("ben")


async def test_it_remembers_those_asked_for_last(directory: PeopleDirectory, database: CountingSqlite) -> None:
    directory = PeopleDirectory(database, remembered=2)
    for person in ("ana", "ben", "ana", "cleo"):
        await directory.person(person)
    assert database.reads == 3

    await directory.person("ana")
    assert database.reads == 3
    await directory.person("ben")
    assert database.reads == 4
