"""Interests over HTTP: one's own, those of people in a case, and files of Open Payments."""

from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from persistence.verification import identities
from persistence.verification.identities import Identity
from persistence.verification.keys import Keys
from realtime.rooms.people import Person
from tests.builders import ana, ben, cleo, mo, obi
from tests.persistence.interests.payments import NPI, line, written
from tests.web.databases import migrated
from tests.web.house import House, house, lines
from web.api import open_payments
from web.clock import now_ms
from web.secret import vault_key

SAID: Final[dict[str, Any]] = {
    "payer": "Acme Pharma",
    "payer_kind": "drug",
    "nature": "speaker",
    "products": ["fomepizole"],
    "since": "2024-03",
    "band": "under_5000",
}
REGISTERS: Final = Path(__file__).parents[1] / "persistence" / "verification" / "registers"
CSV: Final = {"content-type": "text/csv"}


async def declare(home: House, person: Person = ana, **parts: Any) -> httpx.Response:
    return await home.client(person).post("/api/me/interests", json=SAID | parts)


async def own(home: House, person: Person = ana) -> dict[str, Any]:
    answer = await home.client(person).get("/api/me/interests")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def of(home: House, asks: Person, case: str, person: str) -> httpx.Response:
    return await home.client(asks).get(f"/api/cases/{case}/people/{person}/interests")


def bring(home: House, file: Path, person: Person = mo, **how: Any) -> Awaitable[httpx.Response]:
    content = file.read_bytes()
    return home.client(person).post("/api/moderation/open-payments", content=content, headers=CSV, **how)


async def claim(home: House, person: str, number: str = NPI) -> None:
    keys = Keys(vault_key(home.settings))
    who = Identity(family="Miller", given="Ana", country="US", register="npi", number=number)
    async with migrated(home.settings.var) as database:
        await database.write(lambda sql: identities.keep(sql, keys, person, who, now_ms()))


async def test_one_declares_changes_and_withdraws(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        first = (await declare(home)).json()
        assert (await own(home))["declared"] == [first]
        second = await declare(home, replaces=first["id"], until="2025-01")
        assert second.status_code == 201, second.text
        assert [one["until"] for one in (await own(home))["declared"]] == ["2025-01"]
        path = f"/api/me/interests/{second.json()['id']}"
        assert (await home.client(ana).delete(path)).status_code == 204
        told = await own(home)
        assert told["declared"] == []
        assert [one["act"] for one in told["history"]] == ["withdrawn", "changed", "declared"]
        assert len(told["natures"]) == 18
        again = await home.client(ana).delete(path)
        assert (again.status_code, again.json()["code"]) == (422, "invalid")
    acts = [line.act for line in await lines(tmp_path) if line.person == "ana"]
    assert acts == ["interest_declared", "interest_declared", "interest_withdrawn"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"payer": ""},
        {"payer_kind": "friend"},
        {"nature": "bribe"},
        {"since": "yesterday"},
        {"since": "2024-02-31"},
        {"band": "plenty"},
        {"products": ["x"] * 11},
        {"replaces": "nothing"},
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(tmp_path: Path, wrong: dict[str, Any]) -> None:
    async with house(tmp_path) as home:
        answer = await declare(home, **wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert (await own(home))["history"] == []


async def test_interests_are_for_clinicians_and_physicians(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        assert (await declare(home, cleo)).status_code == 201
        for person in (obi, mo):
            assert (await declare(home, person)).status_code == 403
            assert (await home.client(person).get("/api/me/interests")).status_code == 403
            assert (await home.client(person).delete("/api/me/interests/x")).status_code == 403
        assert (await home.client().get("/api/me/interests")).status_code == 401


async def test_who_works_on_a_case_is_shown_the_interests_of_those_in_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await declare(home, cleo)
        await declare(home, ben)
        case = await home.open(cleo)
        shown = await of(home, ana, case, "cleo")
        assert shown.json() == {
            "interests": [
                {
                    "payer": "Acme Pharma",
                    "nature": "speaker",
                    "since": "2024-03",
                    "source": "declared",
                    "products": ["fomepizole"],
                }
            ]
        }
        assert (await of(home, ana, case, "ben")).status_code == 404  # who is not in the case
        assert (await of(home, obi, case, "cleo")).status_code == 403
        assert (await home.client().get(f"/api/cases/{case}/people/cleo/interests")).status_code == 401
        narrow = await home.open(cleo, "key2", reach="team")
        assert (await of(home, ana, narrow, "cleo")).status_code == 404
    reads = [(line.person, line.outcome) for line in await lines(tmp_path) if line.act == "interests_read"]
    assert reads == [("ana", "ok"), ("ana", "refused"), ("ana", "refused")]


async def test_a_moderator_brings_a_file_and_is_told_what_came_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await claim(home, "ana")
        case = await home.open(ana)
        assert (await of(home, ben, case, "ana")).json() == {"interests": []}
        file = written(tmp_path / "file.csv", line(1), line(2, amount="?"), line(3, npi="1558598797"))
        done = (await bring(home, file)).json()
        assert (done["kept"], done["others"], done["bad"], done["people"]) == (1, 1, 1, ["ana"])
        assert done["wrong"] == [{"line": 3, "why": "The amount is none in US dollars."}]
        assert [one["cents"] for one in (await own(home))["imported"]] == [2_550]
        # The directory was told at once.
        (interest,) = (await of(home, ben, case, "ana")).json()["interests"]
        assert (interest["payer"], interest["source"]) == ("Acme Pharma, Inc.", "imported")
    assert [line.person for line in await lines(tmp_path) if line.act == "payments_imported"] == ["mo"]


async def test_what_a_whole_file_lacks_goes(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        await claim(home, "ana")
        await bring(home, written(tmp_path / "one.csv", line(1), line(2)))
        done = await bring(home, written(tmp_path / "two.csv", line(1)), params={"whole": "true"})
        assert done.json()["removed"] == 1
        assert (await bring(home, tmp_path / "two.csv", params={"whole": "maybe"})).status_code == 422


async def test_files_are_for_moderators_and_must_be_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = written(tmp_path / "file.csv", line(1)), REGISTERS / "fr.csv"
    async with house(tmp_path) as home:
        for person in (ana, cleo, obi):
            assert (await bring(home, file, person)).status_code == 403
        refused = await bring(home, other)
        assert refused.status_code == 422 and "no file of general payments" in refused.json()["detail"]
        assert str(tmp_path) not in refused.text and "/tmp" not in refused.text
        form = await home.client(mo).post("/api/moderation/open-payments", data={"file": "x"})
        assert form.status_code == 415
        monkeypatch.setattr(open_payments, "MOST_BYTES", 100)
        large = await bring(home, file)
        assert (large.status_code, large.json()["code"]) == (413, "too_large")
    assert {line.person for line in await lines(tmp_path) if line.act == "moderation_refused"} == {"ana", "cleo", "obi"}
