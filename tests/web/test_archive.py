import asyncio
from pathlib import Path
from typing import Any

import httpx

from tests.builders import ana, ben, cleo, mo, obi
from tests.web.house import House, audit, house


async def closed(home: House, **parts: Any) -> str:
    """A case with a post, closed on another node."""
    case = await home.open(cleo, **parts)
    seat = await home.elsewhere.seated(cleo, case)
    seat.send("post", id="p1", room=case, text="Two vials.")
    seat.send("close", id="c1", room=case, disposition="transfer", summary="Flown out.")
    await seat.next("ack", re="c1")
    return case


async def sealed(client: httpx.AsyncClient, case: str, seals: int = 1) -> dict[str, Any]:
    """The archived case, once it has that many seals."""
    for _ in range(500):
        answer = await client.get(f"/api/archive/{case}")
        if answer.status_code == 200 and len(answer.json()["seals"]) >= seals:
            return dict(answer.json())
        await asyncio.sleep(0.02)
    raise AssertionError(answer.text)


async def test_a_closed_case_is_in_the_archive_for_all_who_may_enter(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await closed(home)
        found = await sealed(home.client(ana), case)
        assert [event["kind"] for event in found["events"]] == ["opened", "post", "closed", "sealed"]
        assert found["events"][-1]["check"] == found["check"]
        assert (found["seals"][0]["upto"], len(found["seals"][0]["root"])) == (3, 64)
        assert found["state"]["status"] == "closed"
        for person in (ana, ben, cleo, mo, obi):
            page = (await home.client(person).get("/api/archive")).json()
            assert [line["id"] for line in page["cases"]] == [case]
            assert page["cases"][0]["events"] == 3
            assert page["next"] is None
        assert (await home.client(ana).get("/api/cases?status=closed")).json()["cases"][0]["id"] == case
        assert (await home.client(ana).get("/api/cases?status=open")).json()["cases"] == []


async def test_an_outcome_after_the_close_gets_a_seal_of_its_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await closed(home, observers={"mode": "delayed", "delay_s": 3_600})
        await sealed(home.client(ana), case)
        seat = await home.elsewhere.seated(cleo, case)
        seat.send("outcome", id="o1", room=case, verdict="confirmed", advice_used=True, supports=["p1"])
        ack = await seat.next("ack", re="o1")
        found = await sealed(home.client(ana), case, seals=2)
        assert [seal["upto"] for seal in found["seals"]] == [3, ack["seq"]]
        assert [event["kind"] for event in found["events"]][3:] == ["sealed", "outcome", "sealed"]
        assert found["events"][4]["body"]["supports"] == ["p1"]
        assert found["state"]["outcome"] == "confirmed"
        assert (await home.client(obi).get(f"/api/archive/{case}")).status_code == 404


async def test_what_waits_for_a_worker_is_a_metric(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        shown = (await home.client().get("/metrics")).text
    for name in ("worker_backlog", "worker_lag_seconds", "worker_set_aside", "archive_unwritable"):
        assert f"\ncurbside_{name} 0.0\n" in shown


async def test_an_open_case_is_not_in_the_archive(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        assert (await home.client(cleo).get(f"/api/archive/{case}")).status_code == 404
        assert (await home.client(cleo).get("/api/archive")).json() == {"cases": [], "next": None}


async def test_the_archive_keeps_what_observers_may_not_see_from_them(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await closed(home, title="A telling title")
        await sealed(home.client(ana), case)
        for path in ("/api/archive", f"/api/archive/{case}"):
            text = (await home.client(obi).get(path)).text
            for hidden in ("A telling title", '"cleo"', cleo.institution):
                assert hidden not in text


async def test_observers_with_a_delay_hear_of_the_end_when_it_is_over(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await closed(home, observers={"mode": "delayed", "delay_s": 3_600})
        await sealed(home.client(ana), case)
        assert (await home.client(obi).get("/api/archive")).json()["cases"] == []
        assert (await home.client(obi).get(f"/api/archive/{case}")).status_code == 404


async def test_a_case_of_many_events_is_complete(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        seat = await home.elsewhere.seated(cleo, case)
        for number in range(1, 1_101):
            seat.send("post", id=f"p{number}", room=case, text=f"number {number}")
            if number % 100 == 0:
                await seat.next("ack", re=f"p{number}")
        seat.send("close", id="c1", room=case, disposition="transfer", summary="Flown out.")
        await seat.next("ack", re="c1")
        found = await sealed(home.client(ana), case)
        assert [event["seq"] for event in found["events"]] == list(range(1, 1_104))


async def test_reading_the_archive_leaves_a_line(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await closed(home)
        await sealed(home.client(ana), case)
    assert ("archive_read", "ana", case, "") in await audit(tmp_path)
