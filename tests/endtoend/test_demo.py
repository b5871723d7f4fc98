"""`curbside serve --demo`, as somebody new to it starts it, and the famous case played to them."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from uvicorn import Server

from drill.process import Process
from drill.servers import Port
from tests.endtoend.raw import Frame, Raw
from web.app import create_app
from web.commands.serve import bound, configured
from web.commands.setup import database
from web.demo.cast import PHYSICIANS, PRESENTER, VIEWERS
from web.demo.people import Company, add_people
from web.demo.settings import for_demo
from web.demo.stage import Stage
from web.settings import load

OTHERS = {"ana", "ben", "mo", "obi"}
DISKS = re.compile(r"^\S+ \S+ INFO curbside\.disks What is acknowledged is on 1 disk\.\n", re.MULTILINE)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Process]:
    port = Port()
    process = Process(["serve", "--demo"], {"CURBSIDE_VAR": str(tmp_path / "var")}, tmp_path / "log", port)
    process.start()
    yield process
    process.stop()
    port.release()
    # Nothing but this, once for each start.
    assert not DISKS.sub("", process.log.read_text())


def test_the_printed_people_can_sign_in_and_read_what_is_open_also_after_a_restart(demo: Process) -> None:
    first = demo.ready_text
    assert f"http://{demo.address}" in first
    rooms = {person: open_rooms(demo, person, password) for person, password in printed(first).items()}
    # Cleo is invited to the second one when its presenter is there.
    assert {person: len(seen) for person, seen in rooms.items() if person != "cleo"} == dict.fromkeys(OTHERS, 2)
    assert rooms["cleo"] <= rooms["ana"]
    assert len(set.union(*rooms.values())) == 2
    assert demo.stop() == 0
    demo.start()
    assert demo.ready_text == first
    again = {person: open_rooms(demo, person, password) for person, password in printed(first).items()}
    assert {person: again[person] for person in OTHERS} == {person: rooms[person] for person in OTHERS}


def printed(text: str) -> dict[str, str]:
    """The people and passwords that stand on the terminal."""
    return dict(re.findall(r"^  (\w+) +(\S{16})(?=\s|$)", text, flags=re.MULTILINE))


def open_rooms(demo: Process, handle: str, password: str) -> set[str]:
    """The cases that this person is shown and can read once they have signed in."""
    with httpx.Client(base_url=f"http://{demo.address}", trust_env=False) as client:
        assert client.post("/api/sessions", json={"handle": handle, "password": password}).status_code == 201
        assert client.get("/api/sessions/current").json()["handle"] == handle
        rooms = {str(line["id"]) for line in client.get("/api/cases?status=open").json()["cases"]}
        assert all(client.get(f"/api/cases/{room}").status_code == 200 for room in rooms)
        return rooms


class Guest:
    """Somebody who has come without a password, at a connection of their own."""

    def __init__(self, http: httpx.AsyncClient, raw: Raw) -> None:
        self.http = http
        self.raw = raw

    async def play(self) -> dict[str, Any]:
        """How far the play is."""
        shown: dict[str, Any] = (await self.http.get("/api/demo")).json()["play"]
        return shown

    async def told(self, do: str) -> dict[str, Any]:
        """How far the play is once this button was pressed, or what is wrong with that."""
        answer: dict[str, Any] = (await self.http.post("/api/demo/play", json={"do": do})).json()
        shown: dict[str, Any] = answer.get("play", answer)
        return shown

    def said(self, room: str, kind: str) -> list[Frame]:
        """The events of this kind that have come."""
        return [event for event in self.raw.events(room) if event["kind"] == kind]

    async def has(self, room: str, name: str) -> None:
        """Return when the event of this id has come."""
        await self.raw.until(lambda: any(event["id"] == name for event in self.raw.events(room)))


class House:
    """A demo in this process, over real sockets, at `pace` times the usual speed."""

    def __init__(self, address: str, company: Company) -> None:
        self.address = address
        self.cast = company.cast
        self._guests: list[Guest] = []

    async def guest(self, handle: str) -> Guest:
        """Choose to be `handle` and connect."""
        origin = f"http://{self.address}"
        http = httpx.AsyncClient(base_url=origin, headers={"origin": origin}, trust_env=False)
        assert (await http.post("/api/demo/sessions", json={"handle": handle})).status_code == 201
        cookie = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        guest = Guest(http, await Raw.open(self.address, headers={"Cookie": cookie, "Origin": origin}))
        self._guests.append(guest)
        return guest

    async def goodbye(self) -> None:
        """All guests go."""
        for guest in self._guests:
            await guest.raw.hang_up()
            await guest.http.aclose()


@asynccontextmanager
async def played(var: Path, pace: float) -> AsyncIterator[House]:
    settings = for_demo(load(var=var))
    async with database(settings) as journal:
        company = await add_people(journal, var)
    listening = bound("127.0.0.1", 0)
    house = House(f"127.0.0.1:{listening.getsockname()[1]}", company)
    stage = Stage(f"http://{house.address}", company, pace)
    server = Server(configured(settings, lambda: create_app(settings, demo=stage)))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield house
    finally:
        await house.goodbye()
        server.should_exit = True
        await serving


async def test_the_famous_case_is_played_to_a_newcomer_who_joins_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with played(tmp_path, 30) as house:
        ana, mo = await house.guest("ana"), await house.guest("mo")
        waiting = await ana.play()
        room = waiting["room"]
        assert (waiting["state"], waiting["at_s"]) == ("waiting", 0.0)
        await ana.told("pause")
        for guest in (ana, mo):
            assert (await guest.raw.ask("join", room=room))["t"] == "joined"
        # One of the cast gets no place here, and the presenter's switch is set already: their beats are left out.
        assert (await mo.raw.ask("remove", room=room, person=house.cast["dr_castillo"].id))["t"] == "ack"
        assert (await mo.raw.ask("observers", room=room, mode="delayed", delay_s=10))["t"] == "ack"
        assert (await ana.told("play"))["state"] == "playing"
        await ana.has(room, "gap")
        paused = await ana.told("pause")
        assert paused["state"] == "paused"
        assert (await ana.raw.ask("post", room=room, text="I agree, and I am here."))["t"] == "ack"
        assert (await ana.raw.ask("corroborate", room=room, target="gap", stance="agree"))["t"] == "ack"
        assert (await ana.play())["at_s"] == paused["at_s"]
        assert (await ana.told("play"))["state"] == "playing"
        await ana.raw.until(lambda: bool(ana.said(room, "sealed")), 60)
        await ana.raw.until(lambda: ana.raw.of("presence")[-1]["viewers"] == len(VIEWERS))
        seen(ana, room)
        await ana.raw.ask("watch")
        archived = (await ana.http.get(f"/api/archive/{room}")).json()
        assert archived["case"]["status"] == "closed"
        assert places(archived["events"]) == places(ana.raw.events(room))
        await over_and_over(house, ana, mo, room)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def places(events: list[Frame]) -> list[tuple[str, str]]:
    """What every copy of a log has in common: what was taken back is not in later ones."""
    return [(event["id"], event["check"]) for event in events]


def seen(ana: Guest, room: str) -> None:
    """What there was for ana to see."""
    speakers = {event["by"].get("handle") for event in ana.raw.events(room)}
    assert {one.handle for one in PHYSICIANS} - speakers == {"dr_castillo"}
    assert len(ana.said(room, "post")) == 33
    switched = [event["by"]["handle"] for event in ana.said(room, "observers_changed")]
    assert switched == ["mo", PRESENTER.handle]
    typed = [frame["who"] for frame in ana.raw.of("typing") if frame["on"]]
    assert {event["by"]["person"] for event in ana.said(room, "post")} - {ana.raw.me["person"]} <= set(typed)
    presence = ana.raw.of("presence")
    assert len({frame["viewers"] for frame in presence}) > 5
    assert presence[-1]["observers"]["kinds"] == {"government": 1, "pharma": 1, "research": 2}


async def over_and_over(house: House, ana: Guest, mo: Guest, room: str) -> None:
    """It is opened anew when it is asked for, and when somebody comes after its end."""
    assert (await ana.play())["state"] == "over"
    assert (await ana.told("play"))["status"] == 409
    second = await ana.told("again")
    assert (second["state"], second["at_s"]) == ("waiting", 0.0)
    assert second["room"] != room
    assert (await ana.told("again"))["status"] == 409
    await mo.raw.ask("join", room=second["room"])
    await mo.raw.ask("close", room=second["room"], disposition="Enough", summary="Closed by hand.")
    await house.guest("ben")
    # The toddler's case is opened again as well.
    opened = await ana.raw.next("case", change="opened", title=second["title"])
    while opened["room"] == second["room"]:
        opened = await ana.raw.next("case", change="opened", title=second["title"])
    assert (await ana.play())["room"] == opened["room"]


async def test_what_was_cut_off_in_the_middle_is_closed_at_the_next_start(tmp_path: Path) -> None:
    async with played(tmp_path, 10) as house:
        cleo = await house.guest("cleo")
        first = (await cleo.play())["room"]
        await cleo.raw.ask("watch")
        if (await cleo.raw.ask("join", room=first))["t"] == "error":
            # Not invited yet: that she is, she hears as everybody hears of a case.
            await cleo.raw.next("case", room=first)
            assert (await cleo.raw.ask("join", room=first))["t"] == "joined"
        await cleo.has(first, "gas")
    async with played(tmp_path, 10) as house:
        ana = await house.guest("ana")
        assert (await ana.play())["room"] != first
        await ana.raw.ask("join", room=first)
        await ana.raw.until(lambda: bool(ana.said(first, "closed")))
        [closed] = ana.said(first, "closed")
        assert closed["by"]["handle"] == PRESENTER.handle
        assert closed["body"]["disposition"] == "Demonstration ended"
        assert (await ana.play())["state"] == "waiting"
