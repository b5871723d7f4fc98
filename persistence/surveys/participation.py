"""How many have answered a survey, as far as that may be told: 1 to 10 people are never, nor can they be worked out."""

from collections.abc import Iterable, Mapping

import msgspec
from sqlmodel import Session, col, func, select

from persistence.observers.suppression import LEAST
from persistence.surveys.tables import SurveyAnswer


class Participation(msgspec.Struct, frozen=True):
    """So many people have answered; where it is not `exact`, so many at least."""

    people: int
    exact: bool


def participation(sizes: Mapping[str, int], *, over: bool) -> Participation | None:
    """What is told of how many have answered, of the sizes of their groups; None where they are fewer than eleven.

    Results tell of no group that is small or has no name. Where these are 1 to 10 people together, the whole would give
    them away: then only that they are eleven or more is told. Until the survey is over it is told in steps of eleven.
    """
    people = sum(sizes.values())
    if people < LEAST:
        return None
    few = sum(size for group, size in sizes.items() if size < LEAST or not group)
    if 0 < few < LEAST:
        return Participation(LEAST, False)
    return Participation(people, True) if over else Participation(people - people % LEAST, False)


def sizes(session: Session, surveys: Iterable[str]) -> dict[str, dict[str, int]]:
    """Of each of these surveys that anybody has answered, how many of each group have."""
    row = SurveyAnswer
    wanted = select(row.survey, row.counted_in, func.count()).where(col(row.answers).is_not(None))
    wanted = wanted.where(col(row.survey).in_(list(surveys))).group_by(row.survey, row.counted_in)
    found: dict[str, dict[str, int]] = {}
    for survey, group, people in session.exec(wanted):
        found.setdefault(survey, {})[group] = people
    return found
