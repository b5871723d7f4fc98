from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.builders import PEOPLE, ana, ben, cleo, mo, obi
from tests.web.house import CASE, ORIGIN, House, house, lines

CANARY = "Zebrawood Q. Patientname"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running:
        yield running


async def opening(client: httpx.AsyncClient, key: str | None = "key1", **parts: Any) -> httpx.Response:
    headers = {"idempotency-key": key} if key is not None else {}
    return await client.post("/api/cases", json=CASE | parts, headers=headers)


async def test_a_case_is_opened_once_per_key(home: House) -> None:
    first = await opening(home.client(cleo))
    again = await opening(home.client(cleo))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["location"] == f"/api/cases/{first.json()['id']}"
    assert (await opening(home.client(cleo), "key2")).json() != first.json()
    assert (await opening(home.client(ana))).json() != first.json()


async def test_a_key_is_for_one_content(home: House) -> None:
    await opening(home.client(cleo))
    other = await opening(home.client(cleo), title="Another title")
    assert other.status_code == 409
    assert other.json()["code"] == "conflict"


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 37, "key.1", "é"])
async def test_a_case_needs_a_key_that_is_an_id(home: House, key: str | None) -> None:
    headers = {b"idempotency-key": key.encode()} if key is not None else {}
    answer = await home.client(cleo).post("/api/cases", json=CASE, headers=headers)
    assert answer.status_code == 422
    assert "`Idempotency-Key`" in answer.json()["detail"]


async def test_who_may_open_cases(home: House) -> None:
    for person in (cleo, ana, mo):
        assert (await opening(home.client(person))).status_code == 201
    assert (await opening(home.client(obi))).status_code == 403
    assert (await opening(home.client())).status_code == 401


async def test_a_browser_opens_cases_from_our_own_pages_only(home: House) -> None:
    client = await home.browser(cleo)
    assert (await opening(client)).status_code == 403
    client.headers["origin"] = ORIGIN
    assert (await opening(client)).status_code == 201


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ({"title": " "}, 422, "invalid"),
        ({"situation": 5}, 422, "invalid"),
        ({"acuity": "soon"}, 422, "invalid"),
        ({"specialties": []}, 422, "invalid"),
        ({"specialties": "cardiology"}, 422, "invalid"),
        ({"observers": {"mode": "delayed", "delay_s": -1}}, 422, "invalid"),
        ({"age_band": "90-95"}, 422, "invalid"),
        ({"request": "a\u0000b"}, 422, "invalid"),
        ({"linked_to": "nosuchcase"}, 404, "not_found"),
        ({"background": "x" * 65_536}, 413, "too_large"),
        ({"background": "x" * 131_072}, 413, "too_large"),
    ],
)
async def test_a_case_that_is_not_valid_is_refused(home: House, parts: dict[str, Any], status: int, code: str) -> None:
    answer = await opening(home.client(cleo), **parts)
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code
    assert (await home.client(mo).get("/api/cases")).json()["cases"] == []


async def test_a_case_is_posted_as_json_only(home: House) -> None:
    headers = {"idempotency-key": "key1", "content-type": "text/plain"}
    answer = await home.client(cleo).post("/api/cases", content=b"{}", headers=headers)
    assert answer.status_code == 415


async def test_what_only_the_server_sets_is_ignored(home: House) -> None:
    forged: dict[str, Any] = {
        "id": "mine",
        "presenter": "ana",
        "status": "closed",
        "opened_at": 1,
        "institution": "x",
        "seq": 9,
    }
    case = await home.open(cleo, **forged)
    found = (await home.client(cleo).get(f"/api/cases/{case}")).json()["case"]
    assert found["presenter"] == "cleo"
    assert found["status"] == "open" and "institution" not in found
    assert found["opened_at"] > 1


async def test_a_case_is_read_with_its_state_and_position(home: House) -> None:
    case = await home.open(cleo)
    for person in (cleo, ana, mo):
        found = (await home.client(person).get(f"/api/cases/{case}")).json()
        assert found["case"]["title"] == CASE["title"]
        assert found["state"]["status"] == "open"
        assert found["seq"] == 1
        assert len(found["check"]) == 16


