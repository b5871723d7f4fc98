"""Holds what clients wrote down against the log that is on record: what was promised, and was it kept?

After everything has healed and nothing waits any more, of each room:
- lost: a ✓ was seen, and the log has no such event, or another one at its place;
- doubled: an id is on record twice, or a reader was shown an event twice;
- disordered: a reader was shown events in another order than the log's, an author's posts are not in the order sent, or
  the log's times go back;
- holed: a reader was shown an event without the one before it;
- invented: a reader was shown an event that is not in the log, or nobody sent what is in it;
- unsettled: a command was neither acked nor refused, or was refused and is on record all the same;
- behind: a reader was not shown the log to its end;
- broken: a client had to stop.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from drill.history import Acked, Broken, History, Refused, Reset, Seen, Sent

Kind = Literal["lost", "doubled", "disordered", "holed", "invented", "unsettled", "behind", "broken"]
KINDS: Final[tuple[Kind, ...]] = (
    "lost", "doubled", "disordered", "holed", "invented", "unsettled", "behind", "broken",
)  # fmt: skip


class OnRecord(NamedTuple):
    """One event of the log: its place, its id, the chain's check there, its author, and its time (Unix ms)."""

    seq: int
    id: str
    check: str
    person: str
    at: int = 0


class Finding(NamedTuple):
    """One promise that was not kept: whose record shows it, and how."""

    kind: Kind
    who: str
    how: str


def findings(
    histories: Sequence[History],
    log: Sequence[OnRecord],
    *,
    others: Collection[str] = (),
    taken_back: bool = False,
) -> list[Finding]:
    """All promises of one room that were not kept, in the order of `KINDS`.

    `others`: ids in the log that no client of the drill sent: its first event, what the server itself says.
    `taken_back`: the log went back in this row, so what was acked or shown may be gone, if its client was told so.
    """
    log_by_seq = {event.seq: event for event in log}
    found = [
        *_of_the_log(log, histories, others),
        *(finding for history in histories for finding in _of_an_author(history, log, log_by_seq, taken_back)),
        *(finding for history in histories for finding in _of_a_reader(history, log_by_seq, taken_back)),
    ]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def _of_the_log(log: Sequence[OnRecord], histories: Iterable[History], others: Collection[str]) -> Iterator[Finding]:
    for id, times in Counter(event.id for event in log).items():
        if times > 1:
            yield Finding("doubled", "the log", f"{id} is on record {times} times")
    for place, event in enumerate(log, start=1):
        if event.seq != place:
            yield Finding("holed", "the log", f"event {event.seq} stands where {place} should")
            break
    for earlier, later in pairwise(log):
        if later.at < earlier.at:
            yield Finding("disordered", "the log", f"event {later.seq} is of an earlier time than the one before it")
    sent = {entry.id for history in histories for entry in history.of(Sent)} | set(others)
    for event in log:
        if event.id not in sent:
            yield Finding("invented", "the log", f"nobody sent {event.id}, which is event {event.seq}")


def _of_an_author(
    history: History, log: Sequence[OnRecord], log_by_seq: dict[int, OnRecord], taken_back: bool
) -> Iterator[Finding]:
    sent = [entry.id for entry in history.of(Sent)]
    refused = {entry.id: entry.code for entry in history.of(Refused)}
    acked = {entry.id for entry in history.of(Acked)}
    places = {event.id: place for place, event in enumerate(log)}
    for place, ack in enumerate(history.entries):
        if not isinstance(ack, Acked) or (taken_back and _told_so(history, place)):
            continue
        event = log_by_seq.get(ack.seq)
        if event is None or event.id != ack.id:
            stands = f"{event.id} stands there" if event else "the log ends before"
            yield Finding("lost", history.name, f"{ack.id} was acked as event {ack.seq}, and {stands}")
    for id in sent:
        if id not in acked and id not in refused:
            yield Finding("unsettled", history.name, f"{id} was neither acked nor refused")
        elif id in refused and id in places:
            yield Finding("unsettled", history.name, f"{id} was refused ({refused[id]}) and is on record")
    for earlier, later in pairwise(id for id in sent if id in places):
        if places[earlier] > places[later]:
            yield Finding("disordered", history.name, f"{later} was sent after {earlier} and stands before it")


def _of_a_reader(history: History, log_by_seq: dict[int, OnRecord], taken_back: bool) -> Iterator[Finding]:
    for end in history.of(Broken):
        yield Finding("broken", history.name, end.why)
    newest = max(log_by_seq, default=0)
    last: int | None = None
    shown: set[int] = set()
    for place, entry in enumerate(history.entries):
        match entry:
            case Reset():
                last, shown = None, set()
            case Seen():
                excused = taken_back and _told_so(history, place)
                yield from _of_an_event(history.name, entry, last, shown, log_by_seq, excused)
                shown.add(entry.seq)
                last = entry.seq if last is None else max(last, entry.seq)
    if last is not None and last != newest and not any(history.of(Broken)):
        yield Finding("behind", history.name, f"was shown the log up to {last} of {newest}")


def _of_an_event(
    name: str, seen: Seen, last: int | None, shown: set[int], log_by_seq: dict[int, OnRecord], excused: bool
) -> Iterator[Finding]:
    event = log_by_seq.get(seen.seq)
    if not excused and (event is None or (event.id, event.check) != (seen.id, seen.check)):
        yield Finding("invented", name, f"was shown {seen.id} as event {seen.seq}, which the log does not have")
    if last is None or seen.seq == last + 1:
        return
    if seen.seq in shown:
        yield Finding("doubled", name, f"was shown event {seen.seq} again after {last}")
    elif seen.seq <= last:
        yield Finding("disordered", name, f"was shown event {seen.seq} after {last}")
    else:
        yield Finding("holed", name, f"was shown event {seen.seq} after {last}")


def _told_so(history: History, place: int) -> bool:
    """Whether this client was told after that entry that what it had been shown is taken back."""
    return any(isinstance(entry, Reset) for entry in history.entries[place:])
