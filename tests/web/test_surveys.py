"""Surveys over HTTP: who opens one, whom it asks, and what is told of the answers."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from persistence import people
from persistence.surveys import answering, book
from persistence.surveys.read import answered
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, house
from web.clock import now_ms

DAY_MS = 86_400_000
COLLEAGUES = [
    msgspec.structs.replace(ana, id=f"colleague{n}", handle=f"colleague_{n}", specialty="cardiology") for n in range(22)
]


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as running, migrated(tmp_path) as database:
        await database.write(lambda sql: people.add_many(sql, COLLEAGUES, now_ms()))
        yield running


def wish(**parts: Any) -> dict[str, Any]:
    return {
        "title": "Antivenom at hand",
        "questions": [
            {"question": "Do you stock antivenom?", "options": ["Yes", "No"]},
            {"question": "What else?", "options": ["Adrenaline", "Ventilator", "Neither"], "multiple": True},
        ],
        "specialties": ["cardiology"],
        "opens_at": now_ms() - 1_000,
        "closes_at": now_ms() + DAY_MS,
    } | parts


async def opened(home: House, person: Person = mo, **parts: Any) -> str:
    made = await home.client(person).post("/api/surveys", json=wish(**parts))
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def offered(home: House, person: Person) -> list[dict[str, Any]]:
    return list((await home.client(person).get("/api/surveys/offered")).json()["surveys"])


async def answer(home: House, person: Person, survey: str, *answers: list[int]) -> httpx.Response:
    return await home.client(person).post(f"/api/surveys/{survey}/answer", json={"answers": answers})


async def test_a_survey_asks_physicians_who_fit_and_nobody_else(home: House) -> None:
    survey = await opened(home, countries=["CH"])
    (asked,) = await offered(home, ana)
    assert (asked["id"], asked["title"], asked["answers"]) == (survey, "Antivenom at hand", None)
    assert await offered(home, ben) == []
    for person in (cleo, obi):
        assert (await home.client(person).get("/api/surveys/offered")).status_code == 403
        assert (await answer(home, person, survey, [0], [0])).status_code == 403
    refused = await answer(home, ben, survey, [0], [0])
    assert (refused.status_code, "other specialties" in refused.json()["detail"]) == (422, True)


async def test_an_answer_may_be_changed_and_taken_back_until_the_end(home: House) -> None:
    survey = await opened(home)
    assert (await answer(home, ana, survey, [0], [0, 1])).status_code == 204
    assert (await answer(home, ana, survey, [1], [2])).status_code == 204
    assert (await offered(home, ana))[0]["answers"] == [[1], [2]]
    declined = await home.client(ana).post(f"/api/surveys/{survey}/decline")
    assert declined.status_code == 204 and await offered(home, ana) == []
    assert (await home.client(mo).post(f"/api/surveys/{survey}/end")).status_code == 200
    assert (await answer(home, ana, survey, [0], [0])).status_code == 422


@pytest.mark.parametrize("late", ["answer", "decline"])
async def test_what_was_on_its_way_when_it_ended_changes_nothing(home: House, tmp_path: Path, late: str) -> None:
    id = await opened(home)
    assert (await answer(home, ana, id, [0], [0, 1])).status_code == 204
    async with migrated(tmp_path) as database:
        survey = await database.read(lambda sql: book.found(sql, id))
        assert survey is not None
        assert (await home.client(mo).post(f"/api/surveys/{id}/end")).status_code == 200
        given = await database.read(lambda sql: answered(sql, id))
        write = {
            "answer": partial(answering.answer, survey=survey, person=ana, answers=[[1], [2]], now_ms=now_ms()),
            "decline": partial(answering.decline, survey=survey, person=ana, now_ms=now_ms()),
        }[late]
        with pytest.raises(ValueError, match="not open"):
            await database.write(write)
        assert await database.read(lambda sql: answered(sql, id)) == given != []


@pytest.mark.parametrize("answers", [([0],), ([0, 1], [0]), ([2], [0]), ([0], [1, 1]), ([0], [0], [0])])
async def test_what_is_no_answer_is_refused_in_one_sentence(home: House, answers: tuple[list[int], ...]) -> None:
    refused = await answer(home, ana, await opened(home), *answers)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert (await offered(home, ana))[0]["answers"] is None


@pytest.mark.parametrize(
    "parts",
    [
        {"closes_at": now_ms() - 1},
        {"closes_at": now_ms() + 400 * DAY_MS},
        {"specialties": ["sorcery"]},
        {"questions": [{"question": "?", "options": ["Yes", "yes "]}]},
        {"questions": [{"question": " ", "options": ["Yes", "No"]}]},
        {"quotas": {"cardiology": 3}},
    ],
)
async def test_a_survey_that_cannot_be_is_refused(home: House, parts: dict[str, Any]) -> None:
    assert (await home.client(mo).post("/api/surveys", json=wish(**parts))).status_code == 422
    assert (await home.client(mo).get("/api/surveys")).json() == {"surveys": []}


async def test_an_institution_asks_once_a_moderator_has_approved_it(home: House) -> None:
    survey = await opened(home, obi)
    assert await offered(home, ana) == []
    for person in (obi, ana):
        assert (await home.client(person).post(f"/api/surveys/{survey}/approve")).status_code == 403
    assert (await home.client(mo).post(f"/api/surveys/{survey}/approve")).status_code == 200
    assert (await offered(home, ana))[0]["by"] == obi.institution
    assert [one["id"] for one in (await home.client(obi).get("/api/surveys")).json()["surveys"]] == [survey]
    foreign = await opened(home)
    assert (await home.client(obi).post(f"/api/surveys/{foreign}/end")).status_code == 404
    assert (await home.client(obi).get(f"/api/surveys/{foreign}/results")).status_code == 404
    assert (await home.client(ana).post("/api/surveys", json=wish())).status_code == 403


async def test_as_many_of_a_group_are_asked_as_are_wanted(home: House) -> None:
    survey = await opened(home, quotas={"cardiology": 11})
    for person in COLLEAGUES[:11]:
        assert (await answer(home, person, survey, [0], [0])).status_code == 204
    assert await offered(home, ana) == []
    assert (await answer(home, ana, survey, [0], [0])).status_code == 422
    assert (await answer(home, COLLEAGUES[0], survey, [1], [0])).status_code == 204


async def test_results_are_told_to_who_answered_and_to_who_asked_once_it_is_over(home: House) -> None:
    survey = await opened(home, obi)
    await home.client(mo).post(f"/api/surveys/{survey}/approve")
    path = f"/api/surveys/{survey}/results"
    for person in COLLEAGUES[:10]:
        await answer(home, person, survey, [0], [0, 1])
    assert (await home.client(ana).get(path)).status_code == 403
    assert (await home.client(COLLEAGUES[0]).get(path)).json() == {"groups": [], "all": None}
    for person in COLLEAGUES[10:]:
        await answer(home, person, survey, [1 if person.id.endswith(("1", "3", "5")) else 0], [0, 1])
    told = (await home.client(COLLEAGUES[0]).get(path)).json()
    assert told["groups"] == [] and told["all"] is None  # five chose the second option
    for person in COLLEAGUES:
        await answer(home, person, survey, [int(person.id[-1]) % 2], [0, 1])
    told = (await home.client(COLLEAGUES[0]).get(path)).json()
    assert told["all"] == {"group": "", "people": 22, "counts": [[11, 11], [22, 22, 0]]}
    for asker in (obi, mo):
        assert (await home.client(asker).get(path)).status_code == 409
    assert (await home.client(obi).post(f"/api/surveys/{survey}/end")).status_code == 200
    over = (await home.client(obi).get(path)).json()
    assert [one["group"] for one in over["groups"]] == ["cardiology"]
    table = await home.client(obi).get(f"{path}.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert "cardiology,22,Do you stock antivenom?,Yes,11" in table.text


async def test_nobody_who_is_not_signed_in_learns_of_surveys(home: House) -> None:
    survey = await opened(home)
    for path in ("", "/offered", f"/{survey}/results", f"/{survey}/results.csv"):
        assert (await home.client().get(f"/api/surveys{path}")).status_code == 401


async def test_who_asks_is_told_how_many_have_answered_from_eleven_on(home: House) -> None:
    survey = await opened(home)

    async def told() -> Any:
        (one,) = (await home.client(mo).get("/api/surveys")).json()["surveys"]
        assert (one["id"], one["wish"]["title"]) == (survey, "Antivenom at hand")
        return one["participation"]

    for person in COLLEAGUES[:10]:
        await answer(home, person, survey, [0], [0])
    assert await told() is None
    for person in COLLEAGUES[10:13]:
        await answer(home, person, survey, [0], [0])
    assert await told() == {"people": 11, "exact": False}
    await home.client(COLLEAGUES[0]).post(f"/api/surveys/{survey}/decline")
    await home.client(mo).post(f"/api/surveys/{survey}/end")
    assert await told() == {"people": 12, "exact": True}
