"""Reading the answers of a survey."""

from sqlmodel import Session, col, select

from persistence.surveys.book import answers_of
from persistence.surveys.outside import Answered
from persistence.surveys.tables import SurveyAnswer


def answered(session: Session, survey: str) -> list[Answered]:
    """All that were given and not taken back."""
    rows = session.exec(
        select(SurveyAnswer).where(SurveyAnswer.survey == survey, col(SurveyAnswer.answers).is_not(None))
    )
    return [Answered(row.counted_in, given) for row in rows if (given := answers_of(row)) is not None]


def has_answered(session: Session, survey: str, person: str) -> bool:
    """Whether this person has."""
    return answers_of(session.get(SurveyAnswer, (survey, person))) is not None
