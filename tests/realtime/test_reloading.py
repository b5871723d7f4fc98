"""A room that was dropped, for the journal went back, is read anew while the node's clock goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence.journal import SqlJournal
from persistence.journal_sqlite import SqliteLog
from persistence.log import Log
from persistence.sqlite import Sqlite
from realtime.errors import Unavailable
from realtime.rooms.chain import Record
from tests.builders import ana, ben, obi
from tests.faults.nodes import until
from tests.live import Site, site


class SlowJournal(SqlJournal):
    """Its logs can be read while it is `going`, and not at all where it is `away`."""

    def __init__(self, database: Sqlite, log: Log) -> None:
        super().__init__(database, log)
        self.away = False
        self.going = asyncio.Event()
        self.going.set()

    async def records(self, room: str, after: int, limit: int) -> list[Record]:
        await self.going.wait()
        if self.away:
            raise Unavailable
        return await super().records(room, after, limit)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, lambda database: SlowJournal(database, SqliteLog(database))) as made:
        yield made


@pytest.mark.parametrize("first_fails", [False, True], ids=["slow", "away at first"])
async def test_a_room_that_is_read_anew_slowly_hears_the_other_nodes(here: Site, first_fails: bool) -> None:
    journal = here.journal
    assert isinstance(journal, SlowJournal)
    node, other = await here.node(), await here.node()
    room = await other.open()
    await other.seated(ana, room)
    await node.seated(ben, room)
    host = node.hub.live(room)
    assert host is not None
    host.abandon("the journal went back")
    journal.going.clear()
    back = node.call(ben)
    back.send("join", id="j", room=room)
    await until(lambda: node.hub.live(room) is None)
    journal.away = first_fails
    journal.going.set()
    if first_fails:
        await back.next("error", re="j")
        journal.away = False
        back.send("join", id="again", room=room)
    await back.next("caught_up")
    while ana.id not in [one["person"] for one in (await back.next("presence"))["here"]]:
        pass


@pytest.mark.parametrize("read_anew", [False, True], ids=["dropped", "read anew"])
async def test_seats_of_a_dropped_room_are_over_at_once_however_long_their_lines_linger(
    here: Site, monkeypatch: pytest.MonkeyPatch, read_anew: bool
) -> None:
    node = await here.node()
    room = await node.open(observers="live")
    callers = [await node.seated(person, room) for person in (ana, obi)]
    host = node.hub.live(room)
    assert host is not None
    (stretch,) = node.observing.begun
    for caller in callers:
        monkeypatch.setattr(caller, "close", lambda: None)  # something is still on its way to a slow reader
    host.abandon("the journal went back")
    assert not len(host.fanout) and [caller.connection.seats for caller in callers] == [[], []]
    assert node.observing.ended == [(stretch, 1)]
    if read_anew:
        await node.seated(ben, room)
        assert node.hub.live(room) is not host
    for caller in callers:
        caller.abort()
    assert [caller.close_code for caller in callers] == [1012, 1012]
    assert len(node.observing.ended) == 1
