"""Chores that look at rooms one by one."""

from collections.abc import Collection, Sequence
from typing import Any, cast

import pytest

from persistence.each_room import EachRoom

TOOK_S = 2.0


class Looking(EachRoom[str]):
    """Finds three rooms, each of which takes two seconds; the second one cannot be read."""

    failed = "cannot be read"

    def __init__(self, share: float) -> None:
        super().__init__(cast(Any, None), cast(Any, None), share)
        self.now_s = 0.0
        self.looked: list[str] = []

    async def _waiting(self, but: Collection[str]) -> Sequence[str]:
        return [room for room in "abc" if room not in but and room not in self.looked]

    async def _look_at(self, one: str) -> None:
        self.now_s += TOOK_S
        if one == "b":
            raise ValueError
        self.looked.append(one)


@pytest.mark.parametrize(("share", "rest_s"), [(1.0, 0.0), (0.5, TOOK_S), (0.2, 4 * TOOK_S)])
async def test_it_works_so_much_of_the_time_and_rests_for_the_others(
    monkeypatch: pytest.MonkeyPatch, share: float, rest_s: float
) -> None:
    looking, rests_s = Looking(share), []

    async def rest(delay_s: float) -> None:
        rests_s.append(delay_s)

    monkeypatch.setattr("persistence.each_room.time.monotonic", lambda: looking.now_s)
    monkeypatch.setattr("persistence.each_room.asyncio.sleep", rest)
    await looking.step()
    assert looking.looked == ["a", "c"]
    assert rests_s == pytest.approx([rest_s] * 3)
