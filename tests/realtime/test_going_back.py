"""The journal goes back under a running node: a backup was restored, or a replica promoted that lacked the newest."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from realtime.rooms.commands import Post
from tests.builders import ana, ask, ben
from tests.machine.fleet import Fleet
from tests.machine.ground import OnSqlite
from tests.machine.speaker import Speaker


@pytest.fixture
async def fleet(tmp_path: Path) -> AsyncIterator[Fleet]:
    """Nodes without a clock: no second passes in which heads are compared."""
    ground = await OnSqlite(tmp_path).begin()
    fleet = Fleet(ground, "key1")
    await fleet.begin()
    yield fleet
    await fleet.end()
    await ground.end()


async def post(fleet: Fleet, speaker: Speaker, name: str) -> None:
    speaker.sends(ask(Post, id=name, room=fleet.room, text="x"))
    await fleet.check()


def names(speaker: Speaker) -> list[str]:
    return [name for _, _, name in speaker.shown[1:]]


async def test_a_node_that_is_ahead_of_the_journal_finds_out_at_its_next_append(fleet: Fleet) -> None:
    author, reader = fleet.seat(ana, 0), fleet.seat(ben, 0)
    await fleet.check()
    for name in ("p1", "p2"):
        await post(fleet, author, name)
    await fleet.go_back(1)
    await post(fleet, author, "p3")
    assert not author.connected and not reader.connected
    assert [record.id for record in fleet.ledger.log[1:]] == ["p1"]
    for speaker in (author, reader):
        fleet.join(speaker, 0)
    await fleet.check()
    await post(fleet, author, "p3")
    assert not author.unanswered
    assert names(author) == names(reader) == ["p1", "p3"]


async def test_a_node_whose_head_stands_at_another_s_seq_appends_nothing_there(fleet: Fleet) -> None:
    author, other = fleet.seat(ana, 0), fleet.seat(ben, 1)
    await fleet.check()
    for name in ("p1", "p2"):
        await post(fleet, author, name)
    fleet.backplanes[0].holding = True
    await fleet.go_back(1)
    await fleet.crash(1)
    fleet.join(other, 1)
    await fleet.check()
    await post(fleet, other, "q2")
    await post(fleet, author, "p3")
    assert not author.connected
    fleet.join(author, 0)
    await fleet.check()
    assert names(author) == names(other) == ["p1", "q2"]
