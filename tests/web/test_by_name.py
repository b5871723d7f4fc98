"""Ringing somebody by name who is not in the room: who may look for them, and what is said where they are not rung."""

from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from sqlmodel import Session as Sql

from persistence.reach.interruptions import interrupted
from persistence.reach.tables import ReachProfile
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, house, lines
from web.clock import now_ms


async def sought(home: House, case: str, handle: str, person: Person = cleo) -> Response:
    async with home.client(person) as client:
        return await client.post(f"/api/cases/{case}/pages/person", json={"handle": handle})


async def says(home: House, case: str, handle: str, person: Person = cleo) -> tuple[int, str]:
    answer = await sought(home, case, handle, person)
    return answer.status_code, answer.json()["detail"]


@pytest.mark.parametrize("person", [cleo, mo])
@pytest.mark.parametrize("written", ["dr_ben", " @dr_ben ", "DR_BEN"])
async def test_the_presenter_and_moderators_find_whom_they_name(tmp_path: Path, person: Person, written: str) -> None:
    async with house(tmp_path, paging="on") as home:
        answer = await sought(home, await home.open(cleo), written, person)
    assert answer.status_code == 200
    assert answer.json() == {
        **{"person": "ben", "handle": "dr_ben", "role": "physician"},
        **{"specialty": "toxicology", "country": "KE", "tier": 2},
    }


@pytest.mark.parametrize(("person", "status"), [(ana, 403), (obi, 403)])
async def test_others_look_for_nobody(tmp_path: Path, person: Person, status: int) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await home.open(cleo)
        assert (await sought(home, case, "dr_ben", person)).status_code == status
        assert (await sought(home, await home.open(cleo, "key2", reach="team"), "dr_ben", ben)).status_code == 404
    found = [(line.person, line.outcome) for line in await lines(tmp_path) if line.act == "person_sought"]
    assert found == [(person.id, "refused"), ("ben", "refused")]


@pytest.mark.parametrize(
    ("handle", "status", "why"),
    [
        ("dr_nobody", 404, "Nobody here has this handle"),
        ("obi_corp", 404, "Nobody here has this handle"),
        ("mo_mod", 422, "They are not rung: moderators never are"),
        ("nurse_cleo", 422, "They are in this case already"),
    ],
)
async def test_who_is_not_rung_is_said_in_a_sentence(tmp_path: Path, handle: str, status: int, why: str) -> None:
    async with house(tmp_path, paging="on") as home:
        found = await says(home, await home.open(cleo), handle)
    assert found[0] == status and found[1].startswith(why)


async def test_for_a_stat_case_nobody_below_t2_is_rung(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await home.open(ben, acuity="stat")
        assert "only verified physicians" in (await says(home, case, "nurse_cleo", ben))[1]


def _undisturbed(sql: Sql) -> None:
    sql.add(ReachProfile(person="ben", zone="UTC", undisturbed_until=now_ms() + 3_600_000, changed_at=now_ms()))


def _busy(sql: Sql) -> None:
    for page in range(4):
        interrupted(sql, ["ben"], f"page{page}", now_ms())


@pytest.mark.parametrize(("said", "why"), [(_undisturbed, "disturbed now"), (_busy, "as often within the hour")])
async def test_who_is_not_to_be_interrupted_now_is_not_rung(tmp_path: Path, said: Any, why: str) -> None:
    async with house(tmp_path, paging="on") as home:
        case = await home.open(cleo)
        async with migrated(tmp_path) as database:
            await database.write(said)
        status, detail = await says(home, case, "dr_ben")
    assert status == 422 and why in detail


@pytest.mark.parametrize(("given", "why"), [({"acuity": "routine"}, "routine"), ({}, "rings nobody")])
async def test_where_nobody_is_rung_that_is_said(tmp_path: Path, given: dict[str, str], why: str) -> None:
    async with house(tmp_path, paging="on" if given else "off") as home:
        status, detail = await says(home, await home.open(cleo, **given), "dr_ben")
    assert status == 422 and why in detail
