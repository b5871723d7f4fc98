"""Paging within one web process: who is rung, who may see how far it has come, and what settings are refused."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from persistence import people
from persistence.database import Database
from persistence.moderation import notices
from persistence.paging.choosing import Rules
from realtime.rooms.paging.ladder import LADDER
from tests.builders import PEOPLE, ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import CASE, House, house, lines
from web.ladder import rules, strangers
from web.settings import InvalidSettings, load

PATIENCE_S = 10.0
POSTGRES = "postgresql://curbside@db.example/curbside"
KEY = "0123456789abcdef0123456789abcdef"


async def opened(home: House, **parts: Any) -> str:
    async with home.client(cleo) as client:
        wish = CASE | {"acuity": "stat"} | parts
        answer = await client.post("/api/cases", json=wish, headers={"Idempotency-Key": "k1"})
    id: str = answer.json()["id"]
    return id


async def paged(client: AsyncClient, case: str) -> dict[str, Any]:
    """The first page of a case, once it has rung somebody."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            pages = (await client.get(f"/api/cases/{case}/pages")).json()["pages"]
            if pages and pages[0]["tiers"]:
                page: dict[str, Any] = pages[0]
                return page


async def test_what_an_open_page_reads_again_leaves_one_line_and_what_is_refused_one_each(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await opened(home, reach="team")
        for person in (cleo, cleo, cleo, ben, ben):
            await home.client(person).get(f"/api/cases/{case}/pages")
    found = [(line.person, line.outcome) for line in await lines(tmp_path) if line.act == "pages_read"]
    assert found == [("cleo", "ok"), ("ben", "refused"), ("ben", "refused")]


async def test_a_stat_case_rings_at_once_and_its_presenter_sees_whom_and_how_far_it_has_come(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await opened(home)
        async with home.client(cleo) as client:
            page = await paged(client, case)
            assert (page["by"], page["state"], page["rung"], page["counts"]) == ("system", "ringing", 1, {"paged": 1})
            (tier,) = page["tiers"]
            assert (tier["tier"], tier["role"]) == (5, "matching")
            assert [(one["person"], one["handle"], one["state"]) for one in tier["people"]] == [
                ("ana", "dr_ana", "paged")
            ]
            async with migrated(tmp_path) as database:
                notice = (await unseen(database))[0]
                await database.write(lambda sql: notices.mark(sql, [(notice, "ana", "seen")], tier["at"] + 9))
            (tier,) = (await paged(client, case))["tiers"]
            assert [(one["state"], one["at"]) for one in tier["people"]] == [("seen", tier["at"] + 9)]
        assert ("pages_read", "cleo", case) in {(line.act, line.person, line.room) for line in await lines(tmp_path)}


async def unseen(database: Database) -> list[str]:
    found = await database.read(lambda sql: notices.unseen(sql, ["ana"], 0))
    return [notice.id for notice in found]


@pytest.mark.parametrize("person", [obi, mo, ben])
async def test_who_was_rung_is_shown_to_those_who_may_write_there(tmp_path: Path, person: Any) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await opened(home)
        async with home.client(person) as client:
            answer = await client.get(f"/api/cases/{case}/pages")
        assert answer.status_code == (403 if person is obi else 200)


async def test_a_case_that_one_may_not_enter_is_not_there(tmp_path: Path) -> None:
    async with house(tmp_path, paging="off") as home:
        case = await opened(home, reach="team")
        async with home.client(ana) as client:
            assert (await client.get(f"/api/cases/{case}/pages")).status_code == 404


async def test_the_list_says_whether_a_case_has_somebody(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await opened(home)
        async with home.client(cleo) as client:
            page = await paged(client, case)
            (line,) = (await client.get("/api/cases")).json()["cases"]
        assert (line["help"], line["help_at"]) == ("paged", page["tiers"][0]["at"])


async def test_where_paging_is_off_nobody_is_rung(tmp_path: Path) -> None:
    async with house(tmp_path, paging="off") as home:
        case = await opened(home)
        async with home.client(cleo) as client:
            assert (await client.get(f"/api/cases/{case}/events")).json()["seq"] == 1


def test_a_deployment_for_many_without_a_last_human_is_refused_in_one_sentence() -> None:
    big = {"redis_url": "redis://127.0.0.1", "database_url": POSTGRES, "secret_key": KEY}
    with pytest.raises(InvalidSettings, match=r"^Nobody is named who is rung last: set CURBSIDE_COORDINATOR [^\n]*\.$"):
        rules(load(**big))
    assert rules(load(**big, coordinator="mo_mod")).ladder.coordinator("hill_clinic") == "mo_mod"
    assert rules(load(**big, paging="off"))


def test_without_a_file_the_ladder_is_the_one_of_the_project() -> None:
    assert rules(load()) == Rules(LADDER, rules(load()).behaviours, 4)


TIERS = '[[tiers]]\nrole = "present"\nmost = 3\n[[tiers]]\nrole = "coordinator"\nmost = 1\n'


def test_a_deployment_may_have_a_ladder_and_coordinators_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ladder.toml"
    file.write_text(f'{TIERS}[coordinators]\n"" = "mo_mod"\nhill_clinic = "dr_ben"\n')
    ladder = rules(load(ladder=file)).ladder
    assert [tier.role for tier in ladder.tiers] == ["present", "coordinator"]
    assert (ladder.coordinator("hill_clinic"), ladder.coordinator("elsewhere"), ladder.coordinator(None)) == (
        *("dr_ben", "mo_mod", "mo_mod"),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[[tiers]]\nrole = "present"\nmost = 3\n', "must end with the tier `coordinator`"),
        ("", "missing required field `tiers`"),
        (TIERS.replace("most = 3", "most = 0"), "Expected `int` >= 1"),
        (TIERS + TIERS, "have no other"),
        (TIERS + "colour = 1\n", "unknown field `colour`"),
        ("tiers = [", "the file is no TOML"),
        (None, "the file cannot be read"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_with_what_is_wrong(tmp_path: Path, text: str | None, why: str) -> None:
    file = tmp_path / "ladder.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InvalidSettings, match=r"^CURBSIDE_LADDER is not valid: ") as refused:
        rules(load(ladder=file))
    assert why in str(refused.value)


async def test_a_coordinator_whom_there_is_not_is_named(tmp_path: Path) -> None:
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.add_many(sql, PEOPLE.values(), 1))
        for handle, found in (("mo_mod", []), ("nobody", ["nobody"]), ("obi_corp", ["obi_corp"])):
            ladder = rules(load(coordinator=handle)).ladder
            assert await database.read(partial(strangers, ladder=ladder)) == found
