"""Tokens of programs: shown once, kept as digests, for what they were made for, and ended at once."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from persistence.signin import tables
from tests.builders import ana, ben, mo, obi
from tests.web.databases import migrated
from tests.web.house import CASE, House, house
from tests.web.signin.people import at_browser


async def made(home: House, person: Any = ana, *scopes: str, name: str = "relay", **more: Any) -> Any:
    """The answer to a new token."""
    return await (await at_browser(home, person)).post("/api/tokens", name=name, scopes=list(scopes), **more)


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def test_a_token_is_shown_once_and_does_what_it_is_for(home: House) -> None:
    browser = await at_browser(home, ana)
    answer = await browser.post("/api/tokens", name="relay", scopes=["read", "write"], days=30)
    assert answer.status_code == 201
    program = home.client()
    program.headers.update(bearing(answer.json()["token"]))
    assert (await program.get("/api/sessions/current")).json()["person"] == "ana"
    assert (await program.post("/api/cases", json=CASE, headers={"idempotency-key": "k1"})).status_code == 201
    listed = (await browser.get("/api/tokens"))["tokens"]
    assert listed == [{key: value for key, value in answer.json().items() if key != "token"}]


async def test_what_is_kept_of_a_token_does_not_sign_in(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        token = (await made(home, ana, "read")).json()["token"]
    async with migrated(tmp_path) as database:
        rows = await database.read(
            lambda sql: sql.exec(select(tables.Session).where(tables.Session.way == "token")).all()
        )
    assert len(rows) == 1
    assert token.encode() not in repr(rows[0].model_dump()).encode() and rows[0].digest is not None
    assert token.encode() not in (tmp_path / "curbside.db").read_bytes()


@pytest.mark.parametrize(
    ("scopes", "reads", "writes", "makes"),
    [(("read",), 200, 403, 403), (("write",), 200, 201, 403), (("read", "write"), 200, 201, 403)],
)
async def test_scopes_hold(home: House, scopes: tuple[str, ...], reads: int, writes: int, makes: int) -> None:
    program = home.client()
    program.headers.update(bearing((await made(home, ana, *scopes)).json()["token"]))
    assert (await program.get("/api/cases")).status_code == reads
    assert (await program.post("/api/cases", json=CASE, headers={"idempotency-key": "k"})).status_code == writes
    another = {"name": "more", "scopes": ["read", "write"]}
    assert (await program.post("/api/tokens", json=another)).status_code == makes


async def test_a_ticket_of_a_reading_token_reads_only(home: House) -> None:
    program = home.client()
    program.headers.update(bearing((await made(home, ana, "read")).json()["token"]))
    answer = await program.post("/api/tickets")
    assert answer.status_code == 201


async def test_a_reading_token_is_let_through_to_its_stream_where_frames_are_looked_at(home: House) -> None:
    program = home.client()
    program.headers.update(bearing((await made(home, ana, "read")).json()["token"]))
    headers = {"curbside-connection": "none", "content-type": "application/x-ndjson"}
    answer = await program.post("/frames", content=b'{"t":"ping"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_an_ended_token_is_refused_at_once(home: House) -> None:
    browser = await at_browser(home, ana)
    answer = (await browser.post("/api/tokens", name="relay", scopes=["read"])).json()
    assert await (await at_browser(home, ben)).delete(f"/api/tokens/{answer['id']}") == 404
    assert await browser.delete(f"/api/tokens/{answer['id']}") == 204
    refused = await home.client().get("/api/cases", headers=bearing(answer["token"]))
    assert refused.status_code == 401 and "was ended" in refused.json()["detail"]
    assert await browser.delete(f"/api/tokens/{answer['id']}") == 404


async def test_signing_out_everywhere_leaves_programs_at_work(home: House) -> None:
    browser = await at_browser(home, ana)
    token = (await browser.post("/api/tokens", name="relay", scopes=["read"])).json()["token"]
    await browser.delete("/api/sessions")
    assert (await home.client().get("/api/cases", headers=bearing(token))).status_code == 200


@pytest.mark.parametrize(
    ("person", "scopes", "status"),
    [
        (ana, ["admin"], 422),
        (mo, ["admin"], 201),
        (ana, ["observe"], 422),
        (obi, ["observe", "read"], 201),
        (obi, ["write"], 422),
        (ana, [], 422),
        (ana, ["enrol"], 422),
        (ana, ["everything"], 422),
    ],
)
async def test_nobody_makes_a_token_for_more_than_they_may(
    home: House, person: Any, scopes: list[str], status: int
) -> None:
    assert (await made(home, person, *scopes)).status_code == status


@pytest.mark.parametrize("more", [{"days": 0}, {"days": 367}, {"name": ""}, {"name": "x" * 65}])
async def test_strange_wishes_are_refused(home: House, more: dict[str, Any]) -> None:
    assert (await made(home, ana, "read", **more)).status_code == 422
