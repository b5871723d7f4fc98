"""Long work gives the loop back, and waits for commits, though not without end."""

import asyncio
import time
from collections.abc import Iterator

import pytest

from realtime.slices import Slices, spread
from realtime.spare import PAUSE_S, SLICE_S, Spare


def steps(count: int, each_s: float, done: list[int]) -> Iterator[None]:
    for n in range(count):
        time.sleep(each_s)
        done.append(n)
        yield


async def turns_until(finished: asyncio.Event) -> int:
    turns = 0
    while not finished.is_set():
        await asyncio.sleep(0)
        turns += 1
    return turns


async def test_the_loop_turns_between_slices() -> None:
    done: list[int] = []
    finished = asyncio.Event()
    Slices(Spare()).run(steps(20, SLICE_S / 2, done), finished.set)
    assert await turns_until(finished) >= 5
    assert done == list(range(20))


@pytest.mark.parametrize("count", [0, 1, 20, 1_000])
async def test_what_is_spread_is_done_once_each_and_in_parts(count: int) -> None:
    done: list[int] = []
    finished = asyncio.Event()
    work = asyncio.ensure_future(spread(done.append, list(range(count)), 0.01))
    await asyncio.sleep(0)
    assert len(done) <= max(1, count / 40)
    work.add_done_callback(lambda _: finished.set())
    await finished.wait()
    assert done == list(range(count))


async def test_nothing_runs_while_a_commit_is_under_way() -> None:
    spare, done = Spare(), list[int]()
    finished = asyncio.Event()
    spare.commit_begun()
    Slices(spare).run(steps(3, 0, done), finished.set)
    for _ in range(3):
        await asyncio.sleep(0)
    assert done == []
    spare.commit_ended()
    await finished.wait()
    assert done == [0, 1, 2]


async def test_a_commit_that_takes_long_holds_nothing_up_for_ever() -> None:
    spare, done = Spare(), list[int]()
    finished = asyncio.Event()
    spare.commit_begun()
    Slices(spare).run(steps(3, 0, done), finished.set)
    async with asyncio.timeout(100 * PAUSE_S):
        await finished.wait()
    assert done == [0, 1, 2]


async def test_what_is_closed_ends_where_it_is() -> None:
    done: list[int] = []
    finished = asyncio.Event()
    slices = Slices(Spare())
    slices.run(steps(20, SLICE_S, done), finished.set)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    slices.close()
    count = len(done)
    await asyncio.sleep(0.01)
    assert len(done) == count < 20 and not finished.is_set() and not slices.busy


async def test_all_that_can_wait_shares_one_slice_of_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    spare, done = Spare(), list[int]()
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "time", lambda: 7.0)  # one turn, as uvloop tells it
    works = [Slices(spare) for _ in range(5)]
    for work in works:
        work.run(steps(100, SLICE_S / 10, done))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(done) < 30
    for work in works:
        work.close()
