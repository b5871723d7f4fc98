"""How much of its own a peer's word is: less between those who share a house, who vouch, or who agree as a habit."""

from typing import Final, NamedTuple

SAME_INSTITUTION: Final = 0.5
"""They learnt from the same people, and will meet tomorrow."""
VOUCHED: Final = 0.5
LEAST_ROOMS: Final = 3
"""To have agreed with each other in fewer rooms is chance."""
CHANCE: Final = 3.0
"""So many times as often as would be expected of anybody may colleagues of one field agree with each other."""
LEAST: Final = 0.05
"""What nothing goes below: everybody's word is a word."""


class Tie(NamedTuple):
    """What is known of two people, A and B, before A agrees with B.

    `rooms`: in how many rooms A agreed with B, and B with A; `posts`: with how many posts. `expected`: with how many
    posts they would have agreed, did they agree with everybody alike: (all posts that A agreed with) times (B's share
    of all posts that anybody agreed with), and the other way round.
    """

    same_institution: bool = False
    vouched: bool = False
    rooms: tuple[int, int] = (0, 0)
    posts: tuple[int, int] = (0, 0)
    expected: tuple[float, float] = (0.0, 0.0)


def independence(tie: Tie) -> float:
    """From `LEAST` to 1: the product of what each tie leaves of a word."""
    left = SAME_INSTITUTION if tie.same_institution else 1.0
    left *= VOUCHED if tie.vouched else 1.0
    return max(LEAST, left * _beyond_habit(tie))


def _beyond_habit(tie: Tie) -> float:
    """What mutual agreement leaves: 1 as long as it is no more than chance and a common field would bring."""
    if min(tie.rooms) < LEAST_ROOMS:
        return 1.0
    return min(1.0, CHANCE * sum(tie.expected) / sum(tie.posts))
