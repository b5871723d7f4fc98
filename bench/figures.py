"""One measured figure with what it should reach, and the percentiles of many."""

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

HEADING: Final = (
    f"| {'what':<75} | {'figure':>13} | {'to reach':>18} | {'':<7} |\n|{'-' * 77}|{'-' * 14}:|{'-' * 19}:|{'-' * 9}|"
)


class Figure(NamedTuple):
    """`value` in `unit`; a figure without `at_most` and `at_least` is for information.

    `aim` is what would be better still than the limit.
    """

    row: str
    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether it reaches what it should; None where there is nothing to reach."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least

    def __str__(self) -> str:
        """A line of the table."""
        verdict = "aim met" if self.aimed else {True: "met", False: "NOT MET", None: ""}[self.met]
        return f"| {self.what:<75} | {self._shown(self.value):>13} | {self._reach():>18} | {verdict:<7} |"

    @property
    def aimed(self) -> bool:
        """Whether it is where it would be better still."""
        return (
            bool(self.met)
            and self.aim is not None
            and (self.value >= self.aim if self.at_least else self.value <= self.aim)
        )

    def plain(self) -> dict[str, Any]:
        """The figure as JSON takes it."""
        return {**self._asdict(), "met": self.met}

    def _reach(self) -> str:
        limit = self.at_most if self.at_most is not None else self.at_least
        if limit is None:
            return ""
        better = f", aim {self.aim:,g}" if self.aim is not None else ""
        return f"{'≤' if self.at_most is not None else '≥'} {limit:,g} {self.unit}{better}"

    def _shown(self, value: float) -> str:
        return f"{value:,.0f} {self.unit}" if value >= 1_000 else f"{value:.2f} {self.unit}"


class Spread(NamedTuple):
    """The percentiles of many durations (nearest rank), in ms."""

    p50: float
    p99: float
    p999: float
    max: float

    @classmethod
    def of(cls, durations_ns: Sequence[int]) -> "Spread":
        """The spread of at least one duration."""
        ordered = sorted(durations_ns)

        def rank(share: float) -> float:
            return ordered[math.ceil(share * len(ordered)) - 1] / 1e6

        return cls(rank(0.5), rank(0.99), rank(0.999), rank(1))
