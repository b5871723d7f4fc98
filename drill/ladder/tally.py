"""What came of the cases: read from the record, and from what the devices wrote down."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from drill.ladder.people import Physician

Log = Sequence[dict[str, Any]]


class Tally(msgspec.Struct, kw_only=True):
    """`taken`: cases that somebody has taken; `last`: where the coordinator was rung; `nobody`: neither.

    `doubled`: tiers that rang twice. `unheard`: people who were rung and whose device, though connected, heard nothing.
    `calm_ms`, `all_ms`: from the page to the device, of those rung before anything broke, and of all.
    """

    cases: int
    taken: int
    last: int
    nobody: int
    doubled: int
    rung: int
    lapsed: int
    declined: int
    unheard: int
    calm_ms: list[int]
    all_ms: list[int]

    @property
    def kept(self) -> bool:
        """Whether every case has somebody, or the last human, and no tier rang twice."""
        return not self.nobody and not self.doubled and not self.unheard


def tally(logs: Iterable[Log], physicians: Sequence[Physician], broke_at_ms: int) -> Tally:
    """Count. Notices of before `broke_at_ms` are of the calm."""
    heard = {(notice) for one in physicians for notice in one.arrived}
    arrivals = sorted(arrival for one in physicians for arrival in one.arrived.values())
    found = Tally(
        **dict.fromkeys(("cases", "taken", "last", "nobody", "doubled", "rung", "lapsed", "declined", "unheard"), 0),
        calm_ms=sorted(late for at, late in arrivals if at < broke_at_ms),
        all_ms=sorted(late for _, late in arrivals),
    )
    for log in logs:
        _count(found, log, heard)
    return found


def _count(found: Tally, log: Log, heard: set[str]) -> None:
    rings = [event for event in log if event["kind"] == "paged" and event["body"]["tier"]]
    why = Counter(event["body"]["why"] for event in log if event["kind"] == "escalated")
    taken = any(event["kind"] == "responded" and event["body"]["answer"] == "accept" for event in log)
    tiers = Counter((event["body"]["page"], event["body"]["tier"]) for event in rings)
    last = any(tier == 3 for _, tier in tiers)
    found.cases += 1
    found.taken += taken
    found.last += last
    found.nobody += not (taken or last)
    found.doubled += sum(count - 1 for count in tiers.values())
    found.rung += sum(len(event["body"]["people"]) for event in rings)
    found.lapsed += why["lapsed"]
    found.declined += why["declined"]
    found.unheard += sum(event["id"] not in heard for event in rings)


def spread(values: Sequence[int], part: float) -> int | None:
    """The value that `part` of these, which are sorted, do not exceed."""
    return values[min(len(values) - 1, int(part * len(values)))] if values else None
