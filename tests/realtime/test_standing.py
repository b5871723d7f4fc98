"""Whoever is no longer who they were when they signed in, while their connection is open."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import pytest

from realtime.rooms.interests.interest import Interest
from realtime.rooms.people import Person
from realtime.standing import Standing
from tests.builders import PEOPLE, ana, cleo
from tests.live import LiveNode, site

lowered = msgspec.structs.replace(ana, role="clinician", tier=1)


class Changed:
    """The directory, in which one person has changed, or is gone."""

    def __init__(self, person: str, now: Person | None) -> None:
        self._now = {**PEOPLE, person: now}

    def known(self, person: str) -> Person | None:
        return None

    async def person(self, person: str) -> Person | None:
        return self._now.get(person)

    async def named(self, handles: Sequence[str]) -> dict[str, str]:
        return {}

    def forget(self, person: str) -> None:
        pass


class Slow(Changed):
    """Answers the first question as of when it was asked, and not before `goes_on`."""

    def __init__(self, now: Person) -> None:
        super().__init__("ana", now)
        self.asked = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def person(self, person: str) -> Person | None:
        found = await super().person(person)
        if not self.asked.is_set():
            self.asked.set()
            await self.goes_on.wait()
        return found

    def changes(self, now: Person) -> None:
        self._now["ana"] = now


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[LiveNode]:
    async with site(tmp_path) as made:
        yield await made.node()


async def changed(node: LiveNode, now: Person | None) -> None:
    hub = node.hub
    await Standing(Changed("ana", now), hub.connections, hub.live).look()


async def test_whoever_may_no_longer_enter_loses_the_seat(node: LiveNode) -> None:
    network, world = await node.open(ana, reach="network"), await node.open(key="other")
    colleague = msgspec.structs.replace(ana, tier=1)
    reader = await node.seated(ana, world)
    reader.send("join", id="own", room=network)
    await reader.next("caught_up")
    await changed(node, colleague)
    left = await reader.next("left")
    assert (left["room"], left["code"]) == (world, "withdrawn")
    reader.send("post", id="p1", room=world, text="Still here?")
    assert (await reader.next("error", re="p1"))["code"] == "not_joined"
    reader.send("join", id="again", room=world)
    assert (await reader.next("error", re="again"))["code"] == "not_found"
    reader.send("post", id="p2", room=network, text="My own case stays mine.")
    await reader.next("ack", re="p2")
    assert (await reader.next("event", id="p2"))["by"]["tier"] == 1


async def test_whoever_is_gone_or_has_another_role_signs_in_again(node: LiveNode) -> None:
    for now in (None, msgspec.structs.replace(ana, role="moderator", tier=1)):
        caller = node.call(ana)
        await changed(node, now)
        assert await caller.closed() == 4401


async def test_an_answer_from_before_a_change_undoes_nothing(node: LiveNode) -> None:
    reader = await node.seated(ana, await node.open(key="other"))
    directory = Slow(ana)
    standing = Standing(directory, node.hub.connections, node.hub.live)
    everyone = asyncio.create_task(standing.look())
    await directory.asked.wait()
    directory.changes(lowered)
    one = asyncio.create_task(standing.changed(["ana"]))
    await asyncio.sleep(0)
    directory.goes_on.set()
    await asyncio.gather(everyone, one)
    assert reader.connection.person == lowered
    assert [frame["me"]["role"] for frame in reader.of("me")] == ["clinician"]


async def test_a_change_is_looked_up_of_those_alone_whom_it_concerns(node: LiveNode) -> None:
    for person in (ana, cleo):
        node.call(person)
    directory = Slow(lowered)
    directory.goes_on.set()
    directory.known = lambda person: pytest.fail() if person != "ana" else None  # type: ignore[method-assign]
    await Standing(directory, node.hub.connections, node.hub.live).changed(["ana", "ben"])
    assert directory.asked.is_set()


async def test_a_physician_who_is_a_clinician_now_keeps_the_connection_and_is_told(node: LiveNode) -> None:
    world = await node.open(key="other")
    reader = await node.seated(ana, world)
    await Standing(Changed("ana", lowered), node.hub.connections, node.hub.live).changed(["ana"])
    me = (await reader.next("me"))["me"]
    assert (me["role"], me["tier"]) == ("clinician", 1)
    assert (await reader.next("left"))["code"] == "withdrawn"
    assert not reader.is_closing()


async def test_a_clinician_who_is_a_physician_now_enters_without_signing_in_again(node: LiveNode) -> None:
    world = await node.open(ana, key="other")
    newcomer = node.call(cleo)
    newcomer.send("join", id="early", room=world)
    assert (await newcomer.next("error", re="early"))["code"] == "not_found"
    raised = msgspec.structs.replace(cleo, role="physician", tier=2)
    await Standing(Changed("cleo", raised), node.hub.connections, node.hub.live).changed(["cleo"])
    await newcomer.next("me")
    newcomer.send("join", id="now", room=world)
    await newcomer.next("joined", re="now")


async def test_what_one_says_after_declaring_an_interest_has_it_without_signing_in_again(node: LiveNode) -> None:
    room = await node.open()
    caller = await node.seated(ana, room)
    paid = msgspec.structs.replace(ana, interests=(Interest("Acme", "speaker", "2024", "declared"),))
    await Standing(Changed("ana", paid), node.hub.connections, node.hub.live).changed(["ana"])
    caller.send("post", id="paid", room=room, kind="comment", text="Wait.")
    await caller.next("ack", re="paid")
    said = next(event for event in caller.events() if event["id"] == "paid")
    assert said["body"]["interests"] == [{"nature": "speaker", "payer": "Acme", "since": "2024", "source": "declared"}]


async def test_nothing_happens_to_those_who_are_who_they_were(node: LiveNode) -> None:
    caller = await node.seated(ana, await node.open())
    before = len(caller.of("left"))
    await changed(node, ana)
    assert not caller.is_closing() and len(caller.of("left")) == before


async def test_a_clinicians_reading_token_keeps_its_seat_when_something_of_them_changes(node: LiveNode) -> None:
    room, hub = await node.open(), node.hub
    program = node.call(cleo, reads_only=True)
    program.send("join", id="j", room=room)
    await program.next("joined")
    renamed = msgspec.structs.replace(cleo, handle="cleo_2")
    await Standing(Changed("cleo", renamed), hub.connections, hub.live).look()
    await program.next("me")
    assert [seat.mode for seat in program.connection.seats] == ["follow"]
