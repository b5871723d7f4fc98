"""Who had which part in a closed case: whom it asked, who answered, and how their opinions held."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from realtime.rooms.credibility.item import Item
from realtime.rooms.events import Closed, Event, Opened, Opined, Paged, Posted
from realtime.rooms.people import SYSTEM
from realtime.rooms.tallies import brier


class Part(NamedTuple):
    """One person's part in a case.

    `asked`: they opened it, or a page rang them for it. `answered`: somebody else opened it, and they posted or said
    what they think it is. `opinions`: how many of theirs were scored; `brier` (thousandths) what those come to, and
    `hits` how many had the recorded diagnosis first.
    """

    asked: bool
    answered: bool
    opinions: int = 0
    hits: int = 0
    brier: int = 0


def parts(log: Sequence[Event], items: Sequence[Item]) -> Mapping[str, Part]:
    """By person, in a case whose whole log is `log`, and what was scored in it; of none while it is open."""
    if not any(isinstance(event.body, Closed) for event in log):
        return {}
    assert isinstance(log[0].body, Opened), "it begins with its opening"
    opener = log[0].body.case.presenter
    asked = {opener, *(person for event in log if isinstance(event.body, Paged) for person in event.body.people)}
    spoke = {event.by.person for event in log if isinstance(event.body, Posted | Opined)}
    answered = spoke - {opener, SYSTEM}
    return {person: _part(person, asked, answered, items) for person in sorted(asked | answered)}


def _part(person: str, asked: set[str], answered: set[str], items: Sequence[Item]) -> Part:
    own = [item for item in items if item.person == person and item.kind == "opinion"]
    hits = sum(_led(item) for item in own)
    return Part(person in asked, person in answered, len(own), hits, sum(map(brier, own)))


def _led(item: Item) -> bool:
    """Whether nothing was given more than what it was."""
    most = max((one.probability for one in item.forecasts), default=0.0)
    return any(one.hit and one.probability == most for one in item.forecasts)
