"""The case that made this kind of platform known, as load: one room, thousands of different people, no pause."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

from bench.failures import Failure
from bench.load.answers import Counted, Latencies, Posted
from bench.load.load import Load, Target
from bench.node import Node
from bench.sites import Site, Sites, open_cases

CONTRIBUTORS: Final = 46
VIEWERS: Final = 4_000
OBSERVERS: Final = 40
DELAY_S: Final = 5
# 300 bytes with the stamp; letters only, for digits could be somebody's number.
TEXT: Final = "{stamp} {pad:273}"
SETTLE_S: Final = 1.0
IDLE_S: Final = 2.0

Mode = Literal["contribute", "follow"]


class Run(NamedTuple):
    """What came of a time of posting. `delivered` counts contributors and viewers, `cpu_us` is the server's for each.

    `late_ms`: how late the posting client itself was at most.
    """

    sent: int
    delivered: int
    expected: int
    cpu_us: float
    late_ms: float
    contributors: Latencies
    readers: Latencies

    @property
    def share(self) -> float:
        """Delivered, in percent."""
        return 100 * self.delivered / self.expected


class Famous:
    """The room with everybody in it. Contributors are one process, viewers and observers another.

    `viewers`, `people`: the tokens of those who follow, and of contributors, the presenter first. `seat_kib`: what the
    memory of the server grew by for each viewer.
    """

    def __init__(
        self,
        site: Site,
        node: Node,
        room: str,
        contributors: Load,
        readers: Load,
        viewers: Sequence[str],
        people: Sequence[str],
        seat_kib: float,
    ) -> None:
        self.site = site
        self.node = node
        self.room = room
        self.viewers = viewers
        self.people = people
        self.seat_kib = seat_kib
        self.contributors = contributors
        self.readers = readers

    def post(self, per_s: float, seconds: float) -> Run:
        """Contributors post in turn; everything is delivered when this returns, to observers after their delay."""
        cpu_s = self.node.cpu_s()
        posted = self.contributors.post("contributors", per_s, seconds, post(self.room))
        time.sleep(SETTLE_S)
        first, sent = posted.first, posted.sent
        to_contributors = self.contributors.count("contributors", expect=sent, first=first, reset=True)
        to_viewers = self.readers.count("viewers", expect=sent, first=first, reset=True)
        time.sleep(DELAY_S)
        to_observers = self.readers.count("observers", expect=sent, first=first, reset=True)
        cpu_s = self.node.cpu_s() - cpu_s
        for who, count in (("contributors", to_contributors), ("viewers", to_viewers), ("observers", to_observers)):
            if count.holes or count.doubles or count.lost:
                raise Failure(f"{who}: {count.holes} holes, {count.doubles} doubles, {count.lost} connections lost")
        return _run(posted, [to_contributors, to_viewers], cpu_s, to_observers.stamps)


@contextmanager
def famous(sites: Sites, viewers: int = VIEWERS, **settings: str) -> Iterator[Famous]:
    """A fresh site on SQLite whose one room is full."""
    site = sites.embedded(**settings)
    with site.node() as node, Load() as contributors, Load() as readers:
        presenter, *others = site.tokens("clinician", 1) + site.tokens("physician", CONTRIBUTORS - 1)
        (room,) = open_cases(node, [presenter], observers={"mode": "delayed", "delay_s": DELAY_S})
        time.sleep(DELAY_S)  # observers learn of the case when it is so old
        contributors.open("contributors", CONTRIBUTORS, seat(node.port, room), tokens=[presenter, *others])
        following = site.tokens("physician", viewers)
        time.sleep(IDLE_S)
        before_kib = node.rss_kib()
        readers.open("viewers", viewers, seat(node.port, room, "follow"), tokens=following)
        time.sleep(IDLE_S)
        seat_kib = (node.rss_kib() - before_kib) / viewers
        readers.open("observers", OBSERVERS, seat(node.port, room), tokens=site.tokens("observer", OBSERVERS))
        yield Famous(site, node, room, contributors, readers, following, [presenter, *others], seat_kib)


def seat(port: int, room: str, mode: Mode | None = None, *, resume: bool = False, rcvbuf_bytes: int = 0) -> Target:
    """A seat in `room` (`{room}`: each in its own), as JSON. `resume`: from where it was on an earlier connection."""
    wanted = f',"as":"{mode}"' if mode else ""
    position = ',"after":{seq},"check":"{check}"' if resume else ""
    return Target(
        port=port,
        headers=["Authorization: Bearer {token}"],
        subprotocol="curbside.v1.json",
        init=[f'{{"t":"join","id":"j","room":"{room}"{wanted}{position}}}'],
        ready='"t":"caught_up"',
        history=resume,
        rcvbuf_bytes=rcvbuf_bytes,
    )


def post(room: str, text: str = TEXT) -> str:
    """The template of a post."""
    return f'{{"t":"post","id":"{{id}}","room":"{room}","text":"{text}"}}'


def _run(posted: Posted, counts: list[Counted], cpu_s: float, more: int) -> Run:
    to_contributors, to_readers = counts
    if to_contributors.latencies is None or to_readers.latencies is None:
        raise Failure("nothing was delivered")
    delivered = to_contributors.stamps + to_readers.stamps
    expected = posted.sent * (to_contributors.connections + to_readers.connections)
    return Run(
        sent=posted.sent,
        delivered=delivered,
        expected=expected,
        cpu_us=1e6 * cpu_s / (delivered + more),
        late_ms=posted.late_max_ms,
        contributors=to_contributors.latencies,
        readers=to_readers.latencies,
    )
