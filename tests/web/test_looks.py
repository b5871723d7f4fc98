"""Who has read a case, for its presenter."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import House, house, lines


async def test_the_presenter_sees_who_read_the_case(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        await home.client(ana).get(f"/api/cases/{case}")
        await home.client(ben).get(f"/api/cases/{case}/events?after=1")
        await home.client(cleo).get(f"/api/cases/{case}")
        first, second = await seen(home, cleo, case, 2)
    assert (first["handle"], first["act"], first["detail"]) == ("dr_ben", "history_read", "after 1")
    assert (second["handle"], second["act"], second["role"]) == ("dr_ana", "case_read", "physician")


async def test_of_observers_only_the_institution_is_told(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        answer = await home.client(obi).get(f"/api/cases/{case}")
        assert answer.status_code == 200
        (read,) = await seen(home, cleo, case, 1)
    assert (read["institution"], read["observer"]) == (obi.institution, obi.kind)
    assert "handle" not in read and "obi" not in repr(read)


async def test_the_presenter_sees_which_moderator_entered_and_why(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, reach="team")
        await home.client(mo).post(f"/api/cases/{case}/entry", json={"reason": "A complaint of a colleague."})
        (entry,) = await seen(home, cleo, case, 1)
    assert (entry["act"], entry["handle"], entry["why"]) == ("case_entered", mo.handle, "A complaint of a colleague.")


async def test_reads_come_in_pages(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        for person in (ana, ben, mo, ana, ben):
            await home.client(person).get(f"/api/cases/{case}")
        await seen(home, mo, case, 5)
        pages = [(await looked(home, mo, case, "limit=2")).json()]
        while pages[-1]["next"]:
            pages.append((await looked(home, mo, case, f"limit=2&after={pages[-1]['next']}")).json())
    assert [read["handle"] for page in pages for read in page["reads"]] == [
        "dr_ben",
        "dr_ana",
        "mo_mod",
        "dr_ben",
        "dr_ana",
    ]


async def test_nobody_else_sees_it_and_each_try_is_a_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        closed = await home.open(cleo, "key2", reach="team")
        assert (await looked(home, ana, case)).status_code == 403
        assert (await looked(home, ben, closed)).status_code == 404
        assert (await looked(home, mo, case)).status_code == 200
        assert (await looked(home, cleo, case, "after=x")).status_code == 422
    found = [line for line in await lines(tmp_path) if line.act == "looks_read"]
    assert [(line.person, line.outcome) for line in found] == [("ana", "refused"), ("ben", "refused"), ("mo", "ok")]


async def looked(home: House, person: Person, case: str, query: str = "") -> httpx.Response:
    return await home.client(person).get(f"/api/cases/{case}/audit?{query}")


async def seen(home: House, person: Person, case: str, count: int) -> list[dict[str, Any]]:
    """The reads, once there are `count`: lines are written in a moment."""
    async with asyncio.timeout(5):
        while True:
            reads: list[dict[str, Any]] = (await looked(home, person, case)).json()["reads"]
            if len(reads) >= count:
                return reads
