"""Moderation, over SQLite and a real PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from random import Random
from typing import Any, Final, cast

import msgspec
import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from persistence import people
from persistence.database import Database
from persistence.journal import open_journal
from persistence.moderation import entries, flags, notices, sanctions
from persistence.moderation.book import ModerationBook
from persistence.moderation.changes import changed, last_change
from persistence.moderation.endorsements import Endorsements, circles, edges
from persistence.moderation.notice_book import SqlNoticeBook
from persistence.moderation.rings import Edge, rings
from persistence.moderation.tables import Counted as CountedRoom
from persistence.moderation.tables import Endorsement, Sanction
from persistence.moderation.tables import Notice as NoticeRow
from persistence.postgres import Postgres
from persistence.sqlite import Sqlite
from persistence.tables import Event, Room
from realtime.ports import Append, Flagged
from realtime.rooms.chain import EMPTY
from realtime.rooms.commands import Close, Corroborate, Post
from realtime.rooms.fold import replay
from realtime.rooms.notices import Notice
from realtime.rooms.refusals import Refusal, Refused
from tests.builders import AT, PEOPLE, ROOM, ana, ask, ben, cleo, obi, records, story
from tests.contract.test_observers import Counted
from tests.persistence.appends import opens

FLAG: Final = Flagged(ROOM, "f1", "e2", "danger", "Ten times too much.", ana, True, AT)
WARNED: Final = Notice(id="n1", person="ben", kind="moderation", text="A moderator has warned you.", at=AT)


class Clock:
    """Unix ms, as told."""

    def __init__(self) -> None:
        self.now_ms = AT

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
async def settled(database: Database) -> Database:
    """A database with the tests' people."""
    await database.write(lambda sql: people.add_many(sql, PEOPLE.values(), AT))
    return database


@pytest.fixture
async def book(settled: Database) -> AsyncIterator[ModerationBook]:
    book = ModerationBook(settled, Clock())
    yield book
    await book.close()


async def test_a_flag_is_kept_once_and_moderators_are_told_once(settled: Database, book: ModerationBook) -> None:
    for _ in range(2):
        await book.flag(FLAG)
    others = [msgspec.structs.replace(FLAG, id=f"o{n}", person=obi, told=False, note=None) for n in range(1_000)]
    await asyncio.gather(*map(book.flag, others))

    (post,) = await settled.read(flags.undecided)
    assert (post.room, post.target, post.count, post.reasons) == (ROOM, "e2", 1_001, {"danger": 1_001})
    assert len(post.flags) == flags.MOST_SHOWN
    told = await settled.read(lambda sql: notices.unseen(sql, list(PEOPLE), AT))
    assert [(notice.person, notice.kind, notice.room) for notice in told] == [("mo", "moderation", ROOM)]
    assert "times" not in told[0].text


async def test_a_flag_that_the_database_does_not_take_keeps_no_other_from_the_moderators(
    settled: Database, book: ModerationBook
) -> None:
    bad = msgspec.structs.replace(FLAG, id="f2", at=2**63)
    outcomes = await asyncio.gather(book.flag(FLAG), book.flag(bad), return_exceptions=True)
    assert [outcome is None for outcome in outcomes] == [True, False]
    assert [post.count for post in await settled.read(flags.undecided)] == [1]


async def test_an_id_is_for_one_flag(book: ModerationBook) -> None:
    await book.flag(FLAG)
    other, own = msgspec.structs.replace(FLAG, note="Something else."), msgspec.structs.replace(FLAG, id="f2")
    outcomes = await asyncio.gather(book.flag(other), book.flag(own), return_exceptions=True)
    assert isinstance(outcomes[0], Refused)
    assert (outcomes[0].refusal, outcomes[1]) == (Refusal.CONFLICT, None)


