"""Channels and what goes by them, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import pytest
from sqlmodel import Session, col, select

from persistence import people
from persistence.channels import deliveries, own, planning
from persistence.channels.addresses import Address, Hook, Keys, Mailbox, Number, Subscription
from persistence.channels.counts import counts
from persistence.channels.deliveries import LEASE_MS, MAIL_LEASE_MS, Claim
from persistence.channels.old import remove_old
from persistence.channels.own import Owner, Shown
from persistence.channels.tables import Channel, Delivery
from persistence.database import Database
from persistence.journal import open_journal
from persistence.moderation.notices import KEPT_MS, end, mark, notify
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.notices import How, Notice
from realtime.rooms.paging.routing import DAY_MS, KINDS, PAGE_MS, SECOND_MS
from tests.builders import AT, PEOPLE, ROOM
from tests.persistence.appends import opens

KEYS: Final = Keys(b"k" * 32)
BEN: Final = Owner(person="ben")
LAKE: Final = Owner(institution="lake_hospital")
PHONE: Final = Number("+15550100")
BOX: Final = Mailbox("ben@example.org")
PUSH: Final = Subscription("https://push.example/1", "p", "a")
HOOK: Final = Hook("https://pager.example/", "whsec_c2VjcmV0")
ANY: Final[Mapping[str, int]] = dict.fromkeys(KINDS, 9)
KIND: Final = {Number: "sms", Mailbox: "email", Subscription: "push", Hook: "webhook"}


class Desk:
    """The database, with a clock in hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now_ms = AT

    async def add(self, address: Address, owner: Owner = BEN, proved: bool = True, **parts: Any) -> Shown:
        given = {"kind": KIND[type(address)], "label": "", "address": address, "now_ms": self.now_ms, **parts}
        made = await self.database.write(lambda sql: own.add(sql, KEYS, owner, **given))
        if proved:
            await self.database.write(partial(_prove, made.id))
        return made

    async def tell(self, id: str = "n1", person: str = "ben", **parts: Any) -> None:
        given = {"kind": "page", "text": "t", "acuity": "stat", "room": ROOM, "at": self.now_ms, **parts}
        await self.database.write(lambda sql: notify(sql, [Notice(id=id, person=person, **given)]))

    async def plan(self) -> int:
        return await self.database.write(lambda sql: planning.plan(sql, self.now_ms, SECOND_MS))

    async def claim(self, busy: Sequence[str] = (), free: Mapping[str, int] = ANY) -> list[Claim]:
        return await self.database.write(lambda sql: deliveries.claimed(sql, busy, free, self.now_ms))

    async def settle(self, claim: Claim, outcome: Any = "sent", error: str | None = None) -> bool:
        return await self.database.write(lambda sql: deliveries.settle(sql, claim, outcome, error, self.now_ms))

    async def mark(self, how: How, notice: str = "n1") -> None:
        await self.database.write(lambda sql: mark(sql, [(notice, "ben", how)], self.now_ms))

    async def rows(self) -> dict[str, list[tuple[str, str | None]]]:
        """By kind of channel, in which states its deliveries are, and with which error."""
        found = await self.database.read(lambda sql: sql.exec(select(Delivery).order_by(col(Delivery.notice))).all())
        states: dict[str, list[tuple[str, str | None]]] = {}
        for row in found:
            states.setdefault(row.kind, []).append((row.state, row.error))
        return states

    async def own(self, owner: Owner = BEN) -> list[Shown]:
        return await self.database.read(lambda sql: own.of_owner(sql, KEYS, owner))


def _prove(channel: str, session: Session) -> None:
    row = session.get_one(Channel, channel)
    row.verified_at = AT
    session.add(row)


@pytest.fixture
async def desk(database: Sqlite | Postgres) -> Desk:
    await database.write(lambda sql: people.add_many(sql, PEOPLE.values(), AT))
    journal = open_journal(database)
    await journal.append(opens(ROOM))
    await journal.close()
    return Desk(database)


