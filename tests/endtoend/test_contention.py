"""Four nodes write to one room at once: one order for all, nothing lost, nothing double, no rule broken by a race."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drill.servers import Postgres, Redis
from persistence.database import open_database
from persistence.journal import open_journal
from realtime.rooms.chain import Record, event_of, first_broken
from realtime.rooms.events import Corroborated
from realtime.rooms.fold import fold
from realtime.rooms.post import Opinion
from realtime.rooms.room import Room
from tests.endtoend.callers import Callers, said
from tests.endtoend.crowd import Crowd, Place
from tests.endtoend.raw import Raw, fresh
from tests.endtoend.site import Cluster, Ground

NODES = 4
WRITERS = 200
POSTS = 4
MORE_POSTS = 1_000
ROUNDS = 40
STANCES = ("agree", "disagree", "withdraw")


@pytest.fixture
def four(cluster_start: Ground, tmp_path: Path, redis_server: Redis, postgres_server: Postgres) -> Iterator[Cluster]:
    with Cluster(cluster_start, tmp_path, redis_server, postgres_server, nodes=NODES) as four:
        yield four


@pytest.fixture
async def callers(four: Cluster) -> AsyncIterator[Callers]:
    async with Callers(four) as callers:
        yield callers


def tokens(site: Cluster, folder: Path, count: int) -> list[str]:
    """Bearer tokens of so many new physicians."""
    place = folder / "more_tokens"
    made = site.curbside("token", f"--count={count}", "--role=physician", f"--out={place}")
    assert made.returncode == 0, made.stderr
    return place.read_text().split()


async def records(site: Cluster, room: str) -> list[Record]:
    """All that is on record of a room: its chain is whole, and each id stands there once."""
    database = open_database(site.database_url)
    journal = open_journal(database)
    try:
        found = await journal.records(room, 0, 1_000_000)
    finally:
        await journal.close()
        await database.close()
    assert first_broken(found) is None
    assert len({record.id for record in found}) == len(found)
    return found


async def test_two_hundred_writers_on_four_nodes_have_one_log(four: Cluster, callers: Callers, tmp_path: Path) -> None:
    room = await callers.open_case()
    crowd = Crowd(tokens(four, tmp_path, WRITERS), [int(web.address.rpartition(":")[2]) for web in four.webs], room)
    try:
        await crowd.sit()
        crowd.begin(POSTS)
        await crowd.ends()
        await crowd.have_seen(1 + WRITERS * POSTS)
    finally:
        crowd.hang_up()
    log = [Place(record.seq, record.head.check, record.id) for record in await records(four, room)]
    assert len(log) == 1 + WRITERS * POSTS
    for writer in crowd.writers:
        assert writer.shown == log
        assert not writer.refused
        assert [log[seq - 1].id for seq in writer.acked.values()] == writer.sent
        assert list(writer.acked.values()) == sorted(writer.acked.values())


async def test_nothing_follows_the_close_though_two_hundred_go_on_posting_on_four_nodes(
    four: Cluster, callers: Callers, tmp_path: Path
) -> None:
    room = await callers.open_case()
    cleo = await callers.seated("cleo", room)
    crowd = Crowd(tokens(four, tmp_path, WRITERS), [int(web.address.rpartition(":")[2]) for web in four.webs], room)
    try:
        await crowd.sit()
        crowd.begin(MORE_POSTS)
        await cleo.upto(room, WRITERS)
        closed = await cleo.ask("close", room=room, disposition="stayed", summary=said("done"))
        await crowd.ends()
        await crowd.have_seen(closed["seq"])
    finally:
        crowd.hang_up()
    log = await records(four, room)
    assert log[closed["seq"] - 1].kind == "closed"
    assert {record.kind for record in log[closed["seq"] :]} <= {"sealed"}
    places = {record.id: record.seq for record in log}
    for writer in crowd.writers:
        assert all(places[name] == seq for name, seq in writer.acked.items())
        assert list(writer.refused.items()) == [(writer.sent[-1], "room_closed")]
        assert writer.sent[-1] not in places


async def test_one_person_in_four_tabs_holds_one_opinion(four: Cluster, callers: Callers) -> None:
    room = await callers.open_case()
    post = (await (await callers.seated("cleo", room)).ask("post", room=room, text=said("Fluids?")))["re"]
    tabs = [await callers.seated("ana", room, node=node) for node in range(NODES)]
    ana = tabs[0].me["person"]

    async def change_mind(tab: Raw, first: int) -> None:
        for n in range(ROUNDS):
            stance = STANCES[(first + n) % len(STANCES)]
            answer = await tab.ask("corroborate", id=fresh(), room=room, target=post, stance=stance)
            assert answer["t"] == "ack" or answer["code"] == "invalid", answer

    await asyncio.gather(*(change_mind(tab, number) for number, tab in enumerate(tabs)))
    log = await records(four, room)
    state: Room | None = None
    for event in map(event_of, log):
        if isinstance(event.body, Corroborated) and state is not None:
            held = state.posts[post].opinions.get(ana)
            assert held is not None or event.body.stance != "withdraw"
            assert held != Opinion(event.body.stance, 1)
        state = fold(state, event)
    acked = {frame["re"] for tab in tabs for frame in tab.of("ack") if frame["re"] != post}
    assert acked == {record.id for record in log if record.kind == "corroborated"}
    for tab in tabs:
        assert await tab.upto(room, len(log)) == await callers.log(room)
