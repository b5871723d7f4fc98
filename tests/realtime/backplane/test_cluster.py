"""A Redis Cluster of two servers, while its slots move and one of them dies."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from drill.servers import RedisCluster
from realtime.backplane.redis import RedisBackplane
from realtime.backplane.slots import SLOTS, slot_of
from tests.ears import PATIENCE_S, Ears, until_carried

HALF = SLOTS // 2


class Half(RedisCluster):
    """A server of a Cluster that serves slots `first` to `last`."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self.slots = (first, last)

    @property
    def id(self) -> str:
        return self.answer("CLUSTER MYID").splitlines()[1]

    def start(self) -> None:
        super(RedisCluster, self).start()
        self.answer(f"CLUSTER ADDSLOTSRANGE {self.slots[0]} {self.slots[1]}")

    def command(self) -> list[str]:
        return [*super().command(), "--cluster-require-full-coverage", "no"]

    def meet(self, other: "Half") -> None:
        self.answer(f"CLUSTER MEET 127.0.0.1 {other.port} {other.ports[1].number}")
        for half in (self, other):
            half.wait_until(lambda half=half: "cluster_slots_ok:16384\r" in half.answer("CLUSTER INFO"))  # type: ignore[misc]
            half.wait_until(lambda half=half: "cluster_state:ok" in half.answer("CLUSTER INFO"))  # type: ignore[misc]


@pytest.fixture
def halves() -> Iterator[tuple[Half, Half]]:
    with Half(0, HALF - 1) as low, Half(HALF, SLOTS - 1) as high:
        low.meet(high)
        yield low, high


def rooms(where: Callable[[int], bool], count: int) -> list[str]:
    """So many channels whose slots are there."""
    names = (f"room:{number}" for number in range(SLOTS))
    fitting = (name for name in names if where(slot_of(b"curbside:" + name.encode())))
    return [next(fitting) for _ in range(count)]


async def test_rooms_of_all_slots_are_carried_when_slots_move_and_when_a_server_dies(
    halves: tuple[Half, Half],
) -> None:
    low, high = halves
    in_low, in_high = rooms(lambda slot: slot < HALF, 20), rooms(lambda slot: slot >= HALF, 20)
    backplane, ears = RedisBackplane(low.url), Ears()
    for room in in_low + in_high:
        backplane.subscribe(room)
    await backplane.start(ears)
    await ears.until_live(*in_low, *in_high)
    for room in in_low + in_high:
        backplane.publish(room, b"first")
    await ears.until(lambda: len(ears.heard) == 40)
    assert await backplane.probe(5.0)

    moved = in_low[0]
    ears.live.clear()
    slot = slot_of(b"curbside:" + moved.encode())
    for half in (high, low):
        assert half.answer(f"CLUSTER SETSLOT {slot} NODE {high.id}") == "+OK\r\n"
    await ears.until_live(moved)
    await heard_anew(backplane, ears, moved)
    await until_carried(backplane)

    await asyncio.to_thread(low.kill)
    assert not await backplane.probe(0.3)
    await heard_anew(backplane, ears, moved)
    for room in in_high:
        await heard_anew(backplane, ears, room)
    await backplane.close()


async def heard_anew(backplane: RedisBackplane, ears: Ears, room: str) -> None:
    """Publish in `room` until it is heard: what is published while the map is stale may be dropped."""
    before = len(ears.heard)
    async with asyncio.timeout(PATIENCE_S):
        while len(ears.heard) == before:
            backplane.publish(room, b"again")
            await asyncio.sleep(0.01)
