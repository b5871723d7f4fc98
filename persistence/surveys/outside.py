"""What of a survey's answers is told: no 1 to 10 people anywhere, nor anything from which they could be worked out.

Groups that would tell of so few are taken together in one rest; a rest that still would is not told, and then what all
have answered is not told either. As all counts are sums of whole groups that may be told themselves, and of the rest
that may or is left out with the whole, no difference of what is told is a small count.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from persistence.observers.suppression import LEAST
from persistence.spreadsheet import Cell, table
from persistence.surveys.survey import Question, Survey

REST: Final = "*"
"""The groups that are told together only."""

Counts = list[list[int]]
"""For each question how many chose each of its options."""


class Group(msgspec.Struct, frozen=True):
    """What those of a group have answered: so many people, and for each question how many chose each option."""

    group: str
    people: int
    counts: Counts


class Results(msgspec.Struct, frozen=True):
    """Group by group, `REST` for those that are told together, and all; None where that may not be told."""

    groups: list[Group]
    all: Group | None


class Answered(NamedTuple):
    """One person's answers, and their group."""

    group: str
    answers: Sequence[Sequence[int]]


def results(survey: Survey, answered: Iterable[Answered]) -> Results:
    """What may be told of these answers."""
    by_group: defaultdict[str, list[Sequence[Sequence[int]]]] = defaultdict(list)
    for group, answers in answered:
        by_group[group].append(answers)
    questions = survey.wish.questions
    whole = {name: _counted(name, questions, answers) for name, answers in sorted(by_group.items())}
    told = {name: one for name, one in whole.items() if name and _tellable(questions, one)}
    left = [answers for name in whole.keys() - told.keys() for answers in by_group[name]]
    if not left:
        return Results(list(told.values()), _all(questions, by_group))
    rest = _counted(REST, questions, left)
    if not _tellable(questions, rest):
        return Results(list(told.values()), None)
    return Results([*told.values(), rest], _all(questions, by_group))


def as_csv(survey: Survey, found: Results) -> str:
    """One line for each group, question and option. Nothing that a spreadsheet would take for a formula."""
    head = [survey.wish.group_by, "people", "question", "option", "count"]
    rows: list[list[Cell]] = [
        [group.group, group.people, question.question, option, count]
        for group in (*found.groups, *([found.all] if found.all else []))
        for question, counts in zip(survey.wish.questions, group.counts, strict=True)
        for option, count in zip(question.options, counts, strict=True)
    ]
    return table(head, rows)


def _all(questions: Sequence[Question], by_group: Mapping[str, list[Sequence[Sequence[int]]]]) -> Group | None:
    everybody = _counted("", questions, [answers for group in by_group.values() for answers in group])
    return everybody if everybody.people and _tellable(questions, everybody) else None


def _counted(name: str, questions: Sequence[Question], answers: list[Sequence[Sequence[int]]]) -> Group:
    counts = [
        [sum(option in one[place] for one in answers) for option in range(len(question.options))]
        for place, question in enumerate(questions)
    ]
    return Group(name, len(answers), counts)


def _tellable(questions: Sequence[Question], group: Group) -> bool:
    """Whether neither those who chose an option nor, where several may be chosen, those who did not are few."""
    if group.people < LEAST:
        return False
    return not any(
        _few(count) or (question.multiple and _few(group.people - count))
        for question, counts in zip(questions, group.counts, strict=True)
        for count in counts
    )


def _few(count: int) -> bool:
    return 0 < count < LEAST
