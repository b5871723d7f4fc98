import pytest

from realtime.rooms.credibility.independence import Tie, independence
from realtime.rooms.credibility.weighing import LEAST, MOST, corroboration_weight, pooling_weight


def test_a_stranger_is_independent() -> None:
    assert independence(Tie()) == 1.0


def test_each_tie_leaves_a_part() -> None:
    assert independence(Tie(same_institution=True)) == 0.5
    assert independence(Tie(same_institution=True, vouched=True)) == 0.25


def test_agreeing_with_each_other_far_more_than_with_others_leaves_little() -> None:
    habit = Tie(rooms=(10, 10), posts=(10, 10), expected=(0.5, 0.5))
    assert independence(habit) == pytest.approx(3 * 1 / 20)
    assert independence(Tie(rooms=(90, 90), posts=(90, 90), expected=(0.1, 0.1))) == 0.05


@pytest.mark.parametrize(
    "tie",
    [
        Tie(rooms=(2, 9), posts=(2, 9), expected=(0.1, 0.1)),
        Tie(rooms=(40, 0), posts=(40, 0), expected=(0.1, 0.0)),
        Tie(rooms=(10, 10), posts=(10, 10), expected=(4.0, 4.0)),
    ],
)
def test_chance_admiration_and_a_small_field_are_no_habit(tie: Tie) -> None:
    assert independence(tie) == 1.0


def test_a_corroboration_weighs_by_all_three() -> None:
    assert corroboration_weight(0.8, 0.5, 0.25) == pytest.approx(0.3)
    assert corroboration_weight(0.8, 1.0, 1.0) == 0.0


def test_peers_weigh_one_the_better_more_and_nobody_nothing() -> None:
    assert pooling_weight(0.6, 0.6) == pytest.approx(1.0)
    assert pooling_weight(0.8, 0.6) == MOST
    assert 1 < pooling_weight(0.65, 0.6) < 2
    assert pooling_weight(0.5, 0.6) == pooling_weight(0.1, 0.6) == LEAST


def test_where_peers_are_no_better_than_silence_weights_stay_within_bounds() -> None:
    assert pooling_weight(0.7, 0.4) == MOST
