"""How many have answered is told of eleven people and more, and tells of no fewer beside the results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.observers.suppression import LEAST
from persistence.surveys.outside import REST, Answered, results
from persistence.surveys.participation import Participation, participation
from persistence.surveys.survey import Question, Survey, Wish

ASKED = Question("Antivenom before transfer?", ["Yes", "No"])
SURVEY = Survey(id="s1", wish=Wish(title="Snakes", questions=[ASKED], opens_at=0, closes_at=1), opened_by="mo")


@pytest.mark.parametrize(
    ("sizes", "over", "told"),
    [
        ({}, True, None),
        ({"cardiology": 10}, True, None),
        ({"cardiology": 5, "surgery": 5}, False, None),
        ({"cardiology": 5, "surgery": 6}, True, Participation(11, True)),
        ({"cardiology": 25}, True, Participation(25, True)),
        ({"cardiology": 25}, False, Participation(22, False)),
        ({"cardiology": 25, "surgery": 3}, True, Participation(11, False)),
        ({"cardiology": 25, "surgery": 3}, False, Participation(11, False)),
        ({"cardiology": 25, "": 40}, True, Participation(65, True)),
    ],
)
def test_few_are_not_told(sizes: dict[str, int], over: bool, told: Participation | None) -> None:
    assert participation(sizes, over=over) == told


@given(st.dictionaries(st.sampled_from(["", "a", "b", "c"]), st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_beside_the_results_it_tells_of_no_group_that_they_leave_out(chose: dict[str, tuple[int, int]]) -> None:
    """What is exact, less the groups that are told by themselves, is nobody or eleven and more, or told anyway."""
    given_ = [Answered(name, [[at]]) for name, both in chose.items() for at in (0, 1) for _ in range(both[at])]
    told = participation({name: sum(both) for name, both in chose.items() if sum(both)}, over=True)
    found = results(SURVEY, given_)
    if told is None or not told.exact or found.all is not None:
        return
    left = told.people - sum(group.people for group in found.groups if group.group != REST)
    assert left >= LEAST
