"""What one says of being reached, and whom a case would interrupt, over HTTP."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from persistence.reach import interruptions
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, audit, house
from web.clock import now_ms

NIGHT = {"begins": "22:00", "ends": "07:00"}
PROFILE: dict[str, Any] = {
    "specialties": ["cardiology", "critical_care"],
    "languages": ["en", "fr"],
    "zone": "Europe/Zurich",
    "hours": [{"day": 1, "begins": "08:00", "ends": "18:00"}],
    "quiet": NIGHT,
    "undisturbed_until": None,
    "per_hour": 2,
    "stat_through": True,
}
ALWAYS = {"begins": "00:00", "ends": "00:00"}


async def preview(home: House, person: Person = cleo, **parts: Any) -> dict[str, Any]:
    given = {"specialties": ["cardiology"], "acuity": "asap", "reach": "world"}
    answer = await home.client(person).post("/api/reach/preview", json=given | parts)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def say(home: House, person: Person, **said: Any) -> httpx.Response:
    return await home.client(person).put("/api/me/reach", json=said)


async def test_what_one_says_is_kept_and_shown(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        first = (await home.client(ana).get("/api/me/reach")).json()
        assert first == {"profile": None, "specialty": "cardiology", "most_per_hour": 4, "shifts": [], "keeps": []}
        assert (await say(home, ana, **PROFILE)).json() == first | {"profile": PROFILE}
        assert (await home.client(ana).get("/api/me/reach")).json() == first | {"profile": PROFILE}
    assert ("reach_changed", "ana", "", "") in await audit(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Base"},
        {"specialties": ["hearts"]},
        {"specialties": ["urology"] * 11},
        {"quiet": {"begins": "24:00", "ends": "07:00"}},
        {"hours": [{"day": 8, "begins": "08:00", "ends": "18:00"}]},
        {"per_hour": 0},
        {"languages": ["English, please"]},
        {"undisturbed_until": 10**18},
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async with house(tmp_path, paging="on") as home:
        await say(home, ana, **PROFILE)
        answer = await say(home, ana, **PROFILE | wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert (await home.client(ana).get("/api/me/reach")).json()["profile"] == PROFILE


@pytest.mark.parametrize("person", [mo, obi])
async def test_who_is_never_asked_says_nothing_of_it(tmp_path: Path, person: Person) -> None:
    async with house(tmp_path, paging="on") as home:
        assert (await home.client(person).get("/api/me/reach")).status_code == 403
        assert (await say(home, person)).status_code == 403


async def test_a_tap_begins_and_ends_do_not_disturb(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        await say(home, ana, **PROFILE)
        client = home.client(ana)
        for until in (now_ms() + 3_600_000, None):
            told = await client.put("/api/me/reach/undisturbed", json={"until": until})
            assert told.json()["profile"] == PROFILE | {"undisturbed_until": until}


async def test_a_preview_counts_those_who_would_be_interrupted(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        await say(home, ben, specialties=["paediatric_cardiology"])
        assert await preview(home) == {
            "rings": 2,
            "groups": {"on_call": 0, "present": 0, "others": 2},
            "passed_over": {},
        }
        assert (await preview(home, specialties=["urology"]))["rings"] == 0
        assert (await preview(home, reach="team"))["rings"] == 0


async def test_a_preview_says_for_what_others_are_passed_over(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        await say(home, ana, quiet=ALWAYS)
        await say(home, ben, specialties=["cardiology"], undisturbed_until=now_ms() + 3_600_000, stat_through=True)
        told = await preview(home)
        assert (told["rings"], told["passed_over"]) == (0, {"do_not_disturb": 1, "quiet": 1})
        told = await preview(home, acuity="stat")
        assert (told["rings"], told["passed_over"]) == (1, {"quiet": 1})


async def test_a_preview_keeps_to_the_limit_of_each(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on", pages_per_hour=1) as home:
        await say(home, ana, per_hour=60)
        async with migrated(tmp_path) as database:
            await database.write(lambda sql: interruptions.interrupted(sql, ["ana"], "p1", now_ms()))
        told = await preview(home)
        assert (told["rings"], told["passed_over"]) == (0, {"limit": 1})


async def test_a_routine_case_interrupts_nobody(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        assert (await preview(home, acuity="routine"))["rings"] == 0


async def test_who_works_at_a_page_is_present_and_one_is_not_asked_oneself(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        await home.browser(ana)
        assert (await preview(home))["groups"] == {"on_call": 0, "present": 1, "others": 0}
        assert (await preview(home, ana))["rings"] == 0


async def test_no_name_is_in_a_preview(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        answer = await home.client(cleo).post(
            "/api/reach/preview", json={"specialties": ["cardiology"], "acuity": "asap", "reach": "world"}
        )
        assert "ana" not in answer.text


async def test_a_preview_is_for_those_who_open_cases(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        wish = {"specialties": ["cardiology"], "acuity": "asap"}
        assert (await home.client(obi).post("/api/reach/preview", json=wish)).status_code == 403
        assert (await home.client().post("/api/reach/preview", json=wish)).status_code == 401
        wrong = await home.client(cleo).post("/api/reach/preview", json=wish | {"acuity": "now"})
        assert wrong.status_code == 422


async def test_previews_have_a_limit(tmp_path: Path) -> None:
    async with house(tmp_path, paging="on") as home:
        client = home.client(cleo)
        wish = {"specialties": ["cardiology"], "acuity": "routine"}
        statuses = [(await client.post("/api/reach/preview", json=wish)).status_code for _ in range(62)]
    assert statuses[:60] == [200] * 60
    assert statuses[-1] == 429
