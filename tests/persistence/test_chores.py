import asyncio

import pytest

from persistence.chores import Chore, keep_up
from realtime.errors import Unavailable


class Work:
    """Fails as told, then succeeds; `done` is set then."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.done = asyncio.Event()

    async def __call__(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.done.set()


async def test_a_chore_that_fails_holds_up_no_other_and_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = Work(ValueError("a bug"), Unavailable()), Work()
    working = asyncio.create_task(keep_up([Chore("broken", 0.001, broken), Chore("sound", 60.0, sound)], 0.0))
    async with asyncio.timeout(5):
        await sound.done.wait()
        await broken.done.wait()
    working.cancel()
    await asyncio.wait([working])
    assert [record.getMessage() for record in caplog.records] == ["the chore `broken` failed; it goes on"]


async def test_chores_end_when_they_are_cancelled() -> None:
    work = Work()
    working = asyncio.create_task(keep_up([Chore("sound", 60.0, work)], 0.0))
    await work.done.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working


async def test_no_chores_are_no_work() -> None:
    await keep_up([], 0.0)
