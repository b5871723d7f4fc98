"""Runs a machine over a ground, so many examples of so many steps."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.ground import Ground
from tests.machine.machine import RoomMachine


@contextmanager
def over(ground: Ground) -> Iterator[type[RoomMachine]]:
    """The machine over `ground`, which is open meanwhile."""
    with asyncio.Runner() as runner:
        runner.run(ground.begin())
        try:
            yield type("Machine", (RoomMachine,), {"ground": ground, "runner": runner})
        finally:
            runner.run(ground.end())


def run(machine: type[RoomMachine], examples: int, steps: int, **more: Any) -> None:
    """The same examples in every run."""
    given: dict[str, Any] = {
        "max_examples": examples,
        "stateful_step_count": steps,
        "deadline": None,
        "derandomize": True,
        "database": None,
        "suppress_health_check": list(HealthCheck),
        "phases": [Phase.generate, Phase.shrink],
    }
    run_state_machine_as_test(machine, settings=settings(**given | more))
