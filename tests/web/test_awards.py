"""Awards over HTTP: budgets, what is revealed to whom, answers, exports."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from persistence.awards.budgets import set_budget
from persistence.awards.exports import export_payable
from persistence.awards.ledger import SqlAwards
from persistence.awards.recipients import Recipient
from persistence.awards.settling import Settling
from persistence.awards.terms import Terms
from persistence.database import Database
from persistence.seal import open_key
from realtime.rooms.awarding import Sealed, chain_head, commitment
from tests.awarding import no_ties
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller
from tests.web.databases import migrated
from tests.web.house import House, house
from web.clock import now_ms

TEN: dict[str, Any] = {"cents": 1_000, "currency": "USD"}


class Stage:
    """A house whose second node has the real ledger, and a room in which ben posted `p`."""

    def __init__(self, home: House, database: Database, room: str, folder: Path) -> None:
        self.home = home
        self.room = room
        self._database = database
        self._folder = folder

    async def say(self, caller: Caller, t: str, name: str, **fields: Any) -> dict[str, Any]:
        caller.send(t, id=name, room=self.room, **fields)
        return await caller.next("ack", "error", re=name)

    async def award(self, name: str = "a1", target: str = "p") -> None:
        seat = await self.home.elsewhere.seated(obi, self.room)
        assert (await self.say(seat, "award", name, target=target, **TEN))["t"] == "ack"

    async def close(self, *, outcome: bool = False) -> None:
        """Close the case, and let the worker see to its awards."""
        seat = await self.home.elsewhere.seated(cleo, self.room)
        await self.say(seat, "close", "c", disposition="Home", summary="Well.")
        if outcome:
            await self.say(seat, "outcome", "o", verdict="confirmed")
        await Settling(self._database, self.home.elsewhere.hub.node.journal, now_ms, Terms(), no_ties).step()

    async def export(self) -> int:
        key = open_key(self._folder)
        named = Recipient(family="Otieno", given="Ben", country="KE")
        return await self._database.write(lambda sql: export_payable(sql, Terms(), lambda *_: named, key, now_ms()))

    async def get(self, person: Any, path: str) -> httpx.Response:
        return await self.home.client(person).get(path.format(self.room))


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    async with house(folder) as home, migrated(folder) as database:
        await database.write(lambda sql: set_budget(sql, obi.institution, 10_000, "mo", now_ms()))
        home.elsewhere.hub.node.awards = SqlAwards(database, Terms(), no_ties)
        room = await home.open(cleo)
        stage = Stage(home, database, room, folder)
        author = await home.elsewhere.seated(ben, room)
        await stage.say(author, "post", "p", text="Adrenaline first.")
        yield stage


async def test_moderators_set_budgets_and_observers_see_their_own(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        path = f"/api/institutions/{obi.institution}/award-budget"
        for person in (ana, obi):
            assert (await home.client(person).put(path, json={"year_cents": 1})).status_code == 403
        before = (await home.client(obi).get("/api/awards")).json()
        assert (await home.client(mo).put(path, json={"year_cents": 250_000})).json() == {"year_cents": 250_000}
        wrong = await home.client(mo).put("/api/institutions/nobody/award-budget", json={"year_cents": 1})
        after = (await home.client(obi).get("/api/awards")).json()
        assert (await home.client(ana).get("/api/awards")).status_code == 403
    assert wrong.status_code == 422
    assert before["budget"] is None
    assert (after["budget"]["year_cents"], after["budget"]["spent_cents"], after["most_cents"]) == (250_000, 0, 2_500)


async def test_moderators_read_the_budget_and_the_terms_and_not_what_is_sealed(tmp_path: Path) -> None:
    path = f"/api/institutions/{obi.institution}/award-budget"
    async with staged(tmp_path) as stage:
        before = (await stage.get(mo, path)).json()
        await stage.award()
        sealed = (await stage.get(mo, path)).json()
        refused = [(await stage.get(person, path)).status_code for person in (ana, obi)]
        unknown = await stage.get(mo, "/api/institutions/nobody/award-budget")
        wrong = await stage.home.client(mo).put(path, json={"year_cents": -1})
    assert sealed == before
    assert (before["year_cents"], before["exports"]) == (10_000, [])
    assert (before["currency"], before["case_cents"], before["policy"]) == ("USD", 10_000, "ppp_with_floor")
    assert (refused, unknown.status_code, wrong.status_code) == ([403, 403], 404, 422)
    assert wrong.json()["detail"].startswith("A budget is a whole number of cents from 0 to")


async def test_until_the_close_a_case_with_an_award_looks_like_any_other(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        nothing = [(await stage.get(person, "/api/cases/{}/awards")).content for person in (ana, ben, cleo, obi)]
        await stage.award()
        given = [(await stage.get(person, "/api/cases/{}/awards")).content for person in (ana, ben, cleo, obi)]
        mine = (await stage.get(obi, "/api/awards")).json()
        assert (await stage.get(ben, "/api/me/awards")).json()["awards"] == []
    assert given == nothing
    assert [(one["state"], one["target"]) for one in mine["awards"]] == [("sealed", "p")]
    assert mine["budget"]["spent_cents"] == 1_000


async def test_after_it_all_see_commitments_and_two_see_what_they_commit_to(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.award()
        await stage.close()
        seen = {
            person.id: (await stage.get(person, "/api/cases/{}/awards")).json() for person in (ana, ben, cleo, mo, obi)
        }
        outside = await stage.get(ana, "/api/cases/nothing/awards")
        room = stage.room
    assert outside.status_code == 404
    (committed,) = seen["ana"]["commitments"]
    for one in seen.values():
        assert (one["revealed"], one["commitments"]) == (True, [committed])
        assert one["head"] == chain_head([bytes.fromhex(committed)]).hex()
    assert [len(seen[person]["awards"]) for person in ("ana", "cleo", "mo", "ben", "obi")] == [0, 0, 0, 1, 1]
    (own,) = seen["ben"]["awards"]
    sealed = Sealed(
        nonce=bytes.fromhex(own["nonce"]),
        case=room,
        post=own["target"],
        cents=own["cents"],
        currency="USD",
        payer="corp",
    )
    assert commitment(sealed).hex() == committed


async def test_an_author_asks_who_pays_takes_it_by_name_and_it_is_exported(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.award()
        await stage.close(outcome=True)
        own, path = stage.home.client(ben), f"/api/me/awards/{stage.room}/1"
        assert (await own.put("/api/me/awards/choice", json={"way": "identified", "form": "cme"})).status_code == 204
        early = await own.put(path, json={"answer": "accept", "way": "identified", "payer": "corp"})
        assert (await own.post(f"{path}/payer")).json() == {"payer": "corp"}
        late = await own.put(path, json={"answer": "accept", "way": "identified", "form": "cme", "payer": "corp"})
        page = (await own.get("/api/me/awards")).json()
        others = [await stage.home.client(ana).put(path, json={"answer": "decline"})]
        others += [
            await stage.home.client(ben).put(f"/api/me/awards/{stage.room}/{n}", json={"answer": "decline"})
            for n in ("2", "x")
        ]
        observer = await stage.home.client(obi).get("/api/me/awards")
        assert await stage.export() == 1
        document = await stage.get(obi, "/api/awards/exports/1")
        csv = await stage.get(obi, "/api/awards/open-payments?year=2026")
        paid = await stage.get(mo, f"/api/institutions/{obi.institution}/award-exports/1")
        nothing = [
            await stage.get(obi, "/api/awards/exports/2"),
            await stage.get(obi, "/api/awards/exports/x"),
            await stage.get(mo, f"/api/institutions/{obi.institution}/award-exports/2"),
        ]
        refused = await stage.get(ben, f"/api/institutions/{obi.institution}/award-exports/1")
    assert (early.status_code, late.status_code) == (409, 204)
    assert page["choice"] == {"way": "identified", "form": "cme"}
    assert [(one["state"], one["payer"], one["form"]) for one in page["awards"]] == [("payable", "corp", "cme")]
    assert [one.status_code for one in others] == [409, 409, 404]
    assert (observer.status_code, refused.status_code) == (403, 403)
    assert document.json()["awards"][0]["recipient"]["family"] == "Otieno"
    assert len(document.headers["curbside-signature"]) == 128
    assert csv.headers["content-type"].startswith("text/csv") and csv.text.count("\r\n") == 1  # no NPI
    assert [one["person"] for one in paid.json()["payees"]] == ["ben"]
    assert [one.status_code for one in nothing] == [404] * 3


@pytest.mark.parametrize("body", [{"answer": "perhaps"}, {"answer": "accept", "way": "half"}, {}])
async def test_an_answer_that_is_none_is_refused(tmp_path: Path, body: dict[str, Any]) -> None:
    async with staged(tmp_path) as stage:
        await stage.award()
        await stage.close()
        answer = await stage.home.client(ben).put(f"/api/me/awards/{stage.room}/1", json=body)
    assert answer.status_code == 422
