import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from persistence.threads import Threads


@pytest.fixture
async def one() -> AsyncIterator[Threads]:
    threads = Threads("test", 1)
    yield threads
    await threads.close()


async def test_a_call_runs_in_a_thread_and_its_result_comes_back(one: Threads) -> None:
    assert await one.run(lambda: threading.current_thread().name) == "test-0"


async def test_what_a_call_raises_comes_back(one: Threads) -> None:
    with pytest.raises(ZeroDivisionError):
        await one.run(lambda: 1 / 0)
    assert await one.run(lambda: 1) == 1


async def test_one_thread_takes_calls_in_their_order(one: Threads) -> None:
    taken: list[int] = []
    await asyncio.gather(*(one.run(lambda n=n: taken.append(n)) for n in range(100)))  # type: ignore[misc]
    assert taken == list(range(100))


async def test_a_call_that_was_cancelled_before_it_began_never_begins(one: Threads) -> None:
    held = threading.Event()
    taken: list[str] = []
    first = asyncio.create_task(one.run(held.wait))
    second = asyncio.create_task(one.run(lambda: taken.append("second")))
    await asyncio.sleep(0)

    second.cancel()
    await asyncio.wait([second])
    held.set()

    assert await first
    await one.run(lambda: taken.append("third"))
    assert taken == ["third"]


async def test_a_call_that_was_cancelled_while_it_ran_harms_no_other(one: Threads) -> None:
    begun, held = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        held.wait()

    task = asyncio.create_task(one.run(hold))
    await asyncio.to_thread(begun.wait)
    task.cancel()
    await asyncio.wait([task])
    held.set()

    assert await one.run(lambda: 1) == 1


async def test_close_returns_when_all_calls_are_done_and_the_threads_have_ended() -> None:
    threads = Threads("test", 2)
    taken: list[int] = []
    tasks = [asyncio.create_task(threads.run(lambda n=n: taken.append(n))) for n in range(10)]  # type: ignore[misc]
    await asyncio.sleep(0)

    await threads.close()

    assert sorted(taken) == list(range(10))
    await asyncio.gather(*tasks)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("test-")]
