"""The promises hold whatever people do and whatever fails: over a real Redis and a real PostgreSQL."""

from collections.abc import Iterator

import pytest

from drill.servers import Postgres, Redis
from tests.contract.conftest import DATABASE
from tests.machine.ground import OnServers
from tests.machine.machine import RoomMachine
from tests.machine.running import over, run


@pytest.fixture
def machine(
    redis_server: Redis, postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[RoomMachine]]:
    monkeypatch.setattr("realtime.host.HOLE_S", 0.0)
    with over(OnServers(postgres_server.database(DATABASE), redis_server)) as machine:
        yield machine


def test_the_promises_hold_whatever_happens(machine: type[RoomMachine]) -> None:
    run(machine, examples=15, steps=40)
