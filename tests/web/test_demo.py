import stat
from pathlib import Path

import httpx
import pytest

from realtime.rooms.opening import MOST_CASE_BYTES
from tests.web.databases import migrated
from tests.web.house import ORIGIN
from web.app import create_app
from web.demo import CASE, DemoPerson, add_people, described
from web.settings import load


async def settled(folder: Path) -> list[DemoPerson]:
    async with migrated(folder) as database:
        return await add_people(database, folder)


async def test_the_demo_s_people_are_who_they_are(tmp_path: Path) -> None:
    demo = await settled(tmp_path)
    assert [(one.person.handle, one.person.role, one.person.tier) for one in demo] == [
        ("cleo", "clinician", 1),
        ("ana", "physician", 3),
        ("ben", "physician", 3),
        ("mo", "moderator", 3),
        ("obi", "observer", 0),
    ]
    assert len({one.password for one in demo}) == 5


async def test_a_second_start_keeps_people_and_passwords(tmp_path: Path) -> None:
    assert await settled(tmp_path) == await settled(tmp_path)
    assert stat.S_IMODE((tmp_path / "demo-people.txt").stat().st_mode) == 0o600


async def test_a_lost_file_gives_new_passwords_and_a_lost_database_keeps_them(tmp_path: Path) -> None:
    first = await settled(tmp_path)
    (tmp_path / "demo-people.txt").unlink()
    second = await settled(tmp_path)
    assert [one.person for one in second] == [one.person for one in first]
    assert not {one.password for one in second} & {one.password for one in first}
    (tmp_path / "curbside.db").unlink()
    assert [one.password for one in await settled(tmp_path)] == [one.password for one in second]


async def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo-people.txt").write_text("one two three\n")
    with pytest.raises(ValueError, match=r"demo-people.txt cannot be read: remove it"):
        await settled(tmp_path)


async def test_everyone_signs_in_with_what_is_printed_and_sees_the_one_open_case(tmp_path: Path) -> None:
    demo = await settled(tmp_path)
    for _ in range(2):
        app = create_app(load(var=tmp_path), with_demo=True)
        async with app.router.lifespan_context(app):
            for one in demo:
                client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)
                wish = {"handle": one.person.handle, "password": one.password}
                assert (await client.post("/api/sessions", json=wish)).status_code == 201
                cases = (await client.get("/api/cases?status=open")).json()["cases"]
                shown = "Paediatric intensive care, urgent, 1-4" if one.person.role == "observer" else CASE.title
                assert [line["title"] for line in cases] == [shown]


async def test_the_terminal_says_how_to_sign_in(tmp_path: Path) -> None:
    demo = await settled(tmp_path)
    shown = "\n".join(described("http://127.0.0.1:8000", demo))
    for one in demo:
        assert one.person.handle in shown
        assert one.password in shown
    assert CASE.title in shown
    assert "curl -c cookies.txt" in shown
    assert "http://127.0.0.1:8000/api/cases?status=open" in shown


def test_the_demo_s_case_is_one_that_may_be_opened() -> None:
    assert CASE.observers == "live"
    assert len(CASE.situation) < MOST_CASE_BYTES
