"""The ladder over SQLite and a real PostgreSQL: due rooms, tiers, notices, and many who look at once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from persistence.erasing import erase
from persistence.journal import open_journal
from persistence.moderation.notices import mark, told
from persistence.paging import looks
from persistence.paging.looks import LEASE_MS
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.chain import first_broken
from realtime.rooms.commands import Close, HandOver, Page, Post, Respond
from realtime.rooms.concerns import Concern, notice_of
from realtime.rooms.people import Person
from tests.builders import AT, ROOM, ana, ask, ben, cleo, mo
from tests.persistence.switchboard import RULES, Switchboard

READ_BACK = "Chest pain after a bite, two hours; antivenom?"
STAT_MS, HOUR_MS, DAY_MS = 120_000, 3_600_000, 24 * 3_600_000
accept = ask(Respond, page="", answer="accept", read_back=READ_BACK)
decline = ask(Respond, page="", answer="decline", reason="In theatre.")


@pytest.fixture
async def board(database: Sqlite | Postgres) -> AsyncIterator[Switchboard]:
    journal = open_journal(database)
    board = Switchboard(database, journal)
    await board.add()
    yield board
    await journal.close()


async def page_of(board: Switchboard) -> str:
    room, _ = await board.state(ROOM)
    return next(iter(room.pages))


async def said(board: Switchboard, *kinds: str) -> list[Any]:
    return [event.body for event in await board.log(ROOM) if event.kind in kinds]


async def respond(board: Switchboard, person: Person, command: Respond, id: str) -> None:
    await board.ask(person, replace(command, id=id, page=await page_of(board)))


async def test_a_stat_case_rings_at_once_whoever_is_near(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()

    (paged,) = await said(board, "paged")
    assert (paged.tier, paged.people, paged.deadline_at) == (5, ["ana"], AT + STAT_MS)
    (notice,) = await board.notices()
    assert (notice.person, notice.kind, notice.room, notice.page) == ("ana", "page", ROOM, paged.page)
    assert (notice.acuity, notice.deadline_at) == ("stat", AT + STAT_MS)
    assert notice.text == "Stat case, cardiology. Open Curbside."
    assert await board.due_at(ROOM) == AT + STAT_MS


async def test_who_is_asked_to_take_a_case_is_told_though_the_node_that_put_it_on_record_told_nobody(
    board: Switchboard,
) -> None:
    await board.open(ROOM, acuity="routine")
    await board.pager().step()
    await board.ask(cleo, ask(HandOver, id="h1", person="ben"))
    assert await board.notices() == []
    await board.pager().step()
    room, _ = await board.state(ROOM)
    event = next(event for event in await board.log(ROOM) if event.id == "h1")
    notices = await board.notices()
    assert told(notices) == [notice_of(Concern("ben", "hand_over"), room, event)]
    assert not any(spoken.told.notices for spoken in board.told), "they may have seen it"
    await board.ask(ben, replace(accept, id="r1", page="h1"))
    await board.pager().step()
    assert await board.notices() == notices


async def test_a_routine_case_rings_nobody_and_is_looked_at_a_day_later(board: Switchboard) -> None:
    await board.open(ROOM, acuity="routine")
    await board.pager().step()
    assert (len(await board.log(ROOM)), await board.notices()) == (1, [])
    assert await board.due_at(ROOM) == AT + DAY_MS


async def test_when_nobody_answers_the_next_tier_rings_and_at_last_a_human_who_is_named(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    board.now_ms += STAT_MS - 1
    await board.pager().step()
    assert len(await said(board, "paged")) == 1

    board.now_ms += 1
    await board.pager().step()

    assert [(body.tier, body.people) for body in await said(board, "paged")] == [(5, ["ana"]), (6, ["mo"])]
    assert [(body.tier, body.why) for body in await said(board, "escalated")] == [(5, "lapsed")]


async def test_after_the_last_tier_nothing_rings_any_more_but_whom_it_rang_may_still_take_it(
    board: Switchboard,
) -> None:
    await board.open(ROOM, acuity="stat")
    for _ in range(5):
        await board.pager().step()
        board.now_ms += STAT_MS
    assert [body.tier for body in await said(board, "paged")] == [5, 6]
    assert [body.tier for body in await said(board, "escalated")] == [5, 6]

    await respond(board, ana, accept, "a1")
    room, _ = await board.state(ROOM)
    assert room.card.help[0] == "answered"


async def test_when_all_decline_the_next_tier_rings_at_once(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    board.now_ms += 1_000
    await respond(board, ana, decline, "a1")
    await board.pager().step()
    assert [(body.tier, body.why) for body in await said(board, "escalated")] == [(5, "declined")]
    assert [body.people for body in await said(board, "paged")] == [["ana"], ["mo"]]


async def test_who_takes_it_ends_the_ladder_and_what_others_are_told(board: Switchboard) -> None:
    carl = replace(ana, id="carl", handle="dr_carl")
    await board.add(carl)
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    await respond(board, ana, accept, "a1")
    await board.pager().step()
    board.now_ms += HOUR_MS // 6
    await board.pager().step()
    assert len(await said(board, "paged")) == 1
    assert {notice.person: notice.ended for notice in await board.notices()} == {"ana": "taken", "carl": "taken"}


async def test_who_declines_is_told_of_it_no_more_on_any_channel(board: Switchboard) -> None:
    await board.add(replace(ana, id="carl", handle="dr_carl"))
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    board.now_ms += 1_000
    await respond(board, ana, decline, "a1")
    await board.pager().step()
    assert {notice.person: notice.ended for notice in await board.notices()} == {"ana": "over", "carl": None}


async def test_a_close_ends_the_ladder_and_what_people_are_told(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    await board.ask(cleo, ask(Close, disposition="Home", summary="Better."))
    await board.pager().step()
    assert [notice.ended for notice in await board.notices()] == ["over"]
    assert await board.due_at(ROOM) is None


async def test_many_who_look_at_once_let_each_tier_ring_once(board: Switchboard, database: Sqlite | Postgres) -> None:
    rooms = [f"room{n}" for n in range(6)]
    for room in rooms:
        await board.open(room, acuity="stat")
    for _ in range(3):
        pagers = [board.pager() for _ in range(3)]
        await asyncio.gather(*(pager.step() for pager in pagers))
        board.now_ms += STAT_MS
    for room in rooms:
        log = await board.log(room)
        assert [event.body.tier for event in log if event.kind == "paged"] == [5, 6]  # type: ignore[attr-defined]
        assert first_broken(await board.journal.records(room, 0, 100)) is None
    told = [(notice.id, notice.person) for notice in await board.notices()]
    assert len(told) == len(set(told)) == 2 * len(rooms)


async def test_a_look_that_was_begun_and_not_ended_is_taken_over_after_its_lease(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    assert await board.database.write(lambda sql: looks.claimed(sql, ROOM, board.now_ms))  # and is killed
    await board.pager().step()
    assert await said(board, "paged") == []
    board.now_ms += LEASE_MS
    await board.pager().step()
    assert len(await said(board, "paged")) == 1


async def test_what_was_looked_up_before_the_room_grew_is_not_written(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    late, early = board.pager(), board.pager()
    await asyncio.gather(late.look(ROOM), early.look(ROOM), board.ask(ana, ask(Post, text="I am here.")))
    await board.pager().step()
    assert [body.tier for body in await said(board, "paged")] == [5]
    assert len(await board.notices()) == 1


async def test_a_person_who_was_asked_for_is_the_only_one_who_is_rung(board: Switchboard) -> None:
    await board.open(ROOM, acuity="asap")
    await board.ask(cleo, ask(Page, id="p1", person="ben", note="You know vipers."))
    await board.pager().step()
    rung = [body for body in await said(board, "paged") if body.page == "p1" and body.tier]
    assert [(body.tier, body.people, body.person) for body in rung] == [(1, ["ben"], "ben")]
    board.now_ms += HOUR_MS
    await board.pager().step()
    room, _ = await board.state(ROOM)
    assert (room.pages["p1"].state, len(room.pages["p1"].rings)) == ("over", 1)


async def test_another_specialty_climbs_the_ladder_of_its_own(board: Switchboard) -> None:
    await board.open(ROOM, acuity="asap")
    await board.ask(cleo, ask(Page, id="p1", specialty="toxicology"))
    await board.pager().step()
    board.now_ms += HOUR_MS
    await board.pager().step()
    rung = [body.people for body in await said(board, "paged") if body.page == "p1" and body.tier]
    assert rung == [["ben"], ["mo"]]


async def test_where_nobody_can_be_rung_the_record_says_so(board: Switchboard) -> None:
    await board.open(ROOM, mo, acuity="stat", specialties=["surgery"], reach="team")
    await board.pager().step()
    (wish,), (over,) = await said(board, "paged"), await said(board, "escalated")
    assert (wish.tier, wish.people, over.tier, over.why) == (0, [], 0, "nobody")
    assert (await board.due_at(ROOM)) == AT + DAY_MS


async def test_where_the_coordinator_asks_the_moderators_are_the_last(board: Switchboard) -> None:
    board.rules = RULES._replace(ladder=replace(RULES.ladder, coordinators={"": "nurse_cleo"}))
    await board.open(ROOM, acuity="stat", specialties=["surgery"])
    await board.pager().step()
    assert [body.people for body in await said(board, "paged")] == [["mo"]]


async def test_an_institution_may_have_a_coordinator_of_its_own(board: Switchboard) -> None:
    names = {"": "mo_mod", cleo.institution: "dr_ben"}
    board.rules = RULES._replace(ladder=replace(RULES.ladder, coordinators=names))
    await board.open(ROOM, acuity="stat", specialties=["surgery"], reach="team")
    await board.pager().step()
    assert [body.people for body in await said(board, "paged")] == [["ben"]]


async def test_a_case_in_which_somebody_speaks_at_once_is_paged_all_the_same(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ben, ask(Post, text="I am no cardiologist, but I am here."))
    await board.pager().step()
    assert [body.people for body in await said(board, "paged")] == [["ana"]]


async def test_a_case_of_an_earlier_version_in_which_somebody_has_spoken_rings_nobody(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.ask(ben, ask(Post, text="Transfer."))
    board.now_ms += DAY_MS
    await board.pager().step()
    assert await said(board, "paged") == []


async def test_nobody_but_a_stat_case_s_people_is_interrupted_more_often_than_the_limit(board: Switchboard) -> None:
    for n in range(6):
        await board.open(f"room{n}", acuity="asap")
        await board.pager().step()
    rung = [notice.person for notice in await board.notices()]
    assert (rung.count("ana"), rung.count("mo")) == (4, 2)
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    assert (await said(board, "paged"))[0].people == ["ana"]


async def test_a_case_of_words_that_were_erased_keeps_none_when_it_is_paged(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat", title="CANARY")
    await board.database.write(lambda sql: erase(sql, ROOM, 1, AT))
    await board.pager().step()
    card = await board.journal.card(ROOM)
    assert card is not None and card.paged_at == AT
    assert card.case.title == "(erased)"


async def test_whom_a_page_rings_has_the_case_on_their_list(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat", reach="team", specialties=["surgery"])
    await board.pager().step()
    (paged,) = await said(board, "paged")
    assert paged.people == ["mo"]
    card = await board.journal.card(ROOM)
    assert card is not None and card.rung == {"mo"}


async def test_a_quiet_room_asks_its_presenter_once_for_each_quiet_time(board: Switchboard) -> None:
    await board.open(ROOM, acuity="routine")
    await board.pager().step()
    for _ in range(3):
        board.now_ms += DAY_MS
        await board.pager().step()
    assert [(notice.person, notice.kind) for notice in await board.notices()] == [("cleo", "follow_up")]
    await board.ask(ana, ask(Post, text="How is it going?"))
    await board.pager().step()
    board.now_ms += DAY_MS
    await board.pager().step()
    assert len(await board.notices()) == 2


async def test_who_took_a_stat_case_is_asked_to_take_it_over_when_its_presenter_is_gone(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    await respond(board, ana, accept, "a1")
    await board.pager().step()
    board.now_ms += 15 * 60_000
    for _ in range(2):
        await board.pager().step()
        board.now_ms += 60_000
    (notice,) = [notice for notice in await board.notices() if notice.kind == "hand_over"]
    assert (notice.person, notice.room) == ("ana", ROOM)


async def test_a_presenter_who_speaks_is_not_gone(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    await respond(board, ana, accept, "a1")
    await board.pager().step()
    board.now_ms += 14 * 60_000
    await board.ask(cleo, ask(Post, text="Still here."))
    board.now_ms += 2 * 60_000
    await board.pager().step()
    assert [notice.kind for notice in await board.notices()] == ["page"]


async def test_a_deployment_that_does_not_page_for_an_acuity_does_not(board: Switchboard) -> None:
    board.rules = RULES._replace(behaviours={**BEHAVIOURS, "urgent": BEHAVIOURS["routine"]})
    await board.open(ROOM, acuity="urgent")
    await board.pager().step()
    assert await said(board, "paged") == []


async def test_what_a_device_said_of_a_notice_stays_when_it_ends(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    (notice,) = await board.notices()
    await board.database.write(lambda sql: mark(sql, [(notice.id, "ana", "seen")], AT + 5))
    await respond(board, ana, accept, "a1")
    await board.pager().step()
    (notice,) = await board.notices()
    assert (notice.seen_at, notice.ended) == (AT + 5, "taken")


async def test_those_who_are_told_are_told_with_what_is_on_record(board: Switchboard) -> None:
    await board.open(ROOM, acuity="stat")
    await board.pager().step()
    (spoken,) = board.told
    assert (spoken.room, [record.kind for record in spoken.records]) == (ROOM, ["paged"])
    assert [notice.person for notice in spoken.told.notices] == ["ana"]
    assert spoken.card.help == ("paged", AT)
    assert ben.id not in spoken.card.rung


async def test_a_room_whose_chain_is_broken_keeps_no_other_from_ringing(board: Switchboard) -> None:
    for room in ("broken", ROOM):
        await board.open(room, acuity="stat")
    await board.database.write(
        lambda sql: sql.connection().execute(text("UPDATE event SET kind = 'pinned' WHERE room = 'broken'"))
    )
    await board.pager().step()
    assert len(await said(board, "paged")) == 1
    assert (await board.due_at("broken") or 0) > board.now_ms
