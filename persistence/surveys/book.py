"""The surveys on record: opening, approving and ending them, and finding those that ask a person."""

import msgspec
from sqlmodel import Session, col, func, select

from persistence.people import new_id
from persistence.surveys.survey import Survey, Wish, check
from persistence.surveys.tables import SurveyAnswer, SurveyRow
from realtime.rooms.people import Person

MOST_LISTED = 500


class Offered(msgspec.Struct, frozen=True):
    """A survey as one whom it asks sees it: what they answered, if they have."""

    survey: Survey
    answers: list[list[int]] | None


def open_survey(session: Session, wish: Wish, person: Person, now_ms: int) -> Survey:
    """A new survey: a moderator's own asks at once, an institution's waits for one. Raises `ValueError`."""
    check(wish, now_ms)
    approved = person.role == "moderator"
    row = SurveyRow(
        id=new_id(),
        wish=msgspec.json.encode(wish),
        opened_by=person.id,
        institution=None if approved else person.institution,
        created_at=now_ms,
        closes_at=wish.closes_at,
        approved_at=now_ms if approved else None,
        approved_by=person.id if approved else None,
    )
    session.add(row)
    session.flush()
    return _survey(row)


def approve(session: Session, id: str, moderator: str, now_ms: int) -> Survey | None:
    """The survey, which a moderator lets ask; None where there is none. Raises `ValueError` where it is over."""
    row = session.get(SurveyRow, id, with_for_update=True)
    if row is None:
        return None
    if _survey(row).over_at(now_ms):
        raise ValueError("That survey is over. Open another.")
    if row.approved_at is None:
        row.approved_at, row.approved_by = now_ms, moderator
        session.add(row)
    return _survey(row)


def end(session: Session, id: str, person: str, now_ms: int) -> Survey | None:
    """The survey, which takes no more answers; None where there is none."""
    row = session.get(SurveyRow, id, with_for_update=True)
    if row is None:
        return None
    if row.ended_at is None:
        row.ended_at, row.ended_by = now_ms, person
        session.add(row)
    return _survey(row)


def found(session: Session, id: str) -> Survey | None:
    """The survey, or None."""
    row = session.get(SurveyRow, id)
    return _survey(row) if row is not None else None


def locked(session: Session, id: str) -> Survey | None:
    """The survey as it is until this transaction ends, or None."""
    row = session.get(SurveyRow, id, with_for_update=True)
    return _survey(row) if row is not None else None


def listed(session: Session, institution: str | None = None) -> list[Survey]:
    """The newest surveys, or those of an institution."""
    wanted = select(SurveyRow).order_by(col(SurveyRow.created_at).desc(), col(SurveyRow.id)).limit(MOST_LISTED)
    if institution is not None:
        wanted = wanted.where(SurveyRow.institution == institution)
    return [_survey(row) for row in session.exec(wanted)]


def offered(session: Session, person: Person, now_ms: int) -> list[Offered]:
    """The surveys that ask `person` now and have room for them, or that they have answered; those they declined not."""
    open_rows = select(SurveyRow).where(col(SurveyRow.closes_at) > now_ms, col(SurveyRow.ended_at).is_(None))
    surveys = [_survey(row) for row in session.exec(open_rows.order_by(col(SurveyRow.closes_at)).limit(MOST_LISTED))]
    asking = [survey for survey in surveys if survey.open_at(now_ms) and survey.asks(person)]
    ids = [survey.id for survey in asking]
    own = session.exec(select(SurveyAnswer).where(SurveyAnswer.person == person.id, col(SurveyAnswer.survey).in_(ids)))
    mine = {row.survey: row for row in own}
    return [
        Offered(survey, answers_of(mine.get(survey.id)))
        for survey in asking
        if (survey.id in mine and mine[survey.id].answers is not None)
        or (survey.id not in mine and not is_full(session, survey, survey.group(person)))
    ]


def is_full(session: Session, survey: Survey, group: str) -> bool:
    """Whether as many of `group` have answered as are wanted of it."""
    quota = survey.wish.quotas.get(group)
    if quota is None:
        return False
    row = SurveyAnswer
    count = select(func.count()).where(row.survey == survey.id, row.counted_in == group, col(row.answers).is_not(None))
    return session.exec(count).one() >= quota


def answers_of(row: SurveyAnswer | None) -> list[list[int]] | None:
    """What was answered, or None."""
    return None if row is None or row.answers is None else msgspec.json.decode(row.answers, type=list[list[int]])


def _survey(row: SurveyRow) -> Survey:
    return Survey(
        id=row.id,
        wish=msgspec.json.decode(row.wish, type=Wish),
        opened_by=row.opened_by,
        institution=row.institution,
        approved_at=row.approved_at,
        ended_at=row.ended_at,
    )
