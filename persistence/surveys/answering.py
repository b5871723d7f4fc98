"""Answering a survey, changing one's answer, or declining."""

import msgspec
from sqlmodel import Session

from persistence.surveys.book import is_full, locked
from persistence.surveys.survey import Survey, check_answer
from persistence.surveys.tables import SurveyAnswer
from realtime.rooms.people import Person


def answer(session: Session, survey: Survey, person: Person, answers: list[list[int]], now_ms: int) -> None:
    """Take the answer of one whom the survey asks, in place of their earlier one. Raises `ValueError`.

    Who has answered keeps their place in the group in which they first did, whatever becomes of its quota.
    """
    row = _row(session, survey, person, now_ms)
    check_answer(survey, answers)
    if row.answers is None and is_full(session, survey, row.counted_in):
        raise ValueError("As many of your group have answered as are wanted. Thank you.")
    row.answers, row.at = msgspec.json.encode(answers), now_ms
    session.add(row)


def decline(session: Session, survey: Survey, person: Person, now_ms: int) -> None:
    """Not ask this person any more; what they answered is gone. Raises `ValueError`."""
    row = _row(session, survey, person, now_ms)
    row.answers, row.at = None, now_ms
    session.add(row)


def _row(session: Session, survey: Survey, person: Person, now_ms: int) -> SurveyAnswer:
    """The person's row, new or old. The survey is locked: it may have ended since it was read, but does not end now.

    Its quotas hold whoever else answers.
    """
    now = locked(session, survey.id)
    if now is None or not now.open_at(now_ms):
        raise ValueError("This survey is not open.")
    if not survey.asks(person):
        raise ValueError("This survey asks verified physicians of other specialties or countries.")
    known = session.get(SurveyAnswer, (survey.id, person.id))
    return known or SurveyAnswer(survey=survey.id, person=person.id, counted_in=survey.group(person), at=now_ms)