async def test_an_observer_reads_a_copy_without_names(home: House) -> None:
    case = await home.open(cleo, title=CANARY)
    client = home.client(obi)
    for path in (f"/api/cases/{case}", f"/api/cases/{case}/events", "/api/cases"):
        answer = await client.get(path)
        assert answer.status_code == 200
        for hidden in (CANARY, "cleo", cleo.institution, cleo.network):
            assert hidden not in answer.text, (path, hidden)


async def test_an_observer_hears_of_a_delayed_case_when_its_delay_is_over(home: House) -> None:
    case = await home.open(cleo, observers={"mode": "delayed", "delay_s": 60})
    due = await home.open(cleo, "key2", observers={"mode": "delayed", "delay_s": 0})
    client = home.client(obi)
    assert (await client.get(f"/api/cases/{case}")).status_code == 404
    assert [line["id"] for line in (await client.get("/api/cases")).json()["cases"]] == [due]


async def test_events_are_read_page_by_page(home: House) -> None:
    case = await home.open(cleo)
    seat = await home.elsewhere.seated(ana, case)
    for number in range(5):
        seat.send("post", id=f"p{number}", room=case, text=f"number {number}")
        await seat.next("ack")
    client = home.client(cleo)
    first = (await client.get(f"/api/cases/{case}/events?limit=4")).json()
    rest = (await client.get(f"/api/cases/{case}/events?after=4")).json()
    assert [event["seq"] for event in first["events"]] == [1, 2, 3, 4]
    assert [event["body"]["text"] for event in rest["events"]] == ["number 3", "number 4"]
    assert (first["seq"], first["check"]) == (6, rest["events"][-1]["check"])
    assert (await client.get(f"/api/cases/{case}/events?after=99")).json()["events"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "after=-1", "after=1.5", "after=" + "9" * 30])
async def test_a_strange_page_is_refused(home: House, query: str) -> None:
    case = await home.open(cleo)
    assert (await home.client(cleo).get(f"/api/cases/{case}/events?{query}")).status_code == 422


async def test_whoever_may_not_enter_finds_nothing(home: House) -> None:
    private = await home.open(ana, reach="team", observers="off")
    for room in (private, "nosuchcase", "no such case", "x" * 200, "..%2f..%2fetc"):
        for person in (ben, cleo, obi):
            for path in (f"/api/cases/{room}", f"/api/cases/{room}/events", f"/api/archive/{room}"):
                answer = await home.client(person).get(path)
                assert answer.status_code == 404, (person.id, path)
                assert answer.json()["code"] == "not_found"


async def test_who_is_removed_finds_nothing_any_more(home: House) -> None:
    case = await home.open(cleo)
    assert (await home.client(ben).get(f"/api/cases/{case}")).status_code == 200
    seat = await home.elsewhere.seated(cleo, case)
    seat.send("remove", id="r1", room=case, person="ben")
    await seat.next("ack")
    assert (await home.client(ben).get(f"/api/cases/{case}/events")).status_code == 404


async def test_nothing_is_read_without_signing_in(home: House) -> None:
    case = await home.open(cleo)
    for path in ("/api/cases", f"/api/cases/{case}", f"/api/cases/{case}/events", "/api/archive", "/api/archive/x"):
        assert (await home.client().get(path)).status_code == 401


async def test_the_list_has_what_one_may_enter_newest_first(home: House) -> None:
    first = await home.open(cleo, "key1")
    second = await home.open(ana, "key2", reach="team")
    listed = {}
    for person in PEOPLE.values():
        cases = (await home.client(person).get("/api/cases")).json()["cases"]
        listed[person.id] = [line["id"] for line in cases]
    assert listed == {
        "ana": [second, first],
        "ben": [first],
        "cleo": [first],
        "mo": [second, first],
        "obi": [second, first],
    }
    assert (await home.client(ana).get("/api/cases?status=closed")).json() == {"cases": [], "next": None}
    assert (await home.client(ana).get("/api/cases?status=ajar")).status_code == 422


