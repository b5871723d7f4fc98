"""What a word weighs: a corroboration among others, and an opinion in a pool."""

from math import log
from typing import Final, NamedTuple

LEAST_SHOWN: Final = 10
"""Of fewer scored opinions nothing is told, and nothing follows: chance would be taken for skill."""
LEAST, MOST = 0.05, 3.0
"""The best weighs no more than three of the middle: a crowd is there to be wrong less often than its best. And whoever
was wrong so far may be right today."""


class Word(NamedTuple):
    """What somebody's word on a post weighs, 0 to 1, and whether they are of its author's own institution.

    None: one of both is of none that is known.
    """

    weight: float
    same_house: bool | None


def corroboration_weight(calibration: float, independence: float, conflict: float = 0.0) -> float:
    """calibration * independence * (1 - conflict): all 0 to 1, and so is this."""
    return calibration * independence * (1.0 - conflict)


def pooling_weight(calibration: float, peers: float) -> float:
    """What an opinion weighs in a pool of log-odds: 1 for the mean of `peers`, `LEAST` for who says nothing.

    The best rule for votes of unequal skill weighs each by ln(p / (1 - p)); here by that of the calibration, in which
    silence is worth a half, over that of peers. Nitzan and Paroush, International Economic Review 23 (1982).
    """
    middle = max(_log_odds(peers), _log_odds(0.51))
    return min(MOST, max(LEAST, _log_odds(calibration) / middle))


def _log_odds(p: float) -> float:
    inside = min(0.999, max(0.001, p))
    return log(inside / (1 - inside))
