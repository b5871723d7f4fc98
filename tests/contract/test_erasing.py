"""The words of an event are erased, and its place stays proved: over SQLite and a real PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgpack
import pytest
from sqlmodel import Session, col, select, update

from persistence import tables
from persistence.archive import WRITING, Archived, file_name, files_of, read
from persistence.audit.tables import Erased
from persistence.audit.verify import verify
from persistence.audit.witness import Witness
from persistence.cases import listed
from persistence.claims import LEASE_MS
from persistence.erasing import erase, erase_from_file, erased_since, wipe
from persistence.journal import open_journal
from persistence.postgres import Postgres
from persistence.proof import proof_of, verify_proof
from persistence.rows import card
from persistence.seal import open_key
from persistence.sqlite import Sqlite
from persistence.verdict import judge
from realtime.ports import Append
from realtime.rooms.body import Body
from realtime.rooms.chain import event_of, first_broken
from realtime.rooms.commands import Amend, Corroborate, Outcome, Post
from realtime.rooms.erasure import ERASED, case_without_words
from realtime.rooms.events import Closed, Event, Invited
from realtime.rooms.fold import fold, replay
from tests.builders import ana, ben, cleo, mo
from tests.persistence.appends import record
from tests.persistence.shop import Shop

CANARY = "a canary in zebrawood, q.c., on the wall"


@pytest.fixture
async def shop(database: Sqlite | Postgres, tmp_path: Path) -> AsyncIterator[Shop]:
    journal = open_journal(database)
    yield Shop(database, journal, tmp_path)
    await journal.close()


async def told(shop: Shop) -> str:
    """A room in which the second, third and fourth event say what they should not."""
    room = await shop.open_room()
    post = await shop.does(room, Post, ana, text=CANARY)
    await shop.does(room, Amend, ana, target=post.id, text=f"{CANARY}, again")
    await shop.does(room, Corroborate, ben, target=post.id, stance="agree", note=CANARY)
    return room


async def erases(shop: Shop, room: str, *seqs: int) -> list[Erased]:
    found = [await shop.database.write(lambda sql, seq=seq: erase(sql, room, seq, shop.now_ms)) for seq in seqs]  # type: ignore[misc]
    for erased in found:
        await erase_from_file(shop.database, shop.archive, erased)
    return found


async def test_the_words_are_gone_and_the_chain_and_the_room_are_whole(shop: Shop) -> None:
    room = await told(shop)
    before = await shop.log(room)
    await Witness(shop.database, open_key(shop.folder), lambda: shop.now_ms).checkpoint()
    await erases(shop, room, 2, 3, 4)
    after = await shop.log(room)
    assert [record.digest for record in after] == [record.digest for record in before]
    assert first_broken(after) is None
    state = replay(map(event_of, after))
    assert state is not None
    post = state.posts[after[1].id]
    assert (post.text, post.version, dict(post.opinions)["ben"].stance) == (ERASED, 2, "agree")
    assert (await verify(shop.database, [open_key(shop.folder).public])).wrong == []
    assert await shop.database.read(_bodies) == [(True, True), (False, False), (False, False), (False, False)]


def _bodies(session: Session) -> list[tuple[bool, bool]]:
    rows = session.exec(select(tables.Event).order_by(col(tables.Event.seq)))
    return [(row.body is not None, row.salt_body is not None) for row in rows]


async def test_what_was_said_is_to_be_counted_and_scored_anew(shop: Shop) -> None:
    room = await told(shop)
    settled = update(tables.Room).values(recount_at=None, rescore_at=None)
    await shop.database.write(lambda sql: sql.connection().execute(settled))
    await erases(shop, room, 2)
    assert [(row.recount_at, row.rescore_at) for row in await shop.all(tables.Room)] == [(shop.now_ms, shop.now_ms)]


async def test_of_an_opening_the_card_is_emptied_too(shop: Shop) -> None:
    room = await told(shop)
    await erases(shop, room, 1)
    state = replay(map(event_of, await shop.log(room)))
    stored = await shop.database.read(lambda sql: sql.exec(select(tables.Room.card)).one())
    assert state is not None and state.card.case == card(stored).case
    assert (card(stored).case.title, card(stored).case.acuity) == (ERASED, state.card.case.acuity)


async def test_a_node_that_still_holds_the_words_does_not_bring_them_back(shop: Shop) -> None:
    room = await shop.open_room()
    held = replay(map(event_of, await shop.log(room)))
    assert held is not None
    await erases(shop, room, 1)
    bodies: list[Body] = [Invited(person="ben"), Closed(disposition="advised", summary="Done.")]
    for body in bodies:
        before = (await shop.log(room))[-1].head
        event = Event(held.seq + 1, f"c{held.seq}", held.at + 1_000, cleo.by, body)
        held = fold(held, event)
        await shop.journal.append(Append(room, before, [record(room, before, event)], held.card))
    stored = await shop.database.read(lambda sql: sql.exec(select(tables.Room)).one())
    assert held.card.case.title != ERASED
    assert card(stored.card).case == case_without_words(held.card.case)
    assert (stored.status, card(stored.card).invited) == ("closed", frozenset({"ben"}))
    assert [found.case.title for found in await shop.database.read(lambda sql: listed(sql, mo, None, None, 9))] == [
        ERASED
    ]


async def test_a_card_that_has_them_back_is_emptied_by_another_try(shop: Shop) -> None:
    room = await shop.open_room()
    kept = await shop.database.read(lambda sql: sql.exec(select(tables.Room.card)).one())
    await erases(shop, room, 1)
    await shop.database.write(lambda sql: sql.connection().execute(update(tables.Room).values(card=kept)))
    await erases(shop, room, 1)
    stored = await shop.database.read(lambda sql: sql.exec(select(tables.Room.card)).one())
    assert card(stored).case.title == ERASED


async def test_what_is_sealed_already_is_erased_from_its_file_and_stays_sealed(shop: Shop) -> None:
    room = await told(shop)
    await shop.close(room)
    await shop.tries(shop.worker(), 1)
    await erases(shop, room, 2, 3, 4)
    path = shop.archive / file_name(room)
    assert not spoken(path)
    assert judge(read(path), open_key(shop.folder).public) == (None, None)
    assert verify_proof(proof_of(read(path), 2)).wrong is None
    (row,) = await shop.rows()
    assert row.size_bytes == path.stat().st_size


async def test_of_erasures_at_once_none_brings_back_what_another_took(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await told(shop)
    await shop.close(room)
    await shop.tries(shop.worker(), 1)

    def read_slowly(path: Path) -> Archived:
        found = read(path)
        time.sleep(0.1)
        return found

    with monkeypatch.context() as patched:
        patched.setattr("persistence.erasing.read", read_slowly)
        await asyncio.gather(*(erases(shop, room, seq) for seq in (2, 3, 4)))
    path = shop.archive / file_name(room)
    assert not spoken(path)
    (row,) = await shop.rows()
    assert row.sha256 == sha256(path.read_bytes()).digest()


async def test_what_was_erased_before_is_sealed_as_it_is(shop: Shop) -> None:
    room = await told(shop)
    await erases(shop, room, 2, 3, 4)
    await shop.close(room)
    await shop.tries(shop.worker(), 1)
    shop.verify(room)
    assert not spoken(shop.archive / file_name(room))


@pytest.mark.parametrize("step", ["log", "held", "written"])
async def test_words_that_a_worker_has_read_before_they_are_erased_stay_in_no_file(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    room = await told(shop)
    await shop.close(room)
    worker = shop.worker()
    taken: Callable[..., Awaitable[Any]] = getattr(worker._sealer, step)

    async def stopped_after_it(*given: Any) -> Any:
        done = await taken(*given)
        await erases(shop, room, 2, 3, 4)
        return done

    with monkeypatch.context() as patched:
        patched.setattr(worker._sealer, step, stopped_after_it)
        await shop.tries(worker, 1)
    assert await shop.rows() == [] and not await asyncio.to_thread(drafts, shop.archive)
    assert not any(spoken(path) for path in files_of(shop.archive, room))
    await shop.tries(worker, 1)
    (row,) = await shop.rows()
    shop.verify(room)
    path = shop.archive / row.path
    assert not spoken(path) and row.sha256 == sha256(path.read_bytes()).digest()


def drafts(archive: Path) -> list[Path]:
    """The files that were begun, and are not in their place."""
    return list((archive / WRITING).glob("*"))


async def test_what_a_worker_left_behind_that_was_killed_is_removed_too(shop: Shop) -> None:
    room = await told(shop)
    await shop.close(room)
    log = await shop.log(room)
    (shop.archive / WRITING).mkdir(parents=True)
    left = shop.archive / WRITING / f"{file_name(room)}.killed"
    left.write_bytes(log[1].body)
    await erases(shop, room, 2)
    assert not left.exists()


async def test_an_erasure_that_fails_at_its_file_keeps_a_room_for_as_long_as_a_lease(shop: Shop) -> None:
    room = await shop.closed_room()
    await shop.database.write(lambda sql: erase(sql, room, 2, shop.now_ms))
    assert await shop.worker().step() is False
    shop.now_ms += LEASE_MS + 1
    assert await shop.worker().step() is True
    shop.verify(room)


async def test_an_erased_record_that_is_tampered_with_is_noticed(shop: Shop) -> None:
    room = await told(shop)
    await erases(shop, room, 2)
    await shop.database.write(lambda sql: sql.connection().execute(_FORGED))
    assert first_broken(await shop.log(room)) == 2


_FORGED = Erased.__table__.update().values(hash=bytes(32))  # type: ignore[attr-defined]


async def test_what_is_not_there_or_has_no_words_is_refused_in_a_sentence(shop: Shop) -> None:
    room = await told(shop)
    await shop.does(room, Corroborate, ben, target=(await shop.log(room))[1].id, stance="withdraw")
    for seq, sentence in ((99, "There is no event 99"), (5, "There are no words in it.")):
        with pytest.raises(ValueError, match=sentence):
            await erases(shop, room, seq)


async def test_twice_is_as_once_and_it_is_told_of(shop: Shop) -> None:
    room = await told(shop)
    first = await erases(shop, room, 2)
    again = await erases(shop, room, 2)
    assert (first[0].hash, first[0].left) == (again[0].hash, again[0].left)
    assert await shop.database.read(lambda sql: erased_since(sql, shop.now_ms)) == [(room, 2)]
    assert await shop.database.read(lambda sql: erased_since(sql, shop.now_ms + 1)) == []


async def test_what_an_earlier_version_left_goes_when_it_is_erased_again(shop: Shop) -> None:
    room = await shop.open_room()
    await shop.does(room, Outcome, cleo, verdict="unknown", harm=CANARY)
    said = (await shop.log(room))[1].body
    await erases(shop, room, 2)
    await shop.database.write(lambda sql: sql.connection().execute(_LEFT.values(left=said)))
    (again,) = await erases(shop, room, 2)
    after = await shop.log(room)
    assert after[1].body == again.left and CANARY.encode() not in again.left
    assert first_broken(after) is None


_LEFT = Erased.__table__.update()  # type: ignore[attr-defined]


async def test_nothing_of_it_is_left_in_the_files_of_sqlite(shop: Shop) -> None:
    if not isinstance(shop.database, Sqlite):
        return
    room = await told(shop)
    path = shop.database.path
    assert any(CANARY.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    await erases(shop, room, 2, 3, 4)
    assert wipe(path)
    assert not any(CANARY.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert first_broken(await shop.log(room)) is None
    assert msgpack.unpackb((await shop.log(room))[1].body)["text"] == ERASED


def spoken(path: Path) -> bool:
    """Whether a record in an archive file says it."""
    return any(CANARY.encode() in record.body for record in read(path).records)
