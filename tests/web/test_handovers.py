"""`GET /api/cases/{id}/handover`: in three forms, for those who may enter."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from persistence.handover.page import STYLE
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import House, audit, house
from web.api.handovers import NOTES_AT_ONCE


async def taken(home: House, person: Person | None, case: str, query: str = "") -> httpx.Response:
    return await home.client(person).get(f"/api/cases/{case}/handover?{query}")


@pytest.mark.parametrize(
    ("query", "media", "shown"),
    [
        ("", "text/plain; charset=utf-8", "inline"),
        ("format=text&tz=America/Lima", "text/plain; charset=utf-8", "inline"),
        ("format=html", "text/html; charset=utf-8", "inline"),
        ("format=fhir", "application/fhir+json", "attachment"),
    ],
)
async def test_each_form_has_its_type_and_name_and_is_not_kept(
    tmp_path: Path, query: str, media: str, shown: str
) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        answer = await taken(home, ana, case, query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["content-disposition"].startswith(f'{shown}; filename="handover-{case}.')
    assert answer.headers["cache-control"] == "no-store"
    assert "Chest pain after a bite" in answer.text


async def test_the_page_runs_nothing_and_has_its_own_style_only(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        answer = await taken(home, ana, await home.open(cleo), "format=html")
    policy = answer.headers["content-security-policy"]
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    assert f"<style>{STYLE}</style>" in answer.text


async def test_what_the_room_has_is_in_it_at_once(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        seat = await home.elsewhere.seated(ana, case)
        seat.send("post", id="p1", room=case, text="Give adrenaline now.", kind="recommendation")
        await seat.next("ack")
        note = (await taken(home, cleo, case)).text
        document = json.loads((await taken(home, cleo, case, "format=fhir")).text)
    assert "Give adrenaline now." in note and "INN: adrenaline is epinephrine." in note
    assert document["entry"][0]["resource"]["resourceType"] == "Composition"


async def test_who_may_not_enter_gets_none_and_observers_never(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, reach="team")
        codes = {person.id: (await taken(home, person, case)).status_code for person in (cleo, ben, mo, obi)}
        nobody = (await taken(home, None, case)).status_code
        nowhere = (await taken(home, ana, "nothing")).status_code
    assert codes == {"cleo": 200, "ben": 404, "mo": 403, "obi": 403}
    assert (nobody, nowhere) == (401, 404)


@pytest.mark.parametrize("query", ["format=pdf", "tz=Nowhere/Land", "tz=../../etc/passwd", "tz=America"])
async def test_what_is_not_valid_is_refused_with_what_to_do(tmp_path: Path, query: str) -> None:
    async with house(tmp_path) as home:
        answer = await taken(home, cleo, await home.open(cleo), query)
    assert answer.status_code == 422 and "Give" in answer.json()["detail"]


async def test_a_note_is_a_read_on_record_and_its_presenter_sees_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        await taken(home, ana, case, "format=fhir")
        await taken(home, obi, case)
    lines = await audit(tmp_path)
    assert ("handover_read", "ana", case, "fhir") in lines
    assert ("handover_read", "obi", case, "text") in lines


async def test_nobody_takes_notes_without_end(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        codes = [(await taken(home, cleo, case)).status_code for _ in range(NOTES_AT_ONCE + 1)]
    assert codes == [200] * NOTES_AT_ONCE + [429]
