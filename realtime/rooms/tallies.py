"""What a closed case adds to the figures of all cases: how its claims fared, and how its opinions turned out.

Of a case that is open there is nothing: others may yet agree or disagree.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from realtime.rooms.credibility.calibration import BINS, bin_of
from realtime.rooms.credibility.diagnoses import Called, read, same
from realtime.rooms.credibility.item import Item
from realtime.rooms.credibility.scores import WHOLE, Forecast
from realtime.rooms.credibility.scoring import NO_DIAGNOSIS
from realtime.rooms.events import Event, OutcomeGiven
from realtime.rooms.follow_up import CLAIMS
from realtime.rooms.opinions.stated import pooled
from realtime.rooms.room import Room

FORECASTS: Final = tuple(f"forecast_{bin}" for bin in range(BINS))
TALLIES: Final = ("corroborated", "disputed", "brier", "leading", "first_three", *FORECASTS)
"""Claims that somebody agrees with, or disputes; Brier's score of opinions; cases whose pooled opinions had the true
diagnosis first, or among the first three; of what was given n tenths or more, how much was so."""
THREE: Final = 3


class Tally(NamedTuple):
    """Of `n` things `hits` were so. `sum`: what they come to, in thousandths, where they are measured at all."""

    n: int
    hits: int = 0
    sum: int = 0


def tallies(log: Sequence[Event], room: Room, items: Sequence[Item]) -> Mapping[str, Tally]:
    """Those of `TALLIES` that there is anything of, in the case of `room`, its whole log, and what was scored in it."""
    if room.card.open:
        return {}
    return {**_claims(room), **_opinions(items), **_agreed(room, log)}


def brier(item: Item) -> int:
    """Brier's score of an opinion in thousandths, 0 to 2,000: the less the better."""
    return 2 * (WHOLE - item.score)


def _claims(room: Room) -> dict[str, Tally]:
    claims = [post for post in room.posts.values() if post.kind in CLAIMS and not post.retracted]
    if not claims:
        return {}
    agreed, disputed = (sum(bool(post.holders(stance)) for post in claims) for stance in ("agree", "disagree"))
    return {"corroborated": Tally(len(claims), agreed), "disputed": Tally(len(claims), disputed)}


def _opinions(items: Sequence[Item]) -> dict[str, Tally]:
    opinions = [item for item in items if item.kind == "opinion"]
    if not opinions:
        return {}
    found = {"brier": Tally(len(opinions), sum=sum(map(brier, opinions)))}
    bins: dict[int, list[Forecast]] = {}
    for forecast in (one for item in opinions for one in item.forecasts):
        bins.setdefault(bin_of(forecast.probability), []).append(forecast)
    return found | {FORECASTS[index]: _held(bins[index]) for index in sorted(bins)}


def _held(forecasts: Sequence[Forecast]) -> Tally:
    said = sum(round(WHOLE * one.probability) for one in forecasts)
    return Tally(len(forecasts), sum(one.hit for one in forecasts), said)


def _agreed(room: Room, log: Sequence[Event]) -> dict[str, Tally]:
    """Whether what all thought together, as the room was shown it, was so."""
    truth, pool = _truth(log), pooled(room).diagnoses
    if truth is None or not pool:
        return {}
    hits = [same(Called(one.dx, one.code), truth) for one in pool[:THREE]]
    return {"leading": Tally(1, int(hits[0])), "first_three": Tally(1, int(any(hits)))}


def _truth(log: Sequence[Event]) -> Called | None:
    """The diagnosis of the last outcome, where it has one."""
    last = next((event.body for event in reversed(log) if isinstance(event.body, OutcomeGiven)), None)
    words = "" if last is None or last.verdict == "unknown" else (last.diagnosis or "").strip()
    return None if words in NO_DIAGNOSIS else read(words)