async def test_a_channel_is_shown_to_its_owner_only_as_far_as_they_need_it(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.add(BOX)
    shown = {one.kind: one.address for one in await desk.own()}
    assert shown == {"sms": "+15 … 00", "email": "b…@example.org"}
    assert await desk.own(Owner(person="ana")) == []


async def test_an_address_is_not_in_the_database_as_it_is(desk: Desk) -> None:
    await desk.add(PHONE)
    row = (await desk.database.read(lambda sql: sql.exec(select(Channel)).all()))[0]
    assert b"5550100" not in row.sealed + row.digest
    assert KEYS.opened(row.id, row.sealed) == PHONE
    with pytest.raises(ValueError, match="cannot be opened"):
        KEYS.opened("another", row.sealed)


async def test_the_same_address_is_one_channel(desk: Desk) -> None:
    first = await desk.add(PUSH)
    await desk.database.write(lambda sql: own.disable(sql, first.id, "http_410", AT))
    assert (await desk.own())[0].disabled_why == "http_410"
    again = await desk.add(PUSH)
    assert again.id == first.id and [one.disabled_at for one in await desk.own()] == [None]


async def test_a_browser_is_one_persons_at_a_time(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.add(PUSH, Owner(person="ana"))
    assert await desk.own() == []
    assert len(await desk.own(Owner(person="ana"))) == 1


async def test_a_phone_may_be_two_peoples(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.add(PHONE, Owner(person="ana"))
    assert len(await desk.own()) == 1


async def test_nobody_has_more_channels_than_twelve(desk: Desk) -> None:
    for number in range(own.MOST):
        await desk.add(Number(f"+1555{number:04}"), proved=False)
    with pytest.raises(ValueError, match="12 channels already"):
        await desk.add(BOX)


async def test_a_code_proves_a_channel_and_wrong_ones_run_out(desk: Desk) -> None:
    made = await desk.add(PHONE, proved=False)
    code = await desk.database.write(lambda sql: own.make_code(sql, KEYS, made.id, AT))
    wrong = f"{(int(code) + 1) % 10**6:06}"

    async def right(code: str, now_ms: int = AT) -> bool:
        return await desk.database.write(lambda sql: own.proved(sql, KEYS, sql.get_one(Channel, made.id), code, now_ms))

    assert not await right(code, AT + own.VALID_MS)
    for _ in range(own.TRIES - 1):
        assert not await right(wrong)
    assert await right(code)
    assert not await right(code)
    assert (await desk.own())[0].verified_at == AT


async def test_five_wrong_codes_are_the_end_of_it(desk: Desk) -> None:
    made = await desk.add(PHONE, proved=False)
    code = await desk.database.write(lambda sql: own.make_code(sql, KEYS, made.id, AT))
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for said in (*[wrong] * own.TRIES, code):
        found = await desk.database.write(
            lambda sql, said=said: own.proved(sql, KEYS, sql.get_one(Channel, made.id), said, AT)  # type: ignore[misc]
        )
        assert not found


async def test_a_notice_finds_its_way_once(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    assert await desk.plan() == 1
    assert await desk.plan() == 0
    assert await desk.rows() == {"push": [("waiting", None)]}


async def test_what_is_not_proved_or_not_there_is_not_used(desk: Desk) -> None:
    await desk.add(PHONE, proved=False)
    await desk.tell()
    assert await desk.plan() == 1
    assert await desk.rows() == {}


async def test_an_institutions_system_is_told_of_its_peoples_pages_only(desk: Desk) -> None:
    await desk.add(HOOK, LAKE)
    await desk.tell("n1", "ben")
    await desk.tell("n2", "ana")
    await desk.tell("n3", "ben", kind="mention", acuity=None)
    await desk.plan()
    assert await desk.rows() == {"webhook": [("waiting", None)]}
    (claim,) = await desk.claim()
    assert (claim.told[0].notice.id, claim.told[0].handle) == ("n1", "dr_ben")


async def test_an_institutions_system_does_not_stand_in_for_a_silenced_person(desk: Desk) -> None:
    await desk.add(HOOK, LAKE)
    made = await desk.add(PUSH)
    await desk.database.write(lambda sql: own.choose(sql, sql.get_one(Channel, made.id), []))
    await desk.tell()
    await desk.plan()
    assert sorted(await desk.rows()) == ["push", "webhook"]


async def test_what_goes_out_is_made_of_the_case_without_its_words(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    await desk.plan()
    (claim,) = await desk.claim()
    assert claim.told[0].message.title == "Stat case, cardiology"
    assert claim.told[0].message.path == f"/case/{ROOM}"


async def test_what_was_not_seen_in_time_goes_by_the_second_channel(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.tell()
    await desk.plan()
    desk.now_ms = AT + SECOND_MS - 1
    assert await desk.claim() == []
    desk.now_ms += 1
    assert [claim.kind for claim in await desk.claim()] == ["sms"]


async def test_what_was_seen_needs_no_second_channel(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.tell()
    await desk.plan()
    await desk.mark("delivered")
    await desk.mark("seen")
    desk.now_ms = AT + SECOND_MS
    assert await desk.claim() == []
    assert await desk.rows() == {"sms": [("skipped", "seen")]}


async def test_what_only_a_device_has_got_still_rings(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.tell()
    await desk.plan()
    await desk.mark("delivered")
    desk.now_ms = AT + SECOND_MS
    assert len(await desk.claim()) == 1


async def test_what_somebody_else_has_taken_rings_no_more(desk: Desk) -> None:
    await desk.add(PHONE)
    await desk.tell(page="p1")
    await desk.plan()
    await desk.database.write(lambda sql: end(sql, ROOM, "p1", "taken", AT))
    desk.now_ms = AT + SECOND_MS
    assert await desk.claim() == []
    assert await desk.rows() == {"sms": [("skipped", "ended")]}


async def test_two_workers_claim_once(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    await asyncio.gather(desk.plan(), desk.plan())
    claims = await asyncio.gather(desk.claim(), desk.claim())
    assert sorted(map(len, claims)) == [0, 1]


async def test_a_lease_that_ends_lets_another_one_send_and_the_first_one_settles_nothing(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    await desk.plan()
    (first,) = await desk.claim()
    desk.now_ms += LEASE_MS
    (second,) = await desk.claim()
    assert (first.attempt, second.attempt) == (1, 2)
    assert not await desk.settle(first, "failed")
    assert await desk.settle(second)
    assert await desk.rows() == {"push": [("sent", None)]}
    assert (await desk.own())[0].sent_at == desk.now_ms


async def test_what_is_to_be_tried_again_waits_for_its_time(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    await desk.plan()
    (claim,) = await desk.claim()
    await desk.database.write(lambda sql: deliveries.postpone(sql, claim, "http_503", AT + 2_000))
    assert await desk.claim() == []
    desk.now_ms = AT + 2_000
    assert len(await desk.claim()) == 1


async def test_after_the_deadline_it_is_given_up(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell(deadline_at=AT + 60_000)
    await desk.plan()
    desk.now_ms = AT + 60_000
    assert await desk.claim() == []
    assert await desk.rows() == {"push": [("given_up", "late")]}


async def test_a_channel_or_a_kind_that_is_busy_is_left_alone(desk: Desk) -> None:
    made = await desk.add(PUSH)
    await desk.tell()
    await desk.plan()
    assert await desk.claim([made.id]) == []
    assert await desk.claim([], {**ANY, "push": 0}) == []
    assert len(await desk.claim()) == 1


async def test_no_more_are_claimed_than_can_begin(desk: Desk) -> None:
    for person in ("ana", "ben", "cleo"):
        await desk.add(BOX, Owner(person=person))
        await desk.tell(f"for_{person}", person)
    await desk.plan()
    desk.now_ms = AT + SECOND_MS
    first = await desk.claim([], {**ANY, "email": 2})
    rest = await desk.claim([], {**ANY, "email": 2})
    assert (len(first), len(rest)) == (2, 1)


async def test_one_channel_is_given_one_thing_at_a_time(desk: Desk) -> None:
    made = await desk.add(PUSH)
    for number in (1, 2):
        await desk.tell(f"n{number}")
    await desk.plan()
    (first,) = await desk.claim()
    assert await desk.claim([made.id]) == []
    await desk.settle(first)
    (second,) = await desk.claim()
    assert {first.key[0], second.key[0]} == {"n1", "n2"}


async def test_a_channel_that_was_removed_or_disabled_meanwhile_is_not_used(desk: Desk) -> None:
    pushed, mailed = await desk.add(PUSH), await desk.add(BOX)
    await desk.tell(acuity="asap")
    await desk.plan()
    await desk.database.write(lambda sql: own.remove(sql, pushed.id))
    await desk.database.write(lambda sql: own.disable(sql, mailed.id, "bad_address", AT))
    assert await desk.claim() == []
    assert await desk.rows() == {"email": [("skipped", "disabled")], "push": [("skipped", "gone")]}


async def test_mails_are_gathered_and_done_with_together(desk: Desk) -> None:
    await desk.add(BOX)
    for number in (1, 2, 3):
        await desk.tell(f"n{number}", kind="mention", at=AT + number)
    desk.now_ms = AT + 3
    await desk.plan()
    await desk.mark("seen", "n3")
    desk.now_ms = AT + 15 * 60_000 + 1
    (claim,) = await desk.claim()
    assert [told.notice.id for told in claim.told] == ["n1", "n2"]
    desk.now_ms += MAIL_LEASE_MS
    (again,) = await desk.claim()
    assert [told.notice.id for told in again.told] == ["n1", "n2"], "nothing is lost with who held it"
    await desk.settle(again)
    assert await desk.rows() == {"email": [("sent", None), ("sent", None), ("skipped", "seen")]}


async def test_what_ended_is_counted(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.add(PHONE)
    await desk.tell()
    await desk.plan()
    (claim,) = await desk.claim()
    desk.now_ms = AT + 1_500
    await desk.settle(claim)
    found = await desk.database.read(lambda sql: counts(sql, AT + PAGE_MS))
    assert found.ended == {("push", "sent"): 1}
    assert found.within == {("push", 2): 1}
    assert found.total_ms == {"push": 1_500}
    assert found.waiting == 1


async def test_a_month_later_it_is_gone(desk: Desk) -> None:
    await desk.add(PUSH)
    await desk.tell()
    await desk.plan()
    assert await desk.database.write(lambda sql: remove_old(sql, AT + DAY_MS)) == 0
    assert await desk.database.write(lambda sql: remove_old(sql, AT + KEPT_MS + 1)) == 1
    assert await desk.rows() == {}
