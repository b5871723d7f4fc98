"""The table and the JSON of a drill."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from drill.run import Outcome

COUNTED: Final = ("lost", "doubled", "disordered", "holed", "invented", "unsettled", "behind", "broken")
HEADING: Final = (
    "| row | fault | acked | lost | doubled | out of order | invented | other | healed | lag p99 | first lag | |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"
)


def line(outcome: Outcome) -> str:
    """One row of the table."""
    counts = outcome.counts
    order = counts.get("disordered", 0) + counts.get("holed", 0)
    other = len(outcome.wrong) - sum(counts.get(kind, 0) for kind in ("lost", "doubled", "invented")) - order
    cells = (
        outcome.number,
        outcome.title,
        outcome.acked,
        counts.get("lost", 0),
        counts.get("doubled", 0),
        order,
        counts.get("invented", 0),
        max(0, other),
        f"{outcome.healed_s:.1f} s",
        _seconds(outcome.lag_p99_s),
        _seconds(outcome.first_lag_s),
        "kept" if outcome.passed else "BROKEN",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s"


def total(outcomes: Sequence[Outcome], seed: int) -> str:
    """The last line: what was counted in all, and how a broken run is repeated."""
    acked = sum(outcome.acked for outcome in outcomes)
    counted = {kind: sum(outcome.counts.get(kind, 0) for outcome in outcomes) for kind in COUNTED}
    broken = [outcome.number for outcome in outcomes if not outcome.passed]
    order = counted["disordered"] + counted["holed"]
    said = (
        f"{len(outcomes)} rows, {acked:,} events acked: {counted['lost']} lost, {counted['doubled']} doubled, "
        f"{order} out of order, {counted['invented']} invented."
    )
    if broken:
        said += f" Broken: {', '.join(broken)}. The same again: --seed {seed}"
    return said


def plain(outcomes: Sequence[Outcome], seed: int, pace: float) -> dict[str, Any]:
    """The JSON report."""
    return {
        "seed": seed,
        "pace": pace,
        "passed": all(outcome.passed for outcome in outcomes),
        "acked": sum(outcome.acked for outcome in outcomes),
        "rows": [msgspec.to_builtins(outcome) for outcome in outcomes],
    }