async def test_a_decision_is_on_all_flags_of_a_post_that_wait(settled: Database, book: ModerationBook) -> None:
    for name, target in (("f1", "e2"), ("f2", "e2"), ("f3", "e3")):
        await book.flag(msgspec.structs.replace(FLAG, id=name, target=target))

    decided = await settled.write(lambda sql: flags.decide(sql, ROOM, "e2", "dismissed", "Usual dose.", "mo", AT))
    again = await settled.write(lambda sql: flags.decide(sql, ROOM, "e2", "upheld", "x", "mo", AT))
    assert (decided, again) == (2, 0)
    assert [post.target for post in await settled.read(flags.undecided)] == ["e3"]


async def imposed(database: Database, kind: sanctions.SanctionKind, until: int | None = None, at: int = AT) -> str:
    return await database.write(
        lambda sql: sanctions.impose(sql, person="ben", kind=kind, reason="Rude.", by="mo", until=until, now_ms=at).id
    )


async def test_a_muted_person_is_muted_until_the_end(settled: Database) -> None:
    clock = Clock()
    book = ModerationBook(settled, clock)
    await imposed(settled, "mute", AT + 60_000)
    assert await book.refresh() == set()
    assert (book.muted("ben"), book.muted("ana"), book.barred("ben")) == (True, False, False)
    clock.now_ms = AT + 60_000
    assert not book.muted("ben")
    await book.refresh()
    assert not book.muted("ben")


@pytest.mark.parametrize(("kind", "until"), [("suspend", AT + 60_000), ("ban", None)])
async def test_who_is_barred_is_told_of_once_and_may_come_back_when_it_is_lifted(
    settled: Database, kind: sanctions.SanctionKind, until: int | None
) -> None:
    clock = Clock()
    book = ModerationBook(settled, clock)
    await book.refresh()
    clock.now_ms += 30_000
    sanction = await imposed(settled, kind, until, at=clock.now_ms)
    assert await book.refresh() == {"ben"}
    assert await book.refresh() == set()
    assert book.barred("ben")
    assert "Reason: Rude." in (book.why_barred("ben") or "")

    clock.now_ms += 10_000
    await settled.write(lambda sql: sanctions.lift(sql, sanction, "Said sorry.", "mo", clock.now_ms))
    await book.refresh()
    assert (book.barred("ben"), book.why_barred("ben")) == (False, None)


async def test_of_two_mutes_the_longer_one_holds(settled: Database) -> None:
    clock = Clock()
    book = ModerationBook(settled, clock)
    await imposed(settled, "mute")
    await imposed(settled, "mute", AT + 1)
    await book.refresh()
    clock.now_ms = AT + 10**9
    assert book.muted("ben")


@pytest.mark.parametrize("behind_ms", [3_600_000, -3_600_000])
async def test_a_sanction_by_a_node_whose_clock_is_wrong_holds_here_and_ends_here(
    settled: Database, behind_ms: int
) -> None:
    book = ModerationBook(settled, Clock())
    await book.refresh()
    sanction = await imposed(settled, "ban", at=AT - behind_ms)
    assert await book.refresh() == {"ben"}
    await book.refresh()
    await settled.write(lambda sql: sanctions.lift(sql, sanction, "Said sorry.", "mo", AT - behind_ms))
    await book.refresh()
    assert not book.barred("ben")


async def test_a_clock_that_was_ahead_and_is_set_back_ends_no_sanction(settled: Database) -> None:
    clock = Clock()
    clock.now_ms = AT + 3_600_000
    book = ModerationBook(settled, clock)
    await imposed(settled, "mute", AT + 60_000)
    await book.refresh()
    assert not book.muted("ben")
    clock.now_ms = AT + 1_000
    await book.refresh()
    assert book.muted("ben")
    clock.now_ms = AT + 60_000
    assert not book.muted("ben")


