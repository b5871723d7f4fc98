import stat
from pathlib import Path

import msgspec
import pytest

from persistence import people
from realtime.rooms.people import Person
from tests.web.databases import migrated
from web.clock import now_ms
from web.demo.cast import CAST, OBSERVERS, PHYSICIANS, PRESENTER, VIEWERS
from web.demo.people import Company, add_people, nobody_else
from web.demo.printed import printed


async def settled(folder: Path) -> Company:
    async with migrated(folder) as database:
        return await add_people(database, folder)


async def alone(folder: Path, company: Company) -> bool:
    async with migrated(folder) as database:
        return await nobody_else(database, company)


async def test_the_five_are_who_they_are(tmp_path: Path) -> None:
    company = await settled(tmp_path)
    assert [(one.person.handle, one.person.role, one.person.tier) for one in company.people] == [
        ("cleo", "clinician", 1),
        ("ana", "physician", 3),
        ("ben", "physician", 3),
        ("mo", "moderator", 3),
        ("obi", "observer", 0),
    ]
    assert len({one.password for one in company.people}) == 5


async def test_the_cast_is_in_the_database_with_them(tmp_path: Path) -> None:
    company = await settled(tmp_path)
    async with migrated(tmp_path) as database:
        found = await database.read(lambda sql: people.find_many(sql, [one.id for one in company.cast.values()]))
    assert {person.handle: person for person in found.values()} == company.cast
    assert [msgspec.structs.replace(one, id="") for one in company.cast.values()] == CAST


def test_the_cast_comes_from_all_over_the_world_and_may_do_what_it_plays() -> None:
    assert (len(PHYSICIANS), len(VIEWERS)) == (46, 120)
    assert len({one.handle for one in CAST}) == len(CAST)
    assert len({one.country for one in PHYSICIANS}) >= 40
    assert len({one.specialty for one in PHYSICIANS}) >= 30
    assert all(one.verified for one in (*PHYSICIANS, *VIEWERS))
    assert (PRESENTER.role, PRESENTER.tier) == ("clinician", 1)
    assert {one.kind for one in OBSERVERS} == {"research", "government", "pharma"}


async def test_a_second_start_keeps_people_and_passwords(tmp_path: Path) -> None:
    assert await settled(tmp_path) == await settled(tmp_path)
    assert stat.S_IMODE((tmp_path / "demo-people.txt").stat().st_mode) == 0o600


async def test_a_lost_file_gives_new_passwords_and_a_lost_database_keeps_them(tmp_path: Path) -> None:
    first = await settled(tmp_path)
    (tmp_path / "demo-people.txt").unlink()
    second = await settled(tmp_path)
    assert second.cast == first.cast
    assert [one.person for one in second.people] == [one.person for one in first.people]
    assert not {one.password for one in second.people} & {one.password for one in first.people}
    (tmp_path / "curbside.db").unlink()
    assert [one.password for one in (await settled(tmp_path)).people] == [one.password for one in second.people]


async def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo-people.txt").write_text("one two three\n")
    with pytest.raises(ValueError, match=r"demo-people.txt cannot be read: remove it"):
        await settled(tmp_path)


@pytest.mark.parametrize("handle", ["ana", "dr_okafor"])
async def test_nobody_gets_the_password_of_somebody_else(tmp_path: Path, handle: str) -> None:
    stranger = Person("stranger", handle, "physician", "surgery", "AT", 2)
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.add(sql, stranger, now_ms()))
        with pytest.raises(ValueError, match=f"`{handle}` is somebody else in this database"):
            await add_people(database, tmp_path)
        assert await database.read(lambda sql: people.password_hash(sql, stranger.id)) is None
    assert not (tmp_path / "demo-people.txt").exists()


async def test_the_demo_is_alone_until_somebody_is_added(tmp_path: Path) -> None:
    company = await settled(tmp_path)
    assert await alone(tmp_path, company)
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.add(sql, Person("dan", "dan", "clinician"), now_ms()))
    assert not await alone(tmp_path, company)


async def test_somebody_who_was_there_under_a_handle_of_the_demo_s_is_somebody_else(tmp_path: Path) -> None:
    await settled(tmp_path)
    async with migrated(tmp_path) as database:
        cleo = await database.read(lambda sql: people.by_handle(sql, "cleo"))
        assert cleo is not None
        await database.write(lambda sql: people.verify(sql, cleo.id))
    assert not await alone(tmp_path, await settled(tmp_path))


async def test_the_terminal_says_how_to_sign_in(tmp_path: Path) -> None:
    company = await settled(tmp_path)
    shown = "\n".join(printed(company.people))
    for one in company.people:
        assert f"  {one.person.handle:8}  {one.password}" in shown
    assert "Open it in a browser" in shown
    assert len(shown.splitlines()) < 12