async def test_the_list_is_read_page_by_page(home: House) -> None:
    opened = [await home.open(cleo, f"key{number}") for number in range(5)]
    client = home.client(ana)
    pages = [(await client.get("/api/cases?limit=2")).json()]
    while pages[-1]["next"]:
        pages.append((await client.get(f"/api/cases?limit=2&after={pages[-1]['next']}")).json())
    assert [len(page["cases"]) for page in pages] == [2, 2, 1]
    assert sorted(line["id"] for page in pages for line in page["cases"]) == sorted(opened)
    assert (await client.get("/api/cases?after=no such")).status_code == 404


async def test_a_line_says_what_its_reader_may_know(home: House) -> None:
    await home.open(cleo, age_band="30-39")
    line = (await home.client(ben).get("/api/cases")).json()["cases"][0]
    assert line["title"] == CASE["title"]
    assert (line["waiting"], line["help"], line["help_at"]) == (True, "nobody", line["opened_at"])
    seen = (await home.client(obi).get("/api/cases")).json()["cases"][0]
    assert seen["title"] == "Cardiology, urgent, 30-39"
    assert seen.keys().isdisjoint({"waiting", "help", "help_at"})


async def test_every_read_and_every_refusal_is_one_audit_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo, reach="team", situation=CANARY)
        await home.client(cleo).get(f"/api/cases/{case}")
        await home.client(mo).post(f"/api/cases/{case}/entry", json={"reason": "A complaint."})
        await home.client(mo).get(f"/api/cases/{case}/events?after=0")
        await home.client(ben).get(f"/api/cases/{case}")
        await home.client(ben).get(f"/api/archive/{case}")
        await opening(home.client(obi))
        await opening(home.client(cleo), request=CANARY)
    found = await lines(tmp_path)
    assert [(line.act, line.person, line.room, line.detail, line.outcome) for line in found] == [
        ("case_opened", "cleo", case, "", "ok"),
        ("case_read", "cleo", case, "", "ok"),
        ("case_entered", "mo", case, "", "ok"),
        ("history_read", "mo", case, "after 0", "ok"),
        ("case_read", "ben", case, "", "refused"),
        ("archive_read", "ben", case, "", "refused"),
        ("open_refused", "obi", "", "", "refused"),
        ("conflict", "cleo", "", "key1", "refused"),
    ]
    assert {line.address for line in found} == {"192.0.2.1"}
    assert CANARY not in repr(found)


async def test_no_page_names_a_delayed_case_to_an_observer_before_its_time(home: House) -> None:
    seen = await home.open(cleo, observers="live")
    hidden = await home.open(cleo, "key2", observers={"mode": "delayed", "delay_s": 60})
    answer = await home.client(obi).get("/api/cases?limit=1")
    assert [line["id"] for line in answer.json()["cases"]] == [seen]
    assert hidden not in answer.text


async def test_nobody_opens_cases_without_end(home: House) -> None:
    answers = [await home.client(cleo).post("/api/cases", json=CASE, headers=_key(n)) for n in range(61)]
    assert [answer.status_code for answer in answers] == [201] * 60 + [429]
    assert answers[-1].json()["code"] == "rate_limited"
    assert int(answers[-1].headers["retry-after"]) > 0


def _key(number: int) -> dict[str, str]:
    return {"Idempotency-Key": f"key-{number}"}


async def test_what_may_tell_who_the_patient_is_is_named_by_field_and_confirmed(home: House) -> None:
    texts = {"title": "Fever since Tuesday", "request": "Call Mr Hansen?"}
    refused = await opening(home.client(cleo), **texts)
    assert (refused.status_code, refused.json()["code"]) == (422, "identifiers_found")
    assert refused.json()["spans"] == {"title": [[12, 19, "date"]], "request": [[5, 14, "name"]]}
    assert "Hansen" not in refused.text
    answer = await opening(home.client(cleo), **texts, not_identifying=["Mr Hansen", [12, 19, "date"]])
    assert answer.status_code == 201
    events = (await home.client(cleo).get(f"/api/cases/{answer.json()['id']}/events")).json()["events"]
    assert events[0]["body"]["not_identifying"] == [[12, 19, "date", "title"], [5, 14, "name", "request"]]
