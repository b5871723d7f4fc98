"""A scored item: one claim of one person, by how its case turned out."""

from typing import Final, Literal

import msgspec

from realtime.rooms.credibility.scores import Forecast

Kind = Literal["opinion", "advice", "stance"]
KINDS: Final[tuple[Kind, ...]] = ("opinion", "advice", "stance")
"""An independent differential; a recommendation that was done; agreement or disagreement with somebody's post."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """`event` of `person`, scored by the event `outcome`. `score`: thousandths, the more the better.

    Of an opinion: `loss`, its logarithmic score in thousandths, and `forecasts`, what it gave to which diagnosis.
    """

    event: str
    person: str
    kind: Kind
    at: int
    outcome: str
    score: int
    loss: int | None = None
    forecasts: tuple[Forecast, ...] = ()


class Scored(msgspec.Struct, frozen=True):
    """The items of a case, which count under the first specialty with which it was opened."""

    specialty: str
    items: list[Item]
