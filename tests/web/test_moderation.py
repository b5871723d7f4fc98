"""What moderators do over HTTP, and what it means for the others."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.builders import PEOPLE, ana, ben, cleo, mo, obi
from tests.web.house import PASSWORD, House, house, lines
from web.clock import now_ms

HOUR_MS = 3_600_000


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


async def imposed(home: House, **wish: Any) -> httpx.Response:
    given = {"person": "ben", "kind": "mute", "reason": "Rude to a colleague."} | wish
    return await home.client(mo).post("/api/moderation/sanctions", json=given)


@pytest.mark.parametrize("person", [ana, cleo, obi])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "flags"),
        ("POST", "flags/decisions"),
        ("GET", "sanctions"),
        ("POST", "sanctions"),
        ("POST", "sanctions/x/lifting"),
        ("GET", "people/ben/sanctions"),
        ("GET", "rings"),
    ],
)
async def test_moderation_is_for_moderators(home: House, person: Any, method: str, path: str) -> None:
    answer = await home.client(person).request(method, f"/api/moderation/{path}")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert (await home.client().request(method, f"/api/moderation/{path}")).status_code == 401


async def test_who_is_suspended_is_out_until_it_is_lifted(home: House) -> None:
    client = home.client(ben)
    assert (await client.get("/api/cases")).status_code == 200
    sanction = (await imposed(home, kind="suspend", until=now_ms() + HOUR_MS)).json()
    refused = await client.get("/api/cases")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    wish = {"handle": ben.handle, "password": PASSWORD}
    sign_in = await home.client().post("/api/sessions", json=wish)
    assert sign_in.status_code == 403
    assert "Reason: Rude to a colleague." in sign_in.json()["detail"]
    wrong = await home.client().post("/api/sessions", json=wish | {"password": "guessed it, did I not"})
    assert wrong.status_code == 401

    in_force = (await home.client(mo).get("/api/moderation/sanctions")).json()["sanctions"]
    assert [(one["kind"], one["names"]["ben"]) for one in in_force] == [("suspend", ben.handle)]
    lifted = await home.client(mo).post(
        f"/api/moderation/sanctions/{sanction['id']}/lifting", json={"reason": "Said sorry."}
    )
    assert lifted.status_code == 200
    assert (await client.get("/api/cases")).status_code == 200


async def test_a_sanction_is_imposed_on_a_handle_as_well_and_its_history_names_people(home: House) -> None:
    assert (await imposed(home, person=ben.handle)).json()["person"] == ben.id
    (one,) = (await home.client(mo).get(f"/api/moderation/people/{ben.id}/sanctions")).json()["sanctions"]
    assert one["names"] == {ben.id: ben.handle, mo.id: mo.handle}


async def test_who_was_sanctioned_may_read_why_and_not_by_whom(home: House) -> None:
    await imposed(home)
    (own,) = (await home.client(ben).get("/api/me/sanctions")).json()["sanctions"]
    assert (own["kind"], own["reason"]) == ("mute", "Rude to a colleague.")
    assert "mo" not in str(own | {"id": ""})
    assert (await home.client(ana).get("/api/me/sanctions")).json() == {"sanctions": []}


async def test_what_cannot_be_is_refused_in_a_sentence(home: House) -> None:
    for wish in (
        {"person": "nobody"},
        {"person": "mo"},
        {"kind": "exile"},
        {"reason": ""},
        {"until": 1},
        {"kind": "ban", "until": now_ms() + HOUR_MS},
    ):
        assert (await imposed(home, **wish)).status_code == 422
    assert (await home.client(mo).get("/api/moderation/sanctions")).json() == {"sanctions": []}


async def test_a_decision_needs_a_flag_that_waits(home: House) -> None:
    wish = {"room": "case1", "target": "e2", "decision": "dismissed", "reason": "Usual dose."}
    answer = await home.client(mo).post("/api/moderation/flags/decisions", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert (await home.client(mo).get("/api/moderation/flags")).json() == {"posts": []}
    assert (await home.client(mo).get("/api/moderation/rings")).json() == {"rings": []}


async def test_every_act_is_on_record_with_its_reason(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        sanction = (await imposed(home)).json()
        await home.client(mo).post(f"/api/moderation/sanctions/{sanction['id']}/lifting", json={"reason": "Sorry."})
        await home.client(ana).get("/api/moderation/flags")
        await home.client(mo).get("/api/moderation/people/ben/sanctions")
    kept = [line for line in await lines(tmp_path) if line.act.startswith(("sanction", "flags"))]
    assert [(line.act, line.person, line.subject, line.reason, line.outcome) for line in kept] == [
        ("sanctioned", "mo", "ben", "Rude to a colleague.", "ok"),
        ("sanction_lifted", "mo", "ben", "Sorry.", "ok"),
        ("flags_read", "ana", "", "", "refused"),
        ("sanctions_read", "mo", "ben", "", "ok"),
    ]
    assert {line.address for line in kept} == {"192.0.2.1"}
    assert PEOPLE


async def test_a_moderator_says_why_before_a_case_that_is_not_open_to_them(home: House) -> None:
    case, desk = await home.open(cleo, reach="team"), home.client(mo, "192.0.2.7")
    for path in (f"/api/cases/{case}", f"/api/cases/{case}/events", f"/api/archive/{case}"):
        answer = await desk.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert "Say why you enter" in answer.json()["detail"]
    assert (await desk.post(f"/api/cases/{case}/entry", json={"reason": "x"})).status_code == 422
    assert (await desk.post("/api/cases/nothing/entry", json={"reason": "A complaint."})).status_code == 404
    assert (await desk.get(f"/api/cases/{case}")).status_code == 403
    assert (
        await desk.post(f"/api/cases/{case}/entry", json={"reason": "A complaint of a colleague."})
    ).status_code == 204
    assert (await desk.get(f"/api/cases/{case}")).status_code == 200
    other = await home.open(cleo, "key2", reach="team")
    assert (await desk.get(f"/api/cases/{other}")).status_code == 403, "one reason is for one case"


@pytest.mark.parametrize("person", [ana, cleo])
async def test_nobody_else_enters_by_a_reason(home: House, person: Any) -> None:
    case = await home.open(ben, reach="team")
    client = home.client(person)
    assert (await client.post(f"/api/cases/{case}/entry", json={"reason": "Curious."})).status_code == 403
    assert (await client.get(f"/api/cases/{case}")).status_code == 404
