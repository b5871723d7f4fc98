"""Agreements, institutions, the record and adverse events, over HTTP; and a suspension on a real process."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import House, audit, house

TRIALS: dict[str, Any] = {
    "name": "Trials & co",
    "kind": "pharma",
    "purposes": ["CLINTRCH", "PATSFTY"],
    "products": ["Antivenin"],
    "seats": 3,
    "hours": 10,
}
ADVERSE = {"age_band": "40-49", "sex": "female", "product": "Antivenin 10 ml", "event": "Serum sickness on day 8."}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


async def posted(client: httpx.AsyncClient, path: str, **content: Any) -> httpx.Response:
    return await client.post(path, json=content)


async def test_an_observer_sees_their_agreement_and_what_the_plan_has_left(home: House) -> None:
    own = (await home.client(obi).get("/api/agreement")).json()
    assert (own["institution"], own["kind"], own["accepted"], own["refusal"]) == ("corp", "pharma", True, None)
    assert own["agreement"]["version"] == 1 and "de-identified" in own["agreement"]["text"]
    assert (await home.client(ana).get("/api/agreement")).status_code == 403


async def test_a_new_version_is_accepted_by_the_observer_before_anything_is_shown(home: House) -> None:
    case = await home.open(cleo)
    client, moderator = home.client(obi), home.client(mo)
    assert (await client.get(f"/api/cases/{case}")).status_code == 200
    made = await posted(moderator, "/api/institutions/corp/agreement", text="Less.", uses=["HRESCH"])
    assert (made.status_code, made.json()["version"]) == (201, 2)
    refused = await client.get(f"/api/cases/{case}")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await client.get("/api/cases")).status_code == 403
    assert (await posted(client, "/api/agreements/1/accept")).status_code == 409
    assert (await posted(client, "/api/agreements/x/accept")).status_code == 422
    assert (await posted(client, "/api/agreements/2/accept")).status_code == 204
    assert (await client.get(f"/api/cases/{case}")).status_code == 200


async def test_moderators_add_and_suspend_institutions_and_nobody_else_does(home: House) -> None:
    for person in (ana, cleo, obi):
        assert (await home.client(person).get("/api/institutions")).status_code == 403
        assert (await posted(home.client(person), "/api/institutions", **TRIALS)).status_code == 403
    client = home.client(mo)
    assert (await posted(client, "/api/institutions", **TRIALS)).status_code == 201
    assert "already" in (await posted(client, "/api/institutions", **TRIALS)).json()["detail"]
    wrong = await posted(client, "/api/institutions", **TRIALS | {"name": "x", "kind": "bank"})
    assert wrong.status_code == 422
    names = [one["name"] for one in (await client.get("/api/institutions")).json()["institutions"]]
    assert names == ["Trials & co", "corp"]
    assert (await posted(client, "/api/institutions/nobody/suspend", why="x")).status_code == 422


async def test_a_suspended_institution_reads_nothing_until_it_is_taken_back(home: House) -> None:
    case = await home.open(cleo)
    client, moderator = home.client(obi), home.client(mo)
    suspended = await posted(moderator, "/api/institutions/corp/suspend", why="Tried to name a patient.")
    assert suspended.status_code == 200
    paths = ("/api/cases", "/api/archive", "/api/observer/summary", f"/api/cases/{case}", f"/api/cases/{case}/events")
    for path in paths:
        assert (await client.get(path)).status_code == 403, path
    await posted(moderator, "/api/institutions/corp/resume")
    assert (await client.get(f"/api/cases/{case}")).status_code == 200


async def test_the_presenter_sees_who_observed_their_case_and_others_do_not(home: House) -> None:
    case = await home.open(cleo)
    await home.client(obi).get(f"/api/cases/{case}/events")
    (record,) = (await home.client(cleo).get(f"/api/cases/{case}/observers")).json()["observers"]
    assert (record["institution"], record["people"], record["exported"]) == ("corp", 1, True)
    assert (await home.client(mo).get(f"/api/cases/{case}/observers")).status_code == 200
    for person in (ana, obi):
        assert (await home.client(person).get(f"/api/cases/{case}/observers")).status_code == 403


async def test_an_observer_is_shown_no_small_number_of_cases(home: House) -> None:
    await home.open(cleo)
    answer = await home.client(obi).get("/api/observer/summary")
    assert answer.json() == {"cells": {}, "rows": {}, "columns": {}, "total": 0}
    assert (await home.client(ana).get("/api/observer/summary")).status_code == 403


async def reported(home: House) -> tuple[str, dict[str, Any]]:
    case = await home.open(cleo)
    caller = await home.elsewhere.seated(ana, case)
    caller.send("post", id="p1", room=case, text="Itch and fever a week after.")
    await caller.next("ack", re="p1")
    answer = await posted(home.client(ana), f"/api/cases/{case}/adverse-events", post="p1", **ADVERSE)
    assert answer.status_code == 201, answer.text
    return case, answer.json()


async def test_an_adverse_event_goes_to_whoever_makes_the_product_and_is_acknowledged(home: House) -> None:
    await posted(home.client(mo), "/api/institutions", **TRIALS | {"name": "other", "products": ["Antiven"]})
    await posted(home.client(mo), "/api/institutions/corp/products", products=["antivenin"])
    _, made = await reported(home)
    assert made["institutions"] == 1
    client = home.client(obi)
    (told,) = (await client.get("/api/adverse-events")).json()["adverse_events"]
    assert (told["patient"], told["reporter"]) == ("40-49, female", "physician, cardiology")
    assert (told["product"], told["event"]) == (ADVERSE["product"], ADVERSE["event"])
    assert told["acknowledged_at"] is None
    assert (await posted(client, f"/api/adverse-events/{made['id']}/acknowledge")).status_code == 204
    assert (await client.get("/api/adverse-events")).json()["adverse_events"][0]["acknowledged_at"] is not None
    assert (await posted(home.client(ben), f"/api/adverse-events/{made['id']}/acknowledge")).status_code == 404
    assert (await home.client(mo).get("/api/adverse-events")).json()["adverse_events"] == []


async def test_an_adverse_event_of_nobody_s_product_is_shown_to_moderators(home: House) -> None:
    _, made = await reported(home)
    assert made["institutions"] == 0
    (shown,) = (await home.client(mo).get("/api/adverse-events")).json()["adverse_events"]
    assert (shown["id"], shown["institution"]) == (made["id"], None)
    assert (await home.client(ana).get("/api/adverse-events")).status_code == 403


@pytest.mark.parametrize(
    ("parts", "status"),
    [({"post": "p9"}, 422), ({"age_band": "91"}, 422), ({"event": " "}, 422), ({"product": "\x00"}, 422)],
)
async def test_a_report_that_lacks_an_element_is_refused(home: House, parts: dict[str, str], status: int) -> None:
    case, _ = await reported(home)
    wish = {"post": "p1"} | ADVERSE | parts
    assert (await posted(home.client(ana), f"/api/cases/{case}/adverse-events", **wish)).status_code == status
    assert (await posted(home.client(obi), f"/api/cases/{case}/adverse-events", **wish)).status_code == 403


async def test_a_report_that_may_tell_who_the_patient_is_is_refused_until_its_reporter_confirms_it(home: House) -> None:
    case, _ = await reported(home)
    event = "Mrs Okafor vomited on 12/03/2024."
    wish = {"post": "p1"} | ADVERSE | {"event": event}
    path = f"/api/cases/{case}/adverse-events"
    refused = (await posted(home.client(ana), path, **wish)).json()
    assert (refused["status"], refused["code"], list(refused["spans"])) == (422, "identifiers_found", ["event"])
    assert "Okafor" not in str(refused)
    words = [event[start:end] for start, end, _ in refused["spans"]["event"]]
    assert "12/03/2024" in words
    less = await posted(home.client(ana), path, **wish, not_identifying=words[:-1])
    assert less.status_code == 422
    assert (await posted(home.client(ana), path, **wish, not_identifying=words)).status_code == 201
    named = await posted(home.client(ana), path, **wish | {"product": "Lot 5 for jo@ward.example", "event": "Rash."})
    assert list(named.json()["spans"]) == ["product"]


async def test_a_report_that_is_sent_again_is_kept_once(home: House) -> None:
    await posted(home.client(mo), "/api/institutions/corp/products", products=["antivenin"])
    case, made = await reported(home)
    again = await posted(home.client(ana), f"/api/cases/{case}/adverse-events", post="p1", **ADVERSE)
    assert (again.status_code, again.json()) == (201, made)
    other = await posted(home.client(cleo), f"/api/cases/{case}/adverse-events", post="p1", **ADVERSE)
    assert other.json()["id"] != made["id"]
    assert len((await home.client(obi).get("/api/adverse-events")).json()["adverse_events"]) == 2


async def test_what_is_shown_is_in_the_audit_and_never_a_word_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case, made = await reported(home)
        wish = {"post": "p1"} | ADVERSE | {"event": "Seen on 12/03/2024.", "not_identifying": ["12/03/2024"]}
        await posted(home.client(ana), f"/api/cases/{case}/adverse-events", **wish)
        await home.client(obi).get(f"/api/cases/{case}/events")
    lines = await audit(tmp_path)
    acts = {act for act, _, _, _ in lines}
    assert {"observe_begun", "observe_ended", "adverse_event_reported"} <= acts
    assert ("observe_begun", "obi", case, "corp, agreement 1, read, after 0") in lines
    assert [detail for *_, detail in lines if detail.endswith(" event:date")]
    assert not {"Serum", "2024"} & set(str(lines).replace(".", " ").replace("/", " ").split()) and made["id"] in str(
        lines
    )
