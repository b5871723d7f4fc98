"""Our client's seats in real rooms: where it begins to read, and what it may become."""

import asyncio
from typing import Any

import pytest

from client.client import Client
from client.errors import RefusedByServer
from client.room import Event, Position, Reset, Room
from tests.endtoend.callers import CASE, said
from tests.endtoend.site import Site


def client(site: Site, person: str, **options: Any) -> Client:
    return Client(f"http://{site.web(0).address}", token=site.tokens[person], **options)


async def heard(room: Room, upto: str) -> list[str]:
    """The ids of the next events of `room`, until `upto`."""
    names: list[str] = []
    async with asyncio.timeout(15):
        async for item in room:
            assert isinstance(item, Event)
            names.append(item.id)
            if item.id == upto:
                break
    return names


async def test_everything_from_the_start_can_be_asked_for(site: Site) -> None:
    async with client(site, "cleo") as cleo, client(site, "ana", encoding="json") as ana:
        case = await cleo.open_case(**CASE)
        await cleo.join(case)
        acks = [await cleo.post(case, said(f"Number {number}")) for number in range(5)]
        room = await ana.join(case, after=Position(0, "0" * 16))
        assert (await heard(room, acks[-1].id))[1:] == [ack.id for ack in acks]


async def test_position_that_never_was_is_told_as_a_reset(site: Site) -> None:
    async with client(site, "cleo") as cleo:
        case = await cleo.open_case(**CASE)
        site.went_back.add(case)
        room = await cleo.join(case, after=Position(1, "f" * 16))
        item = await anext(room.events)
        assert isinstance(item, Reset) and item.position.seq == 1
        assert item.state["status"] == "open"
        assert room.role == "presenter"


async def test_viewer_steps_up_and_then_writes(site: Site) -> None:
    async with client(site, "cleo") as cleo, client(site, "ana") as ana:
        case = await cleo.open_case(**CASE)
        await ana.join(case, as_="follow")
        with pytest.raises(RefusedByServer, match="forbidden"):
            await ana.post(case, said("From the gallery."))
        await ana.step_up(case)
        assert (await ana.post(case, said("From the table."))).seq == 2


async def test_every_verb_reaches_the_room(site: Site) -> None:
    async with client(site, "cleo") as cleo, client(site, "ana", encoding="json") as ana, client(site, "ben") as ben:
        case = await cleo.open_case(**CASE)
        rooms = [await person.join(case) for person in (cleo, ana, ben)]
        advice = await ana.post(case, said("Adrenaline."), kind="recommendation")
        await ben.corroborate(case, advice.id, "disagree", note=said("Noradrenaline first."))
        evidence = [{"type": "guideline", "ref": "Sepsis campaign, section 4"}]
        await ana.amend(case, advice.id, said("Noradrenaline."), evidence=evidence)
        await cleo.pin(case, advice.id)
        aside = await ben.post(case, said("Wrong room."))
        await ben.retract(case, aside.id, said("Wrong room."))
        closed = await cleo.close(case, "transferred", said("Better."))
        logs = [await heard(room, closed.id) for room in rooms]
        assert logs[0] == logs[1] == logs[2]
        assert len(logs[0]) == closed.seq == 8


async def test_repeat_of_a_case_is_the_same_case(site: Site) -> None:
    async with client(site, "cleo") as cleo:
        assert await cleo.open_case("once", **CASE) == await cleo.open_case("once", **CASE)
