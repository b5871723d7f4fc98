"""When somebody is to look: bounds, and what moderators are told. Pure.

Each is a bound to look at, no verdict. Under the least number there is none: fewer tell nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from persistence.awards.watch import ENOUGH, MANY, ONE, ONE_PAYER, SHARE, Counts
from persistence.bias.concentration import concentration
from persistence.bias.history import History
from persistence.bias.tallies import Payer

Kind = Literal["many", "one_payer", "one_author", "own_products", "history"]

ONE_AUTHOR: Final = 0.2
"""Of the awards of one institution; of twenty, more than four to one person."""
OWN_PRODUCTS: Final = 0.5
P: Final = 0.01
"""It is looked at each day: one in twenty would be raised by chance alone."""

AUTHOR: Final = (
    "More than a fifth of the awards of one institution in twelve months went to one person. "
    "Look at the page Bias watch."
)
OWN: Final = (
    "More than half of the awards of one institution in twelve months went to people who were for its products in the "
    "same case. Look at the page Bias watch."
)
PULL: Final = (
    "Who took an award by name was later for the products of who paid it more often than others, beyond chance. "
    "Look at the page Bias watch."
)
TEXTS: Final[dict[Kind, str]] = {
    "many": MANY,
    "one_payer": ONE,
    "one_author": AUTHOR,
    "own_products": OWN,
    "history": PULL,
}


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """`value` and its `bound`. `about`: the institution of which it is the most, where it is of one.

    `value`: a share of `n` awards; of `history` the p, where `n` people are on the smaller side; None where there is
    none. `raised`: it is beyond its bound, and `n` at least `least`.
    """

    kind: Kind
    about: str
    value: float | None
    bound: float
    n: int
    least: int
    raised: bool


def alarms(lately: Counts, payers: Sequence[Payer], by_name: History) -> list[Alarm]:
    """All of them, raised or not. `lately`: of the last 30 days; the others are of the period that was read."""
    return [
        _many(lately),
        _one_payer(lately),
        _most("one_author", ONE_AUTHOR, [(one, one.authors.top_share) for one in payers]),
        _most("own_products", OWN_PRODUCTS, [(one, _own(one)) for one in payers]),
        _history(by_name),
    ]


def texts(found: Iterable[Alarm]) -> list[str]:
    """What moderators are told."""
    return [TEXTS[one.kind] for one in found if one.raised]


def _many(lately: Counts) -> Alarm:
    total = sum(lately.awards.values())
    share = total / lately.posts if lately.posts else None
    return Alarm(kind="many", about="", value=share, bound=SHARE, n=total, least=ENOUGH, raised=MANY in lately.alarms)


def _one_payer(lately: Counts) -> Alarm:
    found = concentration(lately.awards)
    return Alarm(
        kind="one_payer",
        about=found.top,
        value=found.top_share if found.total else None,
        bound=ONE_PAYER,
        n=found.total,
        least=ENOUGH,
        raised=ONE in lately.alarms,
    )


def _most(kind: Kind, bound: float, shares: Sequence[tuple[Payer, float]]) -> Alarm:
    """Of the payer with the largest share, of those with enough awards."""
    enough = [(share, payer.awards, payer.payer) for payer, share in shares if payer.awards >= ENOUGH]
    if not enough:
        most = max((payer.awards for payer, _ in shares), default=0)
        return Alarm(kind=kind, about="", value=None, bound=bound, n=most, least=ENOUGH, raised=False)
    share, n, name = max(enough)
    return Alarm(kind=kind, about=name, value=share, bound=bound, n=n, least=ENOUGH, raised=share > bound)


def _own(payer: Payer) -> float:
    return payer.stances["for"] / payer.awards if payer.awards else 0.0


def _history(by_name: History) -> Alarm:
    found = by_name.all
    smaller = min(found.awarded, found.others)
    beyond = found.p is not None and found.p < P and (found.difference or 0.0) > 0.0
    return Alarm(
        kind="history",
        about="",
        value=found.p,
        bound=P,
        n=smaller,
        least=ENOUGH,
        raised=beyond and smaller >= ENOUGH,
    )
