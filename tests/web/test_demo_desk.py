"""`/api/demo`: what it shows, who may sign in without a password and from where, and the buttons.

The cast finds no server here: what it plays is in tests/endtoend.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from drill.servers import Port
from persistence import people
from realtime.rooms.people import Person
from tests.web.databases import migrated
from tests.web.house import audit, house
from web.app import create_app
from web.clock import now_ms
from web.demo import famous, toddler
from web.demo.people import DemoPerson, add_people
from web.demo.stage import Stage
from web.settings import load

ORIGIN = "http://127.0.0.1:8000"


class Demo:
    """A running demo, and how browsers come to it."""

    def __init__(self, app: Starlette, five: list[DemoPerson]) -> None:
        self.app = app
        self.five = five

    def client(self, address: str = ORIGIN, **headers: str) -> httpx.AsyncClient:
        """A browser at `address`, whose requests have the `Origin` of that unless `headers` say otherwise."""
        headers = {"origin": address} | headers
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=address, headers=headers)

    async def signed_in(self, handle: str = "ana") -> httpx.AsyncClient:
        """The browser of somebody who has chosen to be `handle`."""
        client = self.client()
        assert (await client.post("/api/demo/sessions", json={"handle": handle})).status_code == 201
        return client


@pytest.fixture
def closed_port() -> Iterator[Port]:
    port = Port()
    yield port
    port.release()


@asynccontextmanager
async def running(folder: Path, port: Port) -> AsyncIterator[Demo]:
    async with migrated(folder) as database:
        company = await add_people(database, folder)
    app = create_app(load(var=folder), demo=Stage(f"http://127.0.0.1:{port.number}", company))
    async with app.router.lifespan_context(app):
        yield Demo(app, company.people)


@pytest.fixture
async def demo(tmp_path: Path, closed_port: Port) -> AsyncIterator[Demo]:
    async with running(tmp_path, closed_port) as demo:
        yield demo


async def play(client: httpx.AsyncClient) -> dict[str, Any]:
    shown: dict[str, Any] = (await client.get("/api/demo")).json()["play"]
    return shown


async def told(client: httpx.AsyncClient, do: str) -> dict[str, Any]:
    shown: dict[str, Any] = (await client.post("/api/demo/play", json={"do": do})).json()["play"]
    return shown


async def test_everyone_is_shown_whom_they_can_be_and_what_is_on(demo: Demo) -> None:
    shown = (await demo.client().get("/api/demo")).json()
    assert [one["handle"] for one in shown["people"]] == ["cleo", "ana", "ben", "mo", "obi"]
    assert all(one["about"].endswith(".") for one in shown["people"])
    assert shown["people"][0] | {"about": ""} == {
        "handle": "cleo",
        "role": "clinician",
        "specialty": "family_medicine",
        "country": "PE",
        "tier": 1,
        "about": "",
    }
    assert shown["play"] | {"room": ""} == {
        "room": "",
        "title": famous.CASE.title,
        "state": "waiting",
        "at_s": 0.0,
        "length_s": 98.0,
        "notice": famous.NOTICE,
    }


async def test_whoever_is_chosen_is_signed_in_as_with_a_password(demo: Demo, tmp_path: Path) -> None:
    client = demo.client()
    answer = await client.post("/api/demo/sessions", json={"handle": "mo"})
    assert answer.status_code == 201
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(answer.headers.get_list("set-cookie")[0].split("; "))
    current = (await client.get("/api/sessions/current")).json()
    assert answer.json() == current
    with_password = {"handle": "mo", "password": demo.five[3].password}
    again = (await demo.client().post("/api/sessions", json=with_password)).json()
    anew = {"expires_at": 0, "proved_at": 0, "session": ""}
    assert again | anew == current | anew


async def test_signing_in_leaves_an_audit_line(tmp_path: Path, closed_port: Port) -> None:
    async with running(tmp_path, closed_port) as demo:
        await demo.signed_in("ben")
        ben = demo.five[2].person.id
    assert ("signed_in", ben, "", "demo") in await audit(tmp_path)


async def test_only_the_five_can_be_chosen(demo: Demo) -> None:
    for handle, status in {"dr_okafor": 404, "dr_tamang": 404, "nobody": 404, "": 422}.items():
        answer = await demo.client().post("/api/demo/sessions", json={"handle": handle})
        assert answer.status_code == status
        assert "set-cookie" not in answer.headers


async def test_names_of_this_machine_need_no_password(demo: Demo) -> None:
    for address in ("http://localhost:8000", "http://127.0.0.9", "http://[::1]:8000"):
        client = demo.client(address)
        assert (await client.get("/api/demo")).json()["people"]
        assert (await client.post("/api/demo/sessions", json={"handle": "ana"})).status_code == 201


async def test_a_foreign_name_that_leads_here_needs_the_password(demo: Demo) -> None:
    for host in ("evil.example:8000", "192.0.2.1", "localhost.evil.example", "127.0.0.1.evil.example"):
        client = demo.client(f"http://{host}")
        assert (await client.get("/api/demo")).json()["people"] == []
        answer = await client.post("/api/demo/sessions", json={"handle": "ana"})
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers


async def test_pages_of_others_sign_nobody_in(demo: Demo) -> None:
    for origin in ("http://evil.example", "http://127.0.0.1:9", "https://127.0.0.1:8000", "null", ""):
        answer = await demo.client(origin=origin).post("/api/demo/sessions", json={"handle": "ana"})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_programs_without_an_origin_need_the_password(demo: Demo) -> None:
    client = demo.client()
    del client.headers["origin"]
    assert (await client.post("/api/demo/sessions", json={"handle": "ana"})).status_code == 403


async def test_not_even_an_allowed_origin_signs_in_without_a_password(tmp_path: Path, closed_port: Port) -> None:
    async with migrated(tmp_path) as database:
        company = await add_people(database, tmp_path)
    settings = load(var=tmp_path, origins="https://consult.example.org")
    app = create_app(settings, demo=Stage(f"http://127.0.0.1:{closed_port.number}", company))
    async with app.router.lifespan_context(app):
        client = Demo(app, company.people).client(origin="https://consult.example.org")
        assert (await client.post("/api/demo/sessions", json={"handle": "ana"})).status_code == 403


async def test_where_somebody_real_is_in_the_database_everyone_needs_their_password(demo: Demo, tmp_path: Path) -> None:
    assert (await demo.client().get("/api/demo")).json()["people"]
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.add(sql, Person("dan", "dan", "clinician"), now_ms()))
    shown = (await demo.client().get("/api/demo")).json()
    assert shown["people"] == []
    assert shown["play"]["state"] == "waiting"
    answer = await demo.client().post("/api/demo/sessions", json={"handle": "ana"})
    assert answer.status_code == 404
    with_password = {"handle": "ana", "password": demo.five[1].password}
    assert (await demo.client().post("/api/sessions", json=with_password)).status_code == 201


async def test_whoever_was_verified_meanwhile_is_signed_in_as_who_they_are_now(demo: Demo, tmp_path: Path) -> None:
    async with migrated(tmp_path) as database:
        await database.write(lambda sql: people.verify(sql, demo.five[0].person.id))
    client = await demo.signed_in("cleo")
    assert (await client.get("/api/sessions/current")).json()["role"] == "physician"


async def test_a_form_of_another_site_cannot_sign_in(demo: Demo) -> None:
    answer = await demo.client().post("/api/demo/sessions", data={"handle": "ana"})
    assert answer.status_code == 415


async def test_without_the_demo_there_is_none(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        client = home.client()
        client.base_url = ORIGIN
        assert (await client.get("/api/demo")).status_code == 404
        assert (await client.post("/api/demo/sessions", json={"handle": "ana"})).status_code == 404
        assert (await client.post("/api/demo/play", json={"do": "play"})).status_code == 404


async def test_it_goes_on_and_stands_still_when_told(demo: Demo) -> None:
    ana = await demo.signed_in()
    assert (await told(ana, "play"))["state"] == "playing"
    paused = await told(ana, "pause")
    assert paused["state"] == "paused"
    assert paused == await play(ana)
    assert (await told(ana, "play"))["state"] == "playing"


async def test_what_was_told_to_stand_before_it_began_does_not_wait_for_anybody(demo: Demo) -> None:
    ana = await demo.signed_in()
    assert (await told(ana, "pause"))["state"] == "paused"


async def test_it_cannot_be_begun_anew_before_it_is_over(demo: Demo) -> None:
    ana = await demo.signed_in()
    room = (await play(ana))["room"]
    answer = await ana.post("/api/demo/play", json={"do": "again"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert (await play(ana))["room"] == room


async def test_its_buttons_are_for_those_who_signed_in_here(demo: Demo) -> None:
    assert (await demo.client().post("/api/demo/play", json={"do": "play"})).status_code == 401
    ana = await demo.signed_in()
    assert (await ana.post("/api/demo/play", json={"do": "dance"})).status_code == 422
    ana.headers["origin"] = "http://evil.example"
    assert (await ana.post("/api/demo/play", json={"do": "play"})).status_code == 403
    assert (await play(ana))["state"] == "waiting"


async def test_both_cases_are_open_and_a_second_start_opens_no_others(tmp_path: Path, closed_port: Port) -> None:
    seen = []
    for _ in range(2):
        async with running(tmp_path, closed_port) as demo:
            ana = await demo.signed_in()
            cases = (await ana.get("/api/cases?status=open")).json()["cases"]
            assert {line["title"] for line in cases} == {famous.CASE.title, toddler.CASE.title}
            assert (await play(ana))["room"] in {line["id"] for line in cases}
            seen.append([line["id"] for line in cases])
    assert seen[0] == seen[1]


async def test_everyone_signs_in_with_what_is_printed_and_sees_both_cases(demo: Demo) -> None:
    for one in demo.five:
        client = demo.client()
        wish = {"handle": one.person.handle, "password": one.password}
        assert (await client.post("/api/sessions", json=wish)).status_code == 201
        titles = [line["title"] for line in (await client.get("/api/cases?status=open")).json()["cases"]]
        expected = {
            "observer": ["Emergency medicine, stat, 5-9", "Paediatric intensive care, urgent, 1-4"],
            "clinician": [toddler.CASE.title],
        }
        assert titles == expected.get(one.person.role, [famous.CASE.title, toddler.CASE.title])