async def test_who_came_in_while_a_clock_was_ahead_is_barred_when_it_is_set_back(settled: Database) -> None:
    clock = Clock()
    book = ModerationBook(settled, clock)
    await imposed(settled, "suspend", AT + 60_000)
    assert await book.refresh() == {"ben"}
    clock.now_ms = AT + 3_600_000
    assert await book.refresh() == set()
    assert not book.barred("ben")
    clock.now_ms = AT + 1_000
    assert await book.refresh() == {"ben"}


async def test_what_was_read_once_is_not_read_again(settled: Database) -> None:
    await imposed(settled, "ban")
    after = await settled.read(lambda sql: last_change(sql, Sanction))
    first = await changed(settled, Sanction, after)
    second = await changed(settled, Sanction, first.change)
    third = await changed(settled, Sanction, second.change)
    assert [[one.person for one in news.rows] for news in (first, second, third)] == [["ben"], ["ben"], []]
    assert third.change == second.change > after


async def test_readers_who_count_at_once_pass_over_nothing(settled: Database) -> None:
    read: list[set[str]] = [set() for _ in range(3)]
    after = [0] * 3

    async def look(reader: int) -> None:
        rows, after[reader] = await changed(settled, NoticeRow, after[reader])
        read[reader] |= {row.id for row in rows}

    for n in range(20):
        made = msgspec.structs.replace(WARNED, id=f"n{n}")
        making = settled.write(lambda sql, made=made: notices.notify(sql, [made]))  # type: ignore[misc]
        await asyncio.gather(making, *map(look, range(3)))
    await asyncio.gather(*map(look, range(3)))
    assert read == [{f"n{n}" for n in range(20)}] * 3


