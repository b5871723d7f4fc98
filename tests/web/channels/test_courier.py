"""The courier: from a notice in the database to a request that arrives."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from persistence import people
from persistence.channels.addresses import Keys
from persistence.channels.deliveries import LEASE_MS, lease_ms
from persistence.channels.tables import Channel
from persistence.sqlite import Sqlite
from realtime.errors import Unavailable
from tests.builders import PEOPLE
from tests.web.channels.couriers import add, courier, hook, mailbox, rows, tell
from tests.web.channels.listener import Listener, listener
from tests.web.channels.test_senders import Browser
from tests.web.databases import migrated
from tests.web.post_office import post_office
from web import smtp
from web.channels import courier as module
from web.channels import mailing, outgoing
from web.channels.mailing import Mailing
from web.clock import now_ms
from web.mail import AT_ONCE, Mail


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Sqlite]:
    async with migrated(tmp_path) as opened:
        await opened.write(lambda sql: people.add_many(sql, PEOPLE.values(), now_ms()))
        yield opened


class Clock:
    """The real time, and what was added to it."""

    def __init__(self) -> None:
        self.more_ms = 0

    def __call__(self) -> int:
        return now_ms() + self.more_ms


async def test_a_page_arrives_and_is_on_record(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database)
    sending = courier(database)
    assert await sending.step()
    await sending.idle()
    (row,) = await rows(database)
    assert (len(far.asked), row.state, row.attempts) == (1, "sent", 1)
    assert row.sent_at is not None and row.sent_at >= row.at
    assert not await sending.step()


async def test_two_couriers_send_once(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    for number in range(5):
        await tell(database, f"n{number}")
    both = courier(database), courier(database)
    while await asyncio.gather(*(one.step() for one in both)) != [False, False]:
        await asyncio.gather(*(one.idle() for one in both))
    assert len(far.asked) == 5
    assert {row.state for row in await rows(database)} == {"sent"}


async def test_what_fails_is_tried_again_under_the_same_id(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database)
    far.answers = [503, 500]
    clock = Clock()
    sending = courier(database, clock)
    for _ in range(3):
        assert await sending.step()
        await sending.idle()
        clock.more_ms += 4_000
    (row,) = await rows(database)
    assert (row.state, row.attempts, row.error) == ("sent", 3, None)
    assert len({asked.headers["webhook-id"] for asked in far.asked}) == 1


async def test_it_is_given_up_at_the_deadline(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database, deadline_at=now_ms() + 1_000)
    far.answers = [503] * 9
    sending = courier(database)
    await sending.step()
    await sending.idle()
    (row,) = await rows(database)
    assert (row.state, row.error) == ("given_up", "http_503")


async def test_a_subscription_that_is_gone_is_not_used_again(database: Sqlite, far: Listener) -> None:
    channel = await add(database, "push", Browser(far.url).subscription)
    await tell(database)
    far.answers = [410]
    sending = courier(database)
    await sending.step()
    await sending.idle()
    (row,) = await rows(database)
    kept = await database.read(lambda sql: sql.get_one(Channel, channel))
    assert (row.state, row.error, kept.disabled_why) == ("failed", "http_410", "http_410")
    await tell(database, "n2")
    await sending.step()
    assert len(await rows(database)) == 1


async def test_a_channel_that_hangs_holds_up_no_other(database: Sqlite, far: Listener) -> None:
    far.free.clear()
    with listener() as quick:
        await hook(database, far.url)
        await hook(database, quick.url, "ana")
        for person in ("ben", "ana"):
            await tell(database, person=person)
        sending = courier(database)
        await sending.step()
        await asyncio.to_thread(far.reached.wait, 5)
        await asyncio.to_thread(quick.reached.wait, 5)
        await tell(database, "n2", "ana")
        quick.reached.clear()
        while not quick.reached.is_set():
            await sending.step()
            await asyncio.to_thread(quick.reached.wait, 0.05)
        assert (len(far.asked), len(quick.asked)) == (1, 2)
        far.free.set()
        await sending.idle()


async def test_what_one_process_cannot_send_is_left_to_one_that_can(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database)
    unable, able = courier(database, senders={}), courier(database)
    for one in (unable, able):
        await one.step()
        await one.idle()
    (row,) = await rows(database)
    assert (row.state, row.attempts, len(far.asked)) == ("sent", 1, 1)


async def test_what_nobody_can_send_says_why_once_it_is_too_late(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database, deadline_at=now_ms() + 1_000)
    clock = Clock()
    sending = courier(database, clock, senders={})
    assert await sending.step() and not await sending.step()
    assert [row.state for row in await rows(database)] == ["waiting"]
    clock.more_ms = 1_000
    await sending.step()
    (row,) = await rows(database)
    assert (row.state, row.error) == ("given_up", "not_configured")


async def test_what_one_process_cannot_open_is_left_to_one_that_can(
    database: Sqlite, far: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    channel = await hook(database, far.url)
    await tell(database)
    clock = Clock()
    strange, right = courier(database, clock, keys=Keys(b"another" * 8)), courier(database, clock)
    for one in (strange, strange, right):
        await one.step()
        await one.idle()
        clock.more_ms += 4_000
    (row,) = await rows(database)
    kept = await database.read(lambda sql: sql.get_one(Channel, channel))
    assert (row.state, row.attempts, row.error, kept.disabled_at) == ("sent", 3, None, None)
    (said,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "CURBSIDE_VAULT_KEY" in said.getMessage()


async def test_what_nobody_can_open_waits_until_it_is_too_late(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database, deadline_at=now_ms() + 60_000)
    clock = Clock()
    strange = courier(database, clock, keys=Keys(b"another" * 8))
    for _ in range(4):
        await strange.step()
        await strange.idle()
        clock.more_ms += 15_000
    assert [(row.state, row.error) for row in await rows(database)] == [("waiting", "other_key")]
    clock.more_ms = 60_000
    await strange.step()
    assert [(row.state, row.error) for row in await rows(database)] == [("given_up", "other_key")]


async def test_a_courier_that_ends_lets_what_is_under_way_arrive(database: Sqlite, far: Listener) -> None:
    await hook(database, far.url)
    await tell(database)
    far.free.clear()
    running = asyncio.create_task(courier(database).run())
    await asyncio.to_thread(far.reached.wait, 5)
    running.cancel()
    far.free.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [row.state for row in await rows(database)] == ["sent"]


async def test_killed_in_the_middle_it_is_sent_again_and_not_lost(
    database: Sqlite, far: Listener, tmp_path: Path
) -> None:
    await hook(database, far.url)
    await tell(database)
    far.free.clear()
    command = [sys.executable, "-m", "tests.web.channels.couriers", str(tmp_path / "curbside.db")]
    process = await asyncio.create_subprocess_exec(*command)
    assert await asyncio.to_thread(far.reached.wait, 20)
    process.kill()
    await process.wait()
    far.free.set()
    clock = Clock()
    other = courier(database, clock)
    assert not await other.step(), "the lease of who was killed lasts"
    clock.more_ms = LEASE_MS
    assert await other.step()
    await other.idle()
    (row,) = await rows(database)
    assert (row.state, row.attempts, len(far.asked)) == ("sent", 2, 2)
    assert len({asked.headers["webhook-id"] for asked in far.asked}) == 1


async def test_a_mail_server_that_thinks_for_long_is_given_each_mail_once(
    database: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TELLING_S", 0.5)
    people = sorted(PEOPLE)[: AT_ONCE + 1]
    for person in people:
        await mailbox(database, person)
        await tell(database, person=person, acuity="asap")
    clock = Clock()
    with post_office() as office:
        office.scan_s = 0.8
        senders = {"email": Mailing(Mail(office.url, "curbside@example.org"), "")}
        both = [courier(database, clock, senders) for _ in range(2)]
        while len(office.taken) < len(people):
            for one in both:
                await one.step()
            await asyncio.sleep(0.2)
            clock.more_ms += LEASE_MS
        await asyncio.gather(*(one.idle() for one in both))
        assert sorted(to for to, _ in office.taken) == [[f"{person}@example.org"] for person in people]
    assert {(row.state, row.attempts) for row in await rows(database)} == {("sent", 1)}


def test_a_lease_is_longer_than_any_attempt() -> None:
    mail_s = smtp.TELLING_S + mailing.ANSWER_S + smtp.PARTING_S
    assert lease_ms("email") > 1_000 * mail_s + 60_000
    assert lease_ms("push") > 1_000 * outgoing.TIMEOUT_S + 10_000


async def test_what_came_of_it_is_on_record_when_the_database_is_back(
    database: Sqlite, far: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN_S", 0)
    await hook(database, far.url)
    await tell(database)
    far.free.clear()
    sending = courier(database)
    await sending.step()
    write, tries = database.write, iter([True, True, False])

    async def failing(fn: object) -> object:
        if next(tries):
            raise Unavailable("away")
        return await write(fn)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "write", failing)
    far.free.set()
    await sending.idle()
    assert [row.state for row in await rows(database)] == ["sent"]
