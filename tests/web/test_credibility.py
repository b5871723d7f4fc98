"""How far somebody's word may be relied on, over HTTP: who is told what."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from persistence.credibility.tables import Credibility, ScoredItem
from realtime.rooms.events import canonical
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.web.databases import migrated
from tests.web.house import House, audit, house

GIVEN = canonical([(0.75, True), (0.1, False)])


def keep(session: Session, person: str, n: int, kind: str = "opinion") -> None:
    for at in range(n):
        row: dict[str, Any] = {
            "room": f"room{at}",
            "event": f"{person}-{kind}.{at}",
            "outcome": "z",
            "loss": 100,
            "forecasts": GIVEN,
        }
        session.add(ScoredItem(**row, person=person, specialty="cardiology", kind=kind, at=at, score=900))
    session.add(Credibility(person=person, specialty="cardiology", kind=kind, n=n, sum=n * 900, squares=n * 810_000))


async def records(folder: Path) -> None:
    """Ben has ten opinions and three stances scored, cleo nine opinions."""
    async with migrated(folder) as database:

        def write(session: Session) -> None:
            keep(session, ben.id, 10)
            keep(session, ben.id, 3, "stance")
            keep(session, cleo.id, 9)

        await database.write(write)


async def asked(home: House, person: Person, path: str) -> Any:
    return await home.client(person).get(path)


async def test_one_sees_all_of_ones_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await records(tmp_path)
        told = (await asked(home, ben, "/api/me/credibility")).json()
        opinion, stance = told["standings"]
        assert (opinion["n"], opinion["mean"], stance["n"], told["merit"]) == (10, 0.9, 3, False)
        assert (opinion["alpha"], opinion["beta"], opinion["shrunk"]) == (6.0, 4.0, 0.75)
        assert opinion["bins"] == [
            {"low": 0.1, "n": 10, "mean": 0.1, "hits": 0},
            {"low": 0.7, "n": 10, "mean": 0.75, "hits": 10},
        ]
        assert stance["bins"] == []


async def test_every_figure_leads_to_its_events_a_page_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.credibility.PAGE", 8)
    async with house(tmp_path) as home:
        await records(tmp_path)
        found: list[Any] = []
        before = ""
        while True:
            page = (await asked(home, ben, f"/api/me/credibility/items{before}")).json()
            found += page["items"]
            if page["next"] is None:
                break
            before = f"?before={page['next']}"
        assert len(found) == len({item["event"] for item in found}) == 13
        assert found[0] | {"forecasts": None} == {
            "room": "room9",
            "event": f"{ben.id}-opinion.9",
            "outcome": "z",
            "specialty": "cardiology",
            "kind": "opinion",
            "at": 9,
            "score": 900,
            "loss": 100,
            "forecasts": None,
        }
        assert found[0]["forecasts"] == [[0.75, True], [0.1, False]]


async def test_colleagues_are_told_a_word_of_what_is_ten_or_more(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await records(tmp_path)
        told = (await asked(home, ana, f"/api/credibility/{ben.id}")).json()
        assert told == {
            "handle": ben.handle,
            "standings": [{"specialty": "cardiology", "kind": "opinion", "n": 10, "place": "above"}],
            "independent_peers": 0,
        }
        for person in (cleo, ana):
            nothing = (await asked(home, mo, f"/api/credibility/{person.id}")).json()
            assert nothing == {"handle": person.handle, "standings": [], "independent_peers": None}


async def test_moderators_see_all_and_leave_a_line(tmp_path: Path) -> None:
    path = f"/api/moderation/people/{cleo.id}/credibility"
    async with house(tmp_path) as home:
        await records(tmp_path)
        assert (await asked(home, mo, path)).json()["standings"][0]["n"] == 9
        assert len((await asked(home, mo, f"{path}/items")).json()["items"]) == 9
        assert (await asked(home, ana, path)).status_code == 403
        assert (await asked(home, mo, "/api/moderation/people/nobody/credibility")).status_code == 404
    acts = [(act, person) for act, person, _, _ in await audit(tmp_path) if act == "credibility_read"]
    assert acts == [("credibility_read", mo.id)] * 2 + [("credibility_read", ana.id)] + [("credibility_read", mo.id)]


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        (None, "/api/me/credibility", 401),
        (None, "/api/credibility/ben", 401),
        (obi, "/api/me/credibility", 403),
        (mo, "/api/me/credibility/items", 403),
        (obi, "/api/credibility/ben", 403),
        (cleo, "/api/credibility/ben", 403),
        (ana, "/api/credibility/nobody", 404),
        (ana, f"/api/credibility/{obi.id}", 404),
        (ben, "/api/me/credibility/items?before=yesterday", 422),
    ],
)
async def test_others_are_refused(tmp_path: Path, person: Person | None, path: str, status: int) -> None:
    async with house(tmp_path) as home:
        assert (await home.client(person).get(path)).status_code == status
