"""What a presenter owes, over HTTP."""

from pathlib import Path
from typing import Any

from realtime.rooms.follow_up import QUESTIONS
from realtime.rooms.people import Person
from tests.builders import ben, cleo
from tests.web.house import House, house


async def test_a_closed_case_is_owed_by_its_presenter_until_all_is_answered(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        case = await home.open(cleo)
        seat = await home.elsewhere.seated(cleo, case)
        assert await owed(home, cleo) == []
        seat.send("close", id="c1", room=case, disposition="transfer", summary="Flown out.")
        await seat.next("ack", re="c1")
        (line,) = await owed(home, cleo)
        assert (line["id"], line["status"], line["owed"]) == (case, "closed", list(QUESTIONS))
        assert await owed(home, ben) == []
        answers = dict.fromkeys(QUESTIONS, "unknown")
        seat.send("outcome", id="o1", room=case, verdict="unknown", **answers | {"harm": None})
        await seat.next("ack", re="o1")
        assert [line["owed"] for line in await owed(home, cleo)] == [["harm"]]
        seat.send("outcome", id="o2", room=case, verdict="unknown", **answers)
        await seat.next("ack", re="o2")
        assert await owed(home, cleo) == []


async def test_nobody_learns_what_is_owed_without_signing_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        assert (await home.client().get("/api/outcomes/owed")).status_code == 401


async def owed(home: House, person: Person) -> list[dict[str, Any]]:
    return list((await home.client(person).get("/api/outcomes/owed")).json()["cases"])
