"""Whether somebody has an interest with a payer, by whatever way its name is written."""

from collections.abc import Sequence
from typing import Final

from realtime.rooms.interests.interest import Interest
from realtime.rooms.names import normalised

_LEGAL_FORMS: Final = frozenset(
    "ab ag as asa bv co company corp corporation gmbh inc incorporated kg kgaa limited llc llp lp ltd nv oy plc pty "
    "sa sarl sas se spa srl".split()
)


def interest_with(interests: Sequence[Interest], payer: str, payer_id: str = "") -> Interest | None:
    """The first of `interests` with this payer: the same id, or the same name but for its legal form; None: none."""
    name = payer_key(payer)
    same_id = (one for one in interests if payer_id and one.payer_id == payer_id)
    same_name = (one for one in interests if name and payer_key(one.payer) == name)
    return next(same_id, None) or next(same_name, None)


def payer_key(name: str) -> str:
    """`name` as payers are compared: normalised, without the legal forms at its end. `Acme, Inc.` is `acme`."""
    words = normalised(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)
