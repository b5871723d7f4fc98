"""Rosters over HTTP: who keeps them, shift by shift and as CSV, and that those on call are asked first."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import House, audit, house

HEART = {"institution": "lake_hospital", "name": "Heart", "specialty": "cardiology", "zone": "UTC"}
SHIFT = {"handle": "dr_ben", "starts": "2026-03-02T20:00", "ends": "2026-03-03T08:00"}
CSV = """\
handle,starts,ends,every_weeks,until
dr_ben,2026-03-02 20:00,2026-03-03 08:00,,
dr_ben,2026-03-09 20:00,2026-03-10 08:00,2,2026-12-31
"""


async def added(home: House, person: Person = mo, **parts: Any) -> str:
    answer = await home.client(person).post("/api/rosters", json=HEART | parts)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def bring(client: httpx.AsyncClient, roster: str, text: str | bytes, query: str = "") -> httpx.Response:
    headers = {"content-type": "text/csv"}
    return await client.post(f"/api/rosters/{roster}/file{query}", content=text, headers=headers)


async def shifts(client: httpx.AsyncClient, roster: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/rosters/{roster}")).json()["shifts"]
    return found


async def test_a_roster_is_added_filled_read_and_removed(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        for new in (1, 0):
            answer = await client.post(f"/api/rosters/{roster}/shifts", json=SHIFT)
            assert (answer.status_code, answer.json()) == (201, {"added": new})
        (one,) = await shifts(client, roster)
        assert {name: one[name] for name in SHIFT} == SHIFT
        listed = (await client.get("/api/rosters")).json()["institutions"]
        assert listed == [{"institution": "lake_hospital", "rosters": [HEART | {"id": roster}], "keepers": []}]
        assert (await client.delete(f"/api/rosters/{roster}/shifts/{one['id']}")).status_code == 204
        assert await shifts(client, roster) == []
        assert (await client.delete(f"/api/rosters/{roster}")).status_code == 204
        assert (await client.get(f"/api/rosters/{roster}")).status_code == 404
    acts = [line[0] for line in await audit(tmp_path)]
    assert acts == ["roster_added", "shifts_changed", "shifts_changed", "shifts_changed", "roster_removed"]


async def test_a_file_is_taken_and_given_as_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        assert (await bring(client, roster, CSV)).json() == {"added": 2}
        file = await client.get(f"/api/rosters/{roster}/file")
        assert (file.text, file.headers["content-type"]) == (CSV, "text/csv; charset=utf-8")
        assert (await bring(client, roster, file.content)).json() == {"added": 0}


async def test_a_file_that_replaces_leaves_what_it_has_and_takes_away_the_rest(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        await bring(client, roster, CSV)
        before = await shifts(client, roster)
        only = "\n".join(CSV.splitlines()[:2])
        assert (await bring(client, roster, only, "?replace=true")).json() == {"added": 0}
        assert await shifts(client, roster) == before[:1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("starts,ends\n2026-03-02 20:00,2026-03-03 08:00\n", "lacks handle"),
        ("handle,starts,ends\ndr_ben,monday,tuesday\n", "Line 2: give times"),
        ("handle,starts,ends\n,2026-03-02 20:00,2026-03-03 08:00\n", "Line 2: it names nobody"),
        ("handle,starts,ends\ndr_ana,2026-03-02 20:00,2026-03-03 08:00\n", "Shift 1: `dr_ana` is no clinician"),
        ("handle,starts,ends\ndr_ben,2026-03-02 20:00,2026-03-02 08:00\n", "Shift 1: A shift ends after"),
        ('handle,starts,ends\n"dr_ben\n', "no CSV"),
        (b"handle,starts,ends\n\xff", "not in UTF-8"),
        ("", "lacks handle, starts, ends"),
    ],
)
async def test_a_file_with_something_wrong_is_refused_as_a_whole(tmp_path: Path, text: str | bytes, says: str) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        await bring(client, roster, CSV)
        answer = await bring(client, roster, text, "?replace=true")
        assert answer.status_code == 422
        assert says in answer.json()["detail"]
        assert len(await shifts(client, roster)) == 2


async def test_spreadsheets_part_cells_by_semicolons_and_begin_with_a_mark(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        text = "\ufeffHandle;Starts;Ends\r\ndr_ben;2026-03-02 20:00;2026-03-03 08:00\r\n;;\r\n"
        assert (await bring(client, roster, text)).json() == {"added": 1}


async def test_a_keeper_whom_a_moderator_named_keeps_the_rosters_of_that_institution_only(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = home.client(mo)
        wish = {"institution": "lake_hospital", "handles": ["nurse_cleo"]}
        assert (await client.put("/api/rosters/keepers", json=wish)).status_code == 204
        listed = (await client.get("/api/rosters")).json()["institutions"]
        assert listed == [{"institution": "lake_hospital", "rosters": [], "keepers": ["nurse_cleo"]}]
        roster, other = await added(home, cleo), await added(home, institution="heart_centre")
        keeper = home.client(cleo)
        assert (await keeper.post(f"/api/rosters/{roster}/shifts", json=SHIFT)).status_code == 201
        listed = (await keeper.get("/api/rosters")).json()["institutions"]
        assert [(one["institution"], one["keepers"]) for one in listed] == [("lake_hospital", ["nurse_cleo"])]
        assert (await keeper.get(f"/api/rosters/{other}")).status_code == 404
        assert (await keeper.post("/api/rosters", json=HEART | {"institution": "heart_centre"})).status_code == 403
        assert (await home.client(cleo).get("/api/me/reach")).json()["keeps"] == ["lake_hospital"]
    assert ("keepers_named", "mo", "", "") in await audit(tmp_path)


@pytest.mark.parametrize("person", [ana, ben, cleo, obi])
async def test_nobody_else_sees_or_changes_a_roster(tmp_path: Path, person: Person) -> None:
    async with house(tmp_path) as home:
        roster, client = await added(home), home.client(person)
        assert (await client.get("/api/rosters")).json() == {"institutions": []}
        assert (await client.post("/api/rosters", json=HEART | {"name": "Other"})).status_code == 403
        assert (
            await client.put("/api/rosters/keepers", json={"institution": "lake_hospital", "handles": [person.handle]})
        ).status_code == 403
        for answer in (
            await client.get(f"/api/rosters/{roster}"),
            await client.get(f"/api/rosters/{roster}/file"),
            await client.post(f"/api/rosters/{roster}/shifts", json=SHIFT),
            await client.delete(f"/api/rosters/{roster}/shifts/x"),
            await bring(client, roster, CSV),
            await client.delete(f"/api/rosters/{roster}"),
        ):
            assert answer.status_code == 404
        assert await shifts(home.client(mo), roster) == []


async def test_who_is_on_call_is_asked_first_and_shown_when(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    starts, ends = (f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M}" for hours in (-1, 1))
    async with house(tmp_path, paging="on") as home:
        client, roster = home.client(mo), await added(home)
        await client.post(f"/api/rosters/{roster}/shifts", json=SHIFT | {"starts": starts, "ends": ends})
        wish = {"specialties": ["cardiology"], "acuity": "asap", "reach": "world"}
        told = (await home.client(cleo).post("/api/reach/preview", json=wish)).json()
        assert told["groups"] == {"on_call": 1, "present": 0, "others": 1}
        (shift,) = (await home.client(ben).get("/api/me/reach")).json()["shifts"]
        assert (shift["institution"], shift["roster"], shift["specialty"]) == ("lake_hospital", "Heart", "cardiology")
        assert shift["ends_at"] - shift["starts_at"] == 2 * 3_600_000


@pytest.mark.parametrize(
    "wrong",
    [{"starts": "2026-03-02T20:00+01:00"}, {"every_weeks": 53}, {"starts": "monday"}, {"ends": "2026-02-30T08:00"}],
)
async def test_a_shift_that_cannot_be_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async with house(tmp_path) as home:
        client, roster = home.client(mo), await added(home)
        answer = await client.post(f"/api/rosters/{roster}/shifts", json=SHIFT | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