@pytest.mark.parametrize(
    ("person", "kind", "until", "by", "sentence"),
    [
        ("nobody", "warn", None, "mo", "There is nobody"),
        ("mo", "warn", None, "mo", "Nobody moderates themselves"),
        ("ben", "mute", AT, "mo", "`until` is in the past"),
        ("ben", "ban", AT + 1, "mo", "A ban has no end"),
        ("ben", "suspend", None, "mo", "A suspension has an end"),
    ],
)
async def test_a_sanction_that_cannot_be_is_refused_in_a_sentence(
    settled: Database, person: str, kind: sanctions.SanctionKind, until: int | None, by: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        await settled.write(
            lambda sql: sanctions.impose(sql, person=person, kind=kind, reason="Rude.", by=by, until=until, now_ms=AT)
        )
    assert await settled.read(lambda sql: sanctions.in_force(sql, AT)) == []


async def test_a_sanction_is_lifted_once(settled: Database) -> None:
    sanction = await imposed(settled, "ban")
    await settled.write(lambda sql: sanctions.lift(sql, sanction, "Said sorry.", "mo", AT))
    for name, sentence in ((sanction, "over already"), ("none", "no sanction")):
        with pytest.raises(ValueError, match=sentence):
            await settled.write(lambda sql, name=name: sanctions.lift(sql, name, "x", "mo", AT))  # type: ignore[misc]


async def test_a_notice_is_there_until_it_is_seen(settled: Database) -> None:
    notes = SqlNoticeBook(settled, Clock())
    for _ in range(2):
        await settled.write(lambda sql: notices.notify(sql, [WARNED]))
    assert await notes.unseen(["ana", "ben"]) == [WARNED]
    assert await notes.news() == [WARNED]

    notes.noticed("n1", "ben", "delivered")
    notes.noticed("n1", "ana", "seen")
    notes.noticed("n2", "ben", "seen")
    assert not await notes.settle()
    assert await notes.news() == [msgspec.structs.replace(WARNED, delivered=True)]

    notes.noticed("n1", "ben", "seen")
    await notes.settle()
    assert await notes.unseen(["ben"]) == []


async def test_what_somebody_has_seen_is_not_told_again_before_that_is_written(settled: Database) -> None:
    notes = SqlNoticeBook(settled, Clock())
    assert await notes.news() == []
    await settled.write(lambda sql: notices.notify(sql, [WARNED, msgspec.structs.replace(WARNED, id="n2")]))
    notes.noticed("n1", "ben", "seen")
    notes.noticed("n2", "ben", "delivered")
    assert [(one.id, one.delivered, one.seen) for one in await notes.news()] == [
        ("n1", True, True),
        ("n2", True, False),
    ]
    assert [one.id for one in await notes.unseen(["ben"])] == ["n2"]


async def test_what_is_written_while_it_is_read_is_not_told_again(settled: Database) -> None:
    await settled.write(lambda sql: notices.notify(sql, [WARNED]))

    class Slow:
        """A database whose answers come after what waits was written."""

        def __getattr__(self, name: str) -> Any:
            return getattr(settled, name)

        async def read(self, ask: Callable[[Session], Any]) -> Any:
            answer = await settled.read(ask)
            await notes.settle()
            return answer

    notes = SqlNoticeBook(cast(Database, Slow()), Clock())
    notes.noticed("n1", "ben", "seen")
    assert await notes.unseen(["ben"]) == []


@pytest.mark.parametrize("behind_ms", [0, 3_600_000, -3_600_000])
async def test_a_notice_is_news_once_whatever_the_clock_of_who_made_it(settled: Database, behind_ms: int) -> None:
    notes = SqlNoticeBook(settled, Clock())
    assert await notes.news() == []
    for name in ("n1", "n2"):
        made = msgspec.structs.replace(WARNED, id=name, at=AT - behind_ms)
        await settled.write(lambda sql, made=made: notices.notify(sql, [made]))  # type: ignore[misc]
        assert made in await notes.news()
        assert await notes.news() == [made]
        assert await notes.news() == []


async def test_what_the_live_side_makes_is_there_once_it_is_settled_and_once(settled: Database) -> None:
    notes = SqlNoticeBook(settled, Clock())
    assert await notes.news() == []
    notes.notify([WARNED, msgspec.structs.replace(WARNED, id="n2")])
    notes.notify([WARNED])
    assert await notes.settle()
    assert {notice.id for notice in await notes.news()} == {"n1", "n2"}
    assert [notice.id for notice in await notes.unseen(["ben"])] == ["n1", "n2"]


async def test_what_is_made_while_people_are_greeted_is_news(settled: Database) -> None:
    notes = SqlNoticeBook(settled, Clock())
    assert await notes.unseen(["ben"]) == []
    await settled.write(lambda sql: notices.notify(sql, [WARNED]))
    await changed(settled, NoticeRow, 0)
    assert await notes.news() == [WARNED]


async def test_many_marks_are_written_in_pieces(settled: Database) -> None:
    made = [msgspec.structs.replace(WARNED, id=f"n{n}") for n in range(450)]
    await settled.write(lambda sql: notices.notify(sql, made))
    counted = Counted(settled)
    notes = SqlNoticeBook(cast(Database, counted), Clock())
    for notice in made:
        notes.noticed(notice.id, "ben", "seen")
    await notes.settle()
    assert counted.calls["write"] == 3
    assert await notes.unseen(["ben"]) == []


async def test_a_notice_that_nobody_looked_at_for_a_month_is_told_no_more(settled: Database) -> None:
    await settled.write(lambda sql: notices.notify(sql, [WARNED]))
    late = AT + notices.KEPT_MS
    assert await settled.read(lambda sql: notices.unseen(sql, ["ben"], late)) == []


async def test_sealed_rooms_are_counted_once_whoever_counts(settled: Database) -> None:
    journal = open_journal(cast(Sqlite | Postgres, settled))
    events = story(
        (ana, ask(Post, text="Antivenom.")),
        (ana, ask(Post, text="Now.")),
        (ben, ask(Corroborate, target="e2", stance="agree")),
        (ben, ask(Corroborate, target="e3", stance="agree")),
        (cleo, ask(Close, disposition="x", summary="x")),
    )
    room = replay(events)
    assert room is not None
    await journal.append(Append(ROOM, EMPTY, records(events), room.card))
    counting = [Endorsements(settled, journal) for _ in range(3)]
    await asyncio.gather(*(one.step() for one in counting))
    assert await settled.read(edges) == []

    await settled.write(lambda sql: sql.execute(update(Room).values(sealed_upto=len(events))))
    await asyncio.gather(*(one.step() for one in counting))
    assert await settled.read(edges) == [Edge("ben", "ana", 1, 2)]
    await journal.close()


async def test_a_room_that_cannot_be_read_keeps_no_other_from_being_counted(
    settled: Database, caplog: pytest.LogCaptureFixture
) -> None:
    journal = open_journal(cast("Sqlite | Postgres", settled))
    opened = {name: opens(name) for name in ("broken", "whole")}
    for wish in opened.values():
        await journal.append(wish)
    await settled.write(lambda sql: sql.execute(update(Room).values(status="closed", sealed_upto=1)))
    await settled.write(lambda sql: sql.execute(update(Event).where(col(Event.room) == "broken").values(body=b"?")))

    counting = Endorsements(settled, journal)
    for _ in range(2):
        await counting.step()

    assert await settled.read(lambda sql: list(sql.exec(select(CountedRoom.room)))) == ["whole"]
    assert caplog.text.count("room broken is left out") == 1
    await journal.close()


async def endorsed(database: Database, *given: tuple[str, str, int, int]) -> None:
    rows = [Endorsement(by=by, author=author, rooms=rooms, posts=posts) for by, author, rooms, posts in given]
    await database.write(lambda sql: sql.add_all(rows))


async def test_rings_are_looked_for_among_those_who_are_close_to_somebody(settled: Database) -> None:
    friends = [("ana", "ben", 5, 10), ("ben", "ana", 5, 10), ("ben", "cleo", 9, 30), ("cleo", "ben", 9, 30)]
    apart = [("ana", "cleo", 1, 2), ("ana", "mo", 3, 9), ("mo", "obi", 9, 4), ("ana", "ana", 9, 90)]
    await endorsed(settled, *friends, *apart)
    found = await settled.read(circles)
    assert sorted((edge.by, edge.author) for edge in found.edges) == [
        ("ben", "cleo"),
        ("cleo", "ben"),
    ]
    assert found.totals == {"ben": 40, "cleo": 30}
    assert rings(*found) == rings(await settled.read(edges))


@pytest.mark.parametrize("seed", range(5))
async def test_what_the_database_narrows_down_has_the_same_rings_as_all(settled: Database, seed: int) -> None:
    chance = Random(seed)
    given = [
        (f"p{by}", f"p{author}", chance.randint(1, 9), chance.choice((20, 40) if by // 3 == author // 3 else (1, 5)))
        for by in range(24)
        for author in range(24)
        if chance.random() < (0.8 if by // 3 == author // 3 else 0.2)
    ]
    await endorsed(settled, *given)
    found = await settled.read(circles)
    assert rings(*found) == rings(await settled.read(edges)) != []
    assert len(found.edges) < len(given)


async def test_a_reason_to_enter_is_good_for_a_shift_in_that_case(settled: Database) -> None:
    clock = Clock()
    book = ModerationBook(settled, clock)
    journal = open_journal(cast(Sqlite | Postgres, settled))
    room = replay(story())
    assert room is not None
    await journal.append(Append(ROOM, EMPTY, records(story()), room.card))
    assert not await settled.write(lambda sql: entries.enter(sql, "nowhere", "mo", "A complaint.", AT))
    assert not await book.said_why("mo", ROOM)
    assert await settled.write(lambda sql: entries.enter(sql, ROOM, "mo", "A complaint.", AT))
    assert await book.said_why("mo", ROOM)
    assert not await book.said_why("may", ROOM) and not await book.said_why("mo", "room2")
    clock.now_ms += entries.SHIFT_MS
    assert not await book.said_why("mo", ROOM)
    await journal.close()
