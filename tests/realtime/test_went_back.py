"""A journal that went back is noticed, by nodes and by what clients hold; each room raises one alarm."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from sqlmodel import Session

from persistence.journal import SqlJournal
from persistence.rows import EVENT, ROOM
from realtime import went_back
from realtime.rooms.chain import Record
from realtime.went_back import WentBack
from tests.builders import ana, ben, cleo, obi
from tests.live import Lines, LiveNode, Site, site
from tests.persistence.appends import posts


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Site]:
    async with site(tmp_path) as made:
        yield made


async def consult(node: LiveNode) -> tuple[str, list[Record]]:
    """A room in which cleo has posted five times, and its records."""
    room = await node.open()
    author = await node.seated(cleo, room)
    for n in range(5):
        author.send("post", id=f"p{n}", room=room, text=f"Note {n}")
        await author.next("ack", re=f"p{n}")
    author.close()
    return room, await node.hub.node.journal.records(room, 0, 100)


async def put_back(here: Site, to: Record) -> None:
    """Let the journal be what it was after `to`."""

    def cut(session: Session) -> None:
        connection = session.connection()
        connection.execute(EVENT.delete().where(EVENT.c.room == to.room, EVENT.c.seq > to.seq))
        connection.execute(ROOM.update().where(ROOM.c.id == to.room).values(seq=to.seq, head=to.digest))

    await cast(SqlJournal, here.journal)._database.write(cut)


def alarm(node: LiveNode) -> WentBack:
    return node.hub.node.went_back


def lines(node: LiveNode) -> list[tuple[str, str, str, str]]:
    return [line for line in node.audit.lines if line[0] == "journal_went_back"]


async def test_a_node_that_holds_more_sends_its_seats_away_and_says_both_positions(
    here: Site, caplog: pytest.LogCaptureFixture
) -> None:
    node = await here.node()
    room, log = await consult(node)
    seats = [await node.seated(person, room) for person in (ana, ben)]
    await put_back(here, log[2])
    for seat in seats:
        assert await seat.closed() == 1012
    held, has = f"seq 6 check {log[5].head.check}", f"seq 3 check {log[2].head.check}"
    assert lines(node) == [("journal_went_back", "system", room, f"held {held}, journal {has}")]
    said = [record.getMessage() for record in caplog.records if record.name == "curbside.went_back"]
    assert said == [f"the journal went back in room {room}: this node holds {held}, the journal has {has}"]
    back = await node.seated(ana, room, after=6, check=log[5].head.check)
    assert (back.of("joined")[0]["resumed"], back.of("joined")[0]["seq"]) == (False, 3)
    assert (alarm(node).alarms, alarm(node).positions) == (1, 1)


async def test_after_a_restart_of_all_nodes_what_clients_hold_raises_the_alarm_once(
    here: Site, caplog: pytest.LogCaptureFixture
) -> None:
    room, log = await consult(await here.node())
    await put_back(here, log[2])
    node = await here.node()
    for person in (ana, ben, obi):
        back = await node.seated(person, room, after=6, check=log[5].head.check)
        assert (back.of("joined")[0]["resumed"], back.of("joined")[0]["seq"]) == (False, 3)
    held, has = f"seq 6 check {log[5].head.check}", f"seq 3 check {log[2].head.check}"
    assert lines(node) == [("journal_went_back", "ana", room, f"held {held}, journal {has}")]
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        f"the journal went back in room {room}: a client holds {held}, the journal has {has}"
    ]
    assert (alarm(node).alarms, alarm(node).positions) == (1, 3)


async def test_a_log_that_went_on_otherwise_is_known_by_its_check(here: Site) -> None:
    room, log = await consult(await here.node())
    await put_back(here, log[2])
    node = await here.node()
    author = await node.seated(cleo, room)
    for n in range(5):
        author.send("post", id=f"q{n}", room=room, text=f"Another note {n}")
        await author.next("ack", re=f"q{n}")
    back = await node.seated(ana, room, after=6, check=log[5].head.check)
    assert back.of("joined")[0]["resumed"] is False
    assert f"held seq 6 check {log[5].head.check}, journal seq 6" in lines(node)[0][3]


async def test_a_node_that_missed_the_going_back_notices_where_the_chain_breaks(here: Site) -> None:
    node = await here.node()
    room, log = await consult(node)
    seat = await node.seated(ana, room)
    await put_back(here, log[2])
    await put_on(here, room, log)
    assert await seat.closed() == 1012
    assert len(lines(node)) == 1 and f"held seq 6 check {log[5].head.check}, journal seq" in lines(node)[0][3]


async def test_a_room_that_is_gone_altogether_is_noticed_too(here: Site) -> None:
    node = await here.node()
    caller = node.call(ana)
    caller.send("join", id="j", room="gone", after=5, check="0123456789abcdef")
    assert (await caller.next("error", re="j"))["code"] == "not_found"
    detail = "held seq 5 check 0123456789abcdef, journal nothing of it"
    assert lines(node) == [("journal_went_back", "ana", "gone", detail)]


async def test_who_is_new_or_fits_or_waits_for_a_delay_raises_nothing(here: Site) -> None:
    node = await here.node()
    room, log = await consult(node)
    await node.seated(ana, room)
    await node.seated(ana, room, after=0, check="0" * 16)
    await node.seated(ana, room, after=6, check=log[5].head.check)
    await node.seated(ana, room, after=3)
    presenter = await node.seated(cleo, room)
    presenter.send("observers", id="o1", room=room, mode="delayed", delay_s=600)
    await presenter.next("ack", re="o1")
    caller = node.call(obi)
    caller.send("join", id="j", room=room, after=6, check=log[5].head.check)
    await caller.next("error", "joined", re="j")
    caller.send("join", id="k", room="gone")
    await caller.next("error", re="k")
    assert (alarm(node).alarms, alarm(node).positions) == (0, 0)


def test_what_a_client_made_up_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    alarm = WentBack(Lines())
    alarm.claimed("case1", "ana", 5, "fever\nand rash", None)
    alarm.claimed("case2", "ana", 5, None, None)
    assert [record.getMessage().partition(": ")[2] for record in caplog.records] == [
        "a client holds seq 5 check unknown, the journal has nothing of it"
    ] * 2


def test_beyond_a_thousand_rooms_clients_are_counted_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(went_back, "MOST_ROOMS", 2)
    audit = Lines()
    alarm = WentBack(audit)
    for n in range(5):
        alarm.claimed(f"case{n}", "ana", 5, None, None)
    assert (alarm.alarms, alarm.positions, len(audit.lines)) == (2, 5, 2)


def test_one_who_makes_positions_up_cannot_drown_what_others_say() -> None:
    audit = Lines()
    alarm = WentBack(audit)
    for n in range(2_000):
        alarm.claimed(f"made{n}", "liar", 5, None, None)
    alarm.claimed("case1", "ana", 5, None, None)
    assert (alarm.alarms, alarm.positions) == (4, 2_001)
    assert [line[2] for line in audit.lines] == ["made0", "made1", "made2", "case1"]


async def put_on(here: Site, room: str, log: list[Record]) -> None:
    """Let the journal go on otherwise, beyond what was there, in one step."""
    await here.journal.append(posts(room, log[2].head, *(f"q{n}" for n in range(5))))
