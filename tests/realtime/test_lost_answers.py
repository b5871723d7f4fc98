"""A commit whose answer is lost: whatever became of it, sending the command again tells, and makes no second event."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence.journal_sqlite import SqliteLog
from persistence.sqlite import Sqlite
from tests.builders import ana, ben
from tests.live import Site, site
from tests.machine.unruly import AppendFault, UnrulyJournal, UnrulyLog

TIMES = 100


def unruly(database: Sqlite) -> UnrulyJournal:
    return UnrulyJournal(database, UnrulyLog(SqliteLog(database)))


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path, unruly) as made:
        yield made


@pytest.fixture
def journal(here: Site) -> UnrulyJournal:
    assert isinstance(here.journal, UnrulyJournal)
    return here.journal


@pytest.mark.parametrize("fault", ["landed, no look-up", "lost", "late"])
async def test_what_is_sent_again_after_a_lost_answer_is_one_event_a_hundred_times(
    here: Site, journal: UnrulyJournal, fault: AppendFault
) -> None:
    node = await here.node()
    room = await node.open()
    author, reader = await node.seated(ana, room), await node.seated(ben, room)
    for n in range(TIMES):
        journal.log.fault = fault
        author.send("post", id=f"p{n}", room=room, text=f"Note {n}")
        assert (await author.next("error", re=f"p{n}"))["code"] == "unavailable"
        await journal.log.land()
        author.send("post", id=f"p{n}", room=room, text=f"Note {n}")
        ack = await author.next("ack", re=f"p{n}")
        assert (ack["seq"], ack.get("duplicate", False)) == (n + 2, fault != "lost")
    for caller in (author, reader):
        await caller.has(TIMES + 1)
        assert [event["id"] for event in caller.events()[1:]] == [f"p{n}" for n in range(TIMES)]


async def test_a_lost_answer_whose_commit_is_found_is_an_ack(here: Site, journal: UnrulyJournal) -> None:
    node = await here.node()
    room = await node.open()
    author = await node.seated(ana, room)
    for n in range(TIMES):
        journal.log.fault = "landed"
        author.send("post", id=f"p{n}", room=room, text="Note")
        ack = await author.next("ack", "error")
        assert (ack["t"], ack["seq"], "duplicate" in ack) == ("ack", n + 2, False)


async def test_whom_it_concerns_is_told_once_it_is_sent_again(here: Site, journal: UnrulyJournal) -> None:
    node = await here.node()
    room = await node.open()
    author = await node.seated(ana, room)
    journal.log.fault = "landed, no look-up"
    author.send("post", id="p1", room=room, text="@dr_ben, please look.")
    assert (await author.next("error", re="p1"))["code"] == "unavailable"
    await author.has(2)
    author.send("post", id="p1", room=room, text="@dr_ben, please look.")
    assert (await author.next("ack", re="p1"))["duplicate"]
    await node.hub.node.telling.close()
    assert [notice.person for notice in node.notices.made] == ["ben"]


async def test_what_a_node_committed_and_told_nobody_is_seen_on_the_other_within_a_comparison_of_heads(
    here: Site, journal: UnrulyJournal
) -> None:
    node, far = await here.node(), await here.node()
    room = await node.open()
    author, reader = await node.seated(ana, room), await far.seated(ben, room)
    journal.log.fault = "landed, stuck"
    author.send("post", id="p1", room=room, text="Check the ECG.")
    await reader.next("event", "events")
    assert reader.events()[-1]["id"] == "p1"
    assert not author.of("ack")
    author.close()
    again = await far.seated(ana, room)
    again.send("post", id="p1", room=room, text="Check the ECG.")
    ack = await again.next("ack", re="p1")
    assert (ack["seq"], ack["duplicate"]) == (2, True)
