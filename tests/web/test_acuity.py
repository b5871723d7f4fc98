from pathlib import Path
from typing import Any

from tests.builders import ana, cleo
from tests.web.house import CASE, house

OTHERWISE = """
[acuity.stat]
deadline_s = 90
[manchester]
yellow = 30
green = 90
blue = 120
"""


async def test_everybody_who_is_signed_in_is_told_what_each_acuity_does(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        told = (await home.client(ana).get("/api/acuity")).json()
        assert (await home.client().get("/api/acuity")).status_code == 401
    assert told["behaviours"]["stat"] == {"pages": True, "interrupts": True, "deadline_s": 120, "reveal_after_s": 60}
    assert told["behaviours"]["routine"] == {
        "pages": False,
        "interrupts": False,
        "deadline_s": None,
        "reveal_after_s": 0,
    }
    assert told["manchester"] == {"red": 0, "orange": 10, "yellow": 60, "green": 120, "blue": 240}


async def test_a_deployment_does_otherwise_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "acuity.toml").write_text(OTHERWISE)
    async with house(tmp_path, acuity=tmp_path / "acuity.toml") as home:
        told = (await home.client(ana).get("/api/acuity")).json()
        case = await home.open(cleo, triage={"system": "MTS", "value": "yellow"})
        shown: Any = (await home.client(ana).get(f"/api/cases/{case}")).json()["case"]
    assert told["behaviours"]["stat"]["deadline_s"] == 90
    assert told["manchester"]["blue"] == 120
    assert shown["triage"] == {"system": "MTS", "version": "MTS", "value": "yellow", "within_min": 30}


async def test_a_triage_that_does_not_fit_is_answered_with_the_one_that_does(tmp_path: Path) -> None:
    claim = {"system": "ESI", "value": 4, "resources": "many", "age": "over_8y"}
    async with house(tmp_path) as home:
        client = home.client(cleo)
        answer = await client.post("/api/cases", json=CASE | {"triage": claim}, headers={"idempotency-key": "k"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["detail"] == "These answers and vital signs give ESI 3. Send that, or mend them."
