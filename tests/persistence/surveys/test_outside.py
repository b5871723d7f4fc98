"""What of a survey is told: nothing of 1 to 10 people, and nothing from which they could be worked out."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from persistence.observers.suppression import LEAST
from persistence.surveys.outside import REST, Answered, Group, as_csv, results
from persistence.surveys.survey import Question, Survey, Wish

ONE = Question("Antivenom before transfer?", ["Yes", "No"])
ANY = Question("What is at hand?", ["=Antivenom", "Adrenaline", "Neither"], multiple=True)


def survey(*questions: Question) -> Survey:
    wish = Wish(title="Snakes", questions=list(questions), opens_at=0, closes_at=1)
    return Survey(id="s1", wish=wish, opened_by="mo")


def said(group: str, times: int, *choices: list[int]) -> list[Answered]:
    return [Answered(group, choices)] * times


def test_a_group_of_enough_is_told_by_itself_and_all_with_it() -> None:
    found = results(survey(ONE), said("cardiology", 12, [0]) + said("cardiology", 11, [1]))
    assert found.groups == [Group("cardiology", 23, [[12, 11]])]
    assert found.all == Group("", 23, [[12, 11]])


def test_groups_that_would_tell_of_few_are_told_together() -> None:
    answers = said("cardiology", 12, [0]) + said("surgery", 6, [0]) + said("toxicology", 7, [0])
    found = results(survey(ONE), answers)
    assert [one.group for one in found.groups] == ["cardiology", REST]
    assert found.groups[1].counts == [[13, 0]]
    assert found.all is not None and found.all.people == 25


def test_where_the_rest_is_few_neither_it_nor_the_whole_is_told() -> None:
    found = results(survey(ONE), said("cardiology", 30, [0]) + said("surgery", 3, [1]))
    assert [one.group for one in found.groups] == ["cardiology"]
    assert found.all is None


def test_those_who_did_not_choose_an_option_are_not_told_of_where_they_are_few() -> None:
    assert results(survey(ANY), said("cardiology", 20, [0]) + said("cardiology", 3, [1])).groups == []
    assert results(survey(ANY), said("cardiology", 20, [0, 1])).all is not None


def test_of_no_answers_nothing_is_told() -> None:
    assert results(survey(ONE), []).all is None


def test_a_table_has_no_cell_that_a_spreadsheet_would_run() -> None:
    text = as_csv(survey(ANY), results(survey(ANY), said("cardiology", 20, [0])))
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["specialty", "people", "question", "option", "count"]
    assert rows[1] == ["cardiology", "20", "What is at hand?", "'=Antivenom", "20"]


ANSWERS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 1), st.sets(st.integers(0, 2), min_size=1)), max_size=60
)


@given(ANSWERS)
def test_no_sum_and_no_difference_of_what_is_told_is_a_small_count(given: list[tuple[str, int, set[int]]]) -> None:
    found = results(survey(ONE, ANY), [Answered(group, [[one], sorted(any_)]) for group, one, any_ in given])
    told = [*found.groups, *([found.all] if found.all else [])]
    for group in told:
        assert all(is_no_few(count) for counts in group.counts for count in counts)
        assert all(is_no_few(group.people - count) for count in group.counts[1])
    if found.all is not None:
        for some in parts(found.groups):
            assert is_no_few(found.all.people - sum(group.people for group in some))
            for place in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2)):
                whole = found.all.counts[place[0]][place[1]]
                assert is_no_few(whole - sum(group.counts[place[0]][place[1]] for group in some))
    assert sum(group.people for group in found.groups) <= sum(Counter(group for group, _, _ in given).values())


def is_no_few(count: int) -> bool:
    return count == 0 or count >= LEAST


def parts(groups: list[Group]) -> Iterator[tuple[Group, ...]]:
    for size in range(len(groups) + 1):
        yield from combinations(groups, size)
