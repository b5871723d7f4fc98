from realtime.backplane.counter import Tally
from realtime.backplane.memory import MemoryBackplane, MemoryBus
from tests.ears import Ears
from web.signin.attempts import PER_ADDRESS, PER_HANDLE, WINDOW_S, Attempts, Count

SECRET = b"a secret of the tests"


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


async def away(key: str, by: int, window_s: int) -> Tally | None:
    """A backplane that cannot be reached."""
    return None


def node(count: Count = away, *trusted: str, clock: Clock | None = None) -> Attempts:
    return Attempts(count, SECRET, trusted=trusted, clock=clock or Clock())


async def two_nodes() -> tuple[MemoryBus, list[Attempts]]:
    bus = MemoryBus()
    backplanes = [MemoryBackplane(bus) for _ in range(2)]
    for backplane in backplanes:
        await backplane.start(Ears())
    return bus, [node(backplane.count) for backplane in backplanes]


async def test_a_handle_may_be_tried_some_times_a_minute_from_anywhere() -> None:
    clock = Clock()
    attempts = node(clock=clock)
    tries = [await attempts.wait_s("ana", f"192.0.2.{number}") for number in range(PER_HANDLE)]
    assert tries == [0.0] * PER_HANDLE
    assert await attempts.wait_s("Ana", "198.51.100.1") == WINDOW_S
    assert await attempts.wait_s("ben", "198.51.100.1") == 0
    clock.now_s = WINDOW_S
    assert await attempts.wait_s("ana", "198.51.100.1") == 0


async def test_an_address_may_try_some_handles_a_minute() -> None:
    attempts = node()
    for number in range(PER_ADDRESS):
        assert await attempts.wait_s(f"person-{number}", "192.0.2.1") == 0
    assert await attempts.wait_s("ana", "192.0.2.1") > 0
    assert await attempts.wait_s("ana", "192.0.2.2") == 0


async def test_a_network_of_ipv6_is_one_address() -> None:
    attempts = node()
    for number in range(PER_ADDRESS):
        assert await attempts.wait_s(f"person-{number}", f"2001:db8::{number:x}") == 0
    assert await attempts.wait_s("ana", "2001:db8::ffff:1") > 0
    assert await attempts.wait_s("ana", "2001:db8:0:1::1") == 0


async def test_from_a_trusted_address_any_number_of_handles_may_be_tried_but_each_only_so_often() -> None:
    attempts = node(away, "192.0.2.0/24")
    for number in range(2 * PER_ADDRESS):
        assert await attempts.wait_s(f"person-{number}", "192.0.2.1") == 0
    for _ in range(PER_HANDLE):
        assert await attempts.wait_s("ana", "192.0.2.1") == 0
    assert await attempts.wait_s("ana", "192.0.2.1") > 0


async def test_those_who_sign_in_rightly_are_never_stopped() -> None:
    attempts = node()
    for _ in range(10 * PER_ADDRESS):
        assert await attempts.wait_s("ana", "192.0.2.1") == 0
        await attempts.succeeded("ana", "192.0.2.1")


async def test_what_is_remembered_is_bounded() -> None:
    attempts = node()
    for number in range(10_500):
        await attempts.wait_s(f"person-{number}", f"address-{number}")
    assert len(attempts) <= 20_000


async def test_all_nodes_count_together() -> None:
    _, nodes = await two_nodes()
    for number in range(PER_HANDLE):
        assert await nodes[number % 2].wait_s("ana", f"192.0.2.{number}") == 0
    for one in nodes:
        assert 0 < await one.wait_s("ana", "198.51.100.1") <= WINDOW_S
        assert await one.wait_s("ben", "198.51.100.1") == 0


async def test_those_who_sign_in_rightly_are_stopped_by_no_node() -> None:
    _, nodes = await two_nodes()
    for number in range(3 * PER_HANDLE):
        assert await nodes[number % 2].wait_s("ana", "192.0.2.1") == 0
        await nodes[number % 2].succeeded("ana", "192.0.2.1")


async def test_without_the_backplane_each_node_still_counts_what_it_has_seen() -> None:
    bus, nodes = await two_nodes()
    for number in range(PER_HANDLE - 1):
        assert await nodes[0].wait_s("ana", f"192.0.2.{number}") == 0
    bus.cut()
    assert await nodes[0].wait_s("ana", "198.51.100.1") == 0
    assert await nodes[0].wait_s("ana", "198.51.100.1") > 0


async def test_a_try_that_an_address_may_not_make_does_not_count_against_the_handle() -> None:
    _, nodes = await two_nodes()
    for number in range(PER_ADDRESS):
        assert await nodes[0].wait_s(f"person-{number}", "192.0.2.1") == 0
    for _ in range(PER_HANDLE - 1):
        assert await nodes[1].wait_s("ana", "192.0.2.1") > 0
    assert await nodes[0].wait_s("ana", "198.51.100.1") == 0


async def test_the_backplane_is_not_told_who_is_counted() -> None:
    keys: list[str] = []

    async def count(key: str, by: int, window_s: int) -> Tally | None:
        keys.append(key)
        return None

    await node(count).wait_s("ana", "192.0.2.1")
    assert len(keys) == 2
    assert not [key for key in keys if "ana" in key or "192.0.2.1" in key]
