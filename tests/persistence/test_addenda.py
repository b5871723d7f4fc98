"""Outcomes after the close: each gets a seal of its own that stands on the one before, and no file ever changes."""

import msgspec
import pytest
from sqlmodel import Session

from persistence import tables
from persistence.archive import file_name, read, write
from persistence.seal import Addendum, AnySeal, digest_of, open_key
from persistence.verdict import follows, judge
from realtime.rooms.chain import first_broken
from tests.persistence.shop import Shop


async def test_an_outcome_after_the_seal_gets_an_addendum_and_the_first_file_stays(shop: Shop) -> None:
    room = await shop.closed_room()
    worker = shop.worker()
    await worker.step()
    first = (shop.archive / file_name(room)).read_bytes()
    await shop.outcome(room, "unknown")
    await shop.outcome(room, "confirmed")
    assert [await worker.step() for _ in range(3)] == [True, True, False]
    log = await shop.log(room)
    kinds = ["opened", "post", "closed", "sealed", "outcome", "outcome", "sealed", "sealed"]
    assert [record.kind for record in log] == kinds
    assert first_broken(log) is None
    assert [(row.addendum, row.upto, row.events) for row in await shop.rows()] == [(0, 3, 3), (1, 5, 2), (2, 6, 1)]
    assert (shop.archive / file_name(room)).read_bytes() == first
    assert [seal.upto for seal in shop.verify(room)] == [3, 5, 6]
    told = [msgspec.msgpack.decode(record.body)["upto"] for record in shop.told]
    assert told == [3, 5, 6]


async def test_what_a_seal_covers_does_not_depend_on_when_the_worker_comes(shop: Shop) -> None:
    late, soon = await shop.closed_room("late"), await shop.closed_room("soon")
    worker = shop.worker()
    await shop.outcome(late)
    await shop.outcome(late)
    await shop.tries(worker, 9)
    await shop.outcome(soon)
    await shop.tries(worker, 9)
    await shop.outcome(soon)
    await shop.tries(worker, 9)
    assert [seal.upto for seal in shop.verify(late)] == [3, 4, 5]
    assert [seal.upto for seal in shop.verify(soon)] == [3, 5, 7]
    assert await worker.step() is False


async def test_an_outcome_before_the_close_is_under_the_first_seal(shop: Shop) -> None:
    room = await shop.open_room()
    await shop.outcome(room)
    await shop.close(room)
    worker = shop.worker()
    assert [await worker.step() for _ in range(2)] == [True, False]
    assert [seal.upto for seal in shop.verify(room)] == [3]


async def test_an_addendum_to_a_seal_of_the_version_before_finds_the_manifest_in_its_file(shop: Shop) -> None:
    room = await shop.closed_room()
    worker = shop.worker()
    await worker.step()
    await shop.database.write(lambda session: without_manifest(session, room))
    await shop.outcome(room)
    await worker.step()
    assert [seal.upto for seal in shop.verify(room)] == [3, 5]


def without_manifest(session: Session, room: str) -> None:
    row = session.get_one(tables.Archive, (room, 0))
    row.manifest = None
    session.add(row)


async def seals(shop: Shop) -> list[AnySeal]:
    """A seal and two addenda."""
    room = await shop.closed_room()
    await shop.outcome(room)
    await shop.outcome(room)
    await shop.tries(shop.worker(), 3)
    return shop.verify(room)


async def test_an_addendum_that_is_missing_is_named(shop: Shop) -> None:
    first, _, third = await seals(shop)
    assert follows(third, [first]).wrong == "It is addendum 2 of its case: addendum 1 is missing."
    assert "addendum 0 is missing" in (follows(third, []).wrong or "")


@pytest.mark.parametrize("field", ["room", "after", "after_head", "previous"])
async def test_an_addendum_stands_on_one_seal_only(shop: Shop, field: str) -> None:
    first, second, _ = await seals(shop)
    changed = msgspec.structs.replace(second, **{field: another(getattr(second, field))})
    assert follows(second, [first]) == (None, None)
    assert follows(changed, [first]).wrong is not None


def another(value: int | str | bytes) -> int | str | bytes:
    """A value of the same kind that is not `value`."""
    match value:
        case int():
            return value + 1
        case bytes():
            return bytes([value[0] ^ 1]) + value[1:]
        case str():
            return f"{value}!"


async def test_a_first_seal_that_was_made_anew_with_the_same_key_does_not_carry_its_addendum(shop: Shop) -> None:
    first, second, _ = await seals(shop)
    assert isinstance(second, Addendum)
    anew = open_key(shop.folder).signed(msgspec.structs.replace(first, closed_at=1))
    assert second.previous == digest_of(first)
    assert "exchanged" in (follows(second, [anew]).wrong or "")


async def test_the_first_wrong_event_of_an_addendum_is_named(shop: Shop) -> None:
    await seals(shop)
    path = shop.archive / file_name("room1", 2)
    records, manifest = read(path)
    harmed = [msgspec.structs.replace(records[0], at=1), *records[1:]]
    write(shop.archive, harmed, manifest)
    assert judge(read(path)).first == records[0].seq
    write(shop.archive, [], manifest)
    assert judge(read(path)).first == records[0].seq


async def test_an_outcome_that_a_worker_of_the_version_before_sealed_with_the_rest_is_not_sealed_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await shop.closed_room()
    await shop.outcome(room)
    with monkeypatch.context() as patched:
        # That version sealed whatever it found.
        patched.setattr("persistence.sealing.LATER_KINDS", frozenset())
        await shop.worker().step()
    await shop.database.write(lambda session: noted_again(session, room))
    worker = shop.worker()
    assert [await worker.step() for _ in range(2)] == [True, False]
    assert [seal.upto for seal in shop.verify(room)] == [4]
    assert [record.kind for record in await shop.log(room)].count("sealed") == 1


def noted_again(session: Session, room: str) -> None:
    row = session.get_one(tables.Room, room)
    row.addendum_since = 1
    session.add(row)
