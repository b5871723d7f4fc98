import asyncio

import pytest

from persistence.gather import Gather


class Runs:
    """Doubles numbers, and can be held up; one below zero fails alone, a hundred all of its batch, 2**63 is refused."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun = asyncio.Event()
        self.free = asyncio.Event()
        self.free.set()

    async def __call__(self, items: list[int]) -> list[int | Exception]:
        self.batches.append(items)
        self.begun.set()
        await self.free.wait()
        if 100 in items:
            raise RuntimeError("all of them")
        if 2**63 in items:
            raise OverflowError("too large")
        return [ValueError(item) if item < 0 else 2 * item for item in items]


async def test_what_arrives_while_one_batch_runs_is_the_next() -> None:
    runs = Runs()
    gather = Gather(runs)
    runs.free.clear()
    first = asyncio.create_task(gather(1))
    await runs.begun.wait()
    others = [asyncio.create_task(gather(n)) for n in (2, 3, 4)]
    await asyncio.sleep(0)
    runs.free.set()

    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert runs.batches == [[1], [2, 3, 4]]


async def test_a_batch_has_a_bound() -> None:
    runs = Runs()
    gather = Gather(runs, most=2)

    assert await asyncio.gather(*map(gather, range(5))) == [0, 2, 4, 6, 8]
    assert runs.batches == [[0, 1], [2, 3], [4]]


async def test_each_caller_gets_their_own_exception() -> None:
    gather = Gather(Runs())

    outcomes = await asyncio.gather(*map(gather, (1, -2, 3)), return_exceptions=True)

    assert list(map(repr, outcomes)) == ["2", "ValueError(-2)", "6"]


async def test_of_a_batch_with_a_value_that_the_database_does_not_take_only_that_one_fails() -> None:
    runs = Runs()
    gather = Gather(runs)

    outcomes = await asyncio.gather(*map(gather, (1, 2**63, 3)), return_exceptions=True)

    assert list(map(repr, outcomes)) == ["2", "OverflowError('too large')", "6"]
    assert runs.batches == [[1, 2**63, 3], [1], [2**63], [3]]


async def test_what_the_batch_raises_goes_to_all_of_it_and_to_no_other() -> None:
    gather = Gather(Runs(), most=2)

    outcomes = await asyncio.gather(*map(gather, (100, 1, 2)), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [RuntimeError, RuntimeError, int]


async def test_who_gives_up_before_the_batch_begins_is_not_in_it() -> None:
    runs = Runs()
    gather = Gather(runs)
    tasks = [asyncio.create_task(gather(n)) for n in (1, 2)]
    await asyncio.sleep(0)
    tasks[0].cancel()

    assert await tasks[1] == 4
    assert runs.batches == [[2]]


async def test_who_gives_up_during_the_batch_harms_nobody() -> None:
    runs = Runs()
    gather = Gather(runs)
    runs.free.clear()
    tasks = [asyncio.create_task(gather(n)) for n in (1, 2)]
    await runs.begun.wait()
    tasks[0].cancel()
    runs.free.set()

    assert await tasks[1] == 4
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]


async def test_close_returns_when_nothing_waits_any_longer() -> None:
    runs = Runs()
    gather = Gather(runs, most=1)
    tasks = [asyncio.create_task(gather(n)) for n in (1, 2, 3)]
    await asyncio.sleep(0)

    await gather.close()

    assert [task.result() for task in tasks] == [2, 4, 6]
    await gather.close()


async def test_it_goes_on_after_it_was_idle() -> None:
    gather = Gather(Runs())
    assert [await gather(1), await gather(2)] == [2, 4]
