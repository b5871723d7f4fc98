"""What an author says to an award: whether they take it, how and in which form. Nothing is ever assumed."""

from typing import Literal

import msgspec
from sqlmodel import Session

from persistence.awards.reading import state_of
from persistence.awards.tables import Award, AwardChoice, AwardCourse
from persistence.insert import insert_or_replace

Way = Literal["blind", "identified"]
"""Neither learns who the other is; or the payer is given the author's name and NPI, and the author the payer's name."""
Form = Literal["cash", "cme", "charity"]
"""Money, credit for continuing medical education, or a gift to charity."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an award is taken. `payer`: to be identified one repeats the name of who is then told who one is."""

    answer: Literal["accept", "decline"]
    way: Way = "blind"
    form: Form = "cash"
    payer: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """What an author wants of every award until they say otherwise; each is still accepted by itself."""

    way: Way = "blind"
    form: Form = "cash"


class Unanswerable(ValueError):
    """Why an answer cannot be taken, one sentence for people. Nothing was changed."""


def named(session: Session, author: str, room: str, number: int, now_ms: int) -> str:
    """Who pays this award; from now on it is not blind any more. Raises `Unanswerable`."""
    award, course = _own(session, author, room, number)
    if course.answer == "accept" and course.way == "blind":
        raise Unanswerable("You have taken this award without knowing who pays it, and it stays so.")
    course.named_at = course.named_at or now_ms
    session.add(course)
    return award.payer


def answer(session: Session, author: str, room: str, number: int, said: Answer, now_ms: int) -> None:
    """Put an author's answer on record; until it is exported they may give another. Raises `Unanswerable`."""
    award, course = _own(session, author, room, number)
    if state_of(course) == "exported":
        raise Unanswerable("This award is on its way already. Write to who runs this server.")
    if state_of(course) == "void":
        raise Unanswerable("This award is void: nothing is paid, so there is nothing to answer.")
    if said.answer == "accept":
        _check_way(award, course, said)
    course.answer, course.answered_at = said.answer, now_ms
    course.way, course.form = (said.way, said.form) if said.answer == "accept" else (None, None)
    session.add(course)


def choice_of(session: Session, person: str) -> Choice:
    """What this author wants of every award: blind, as money, unless they said otherwise."""
    row = session.get(AwardChoice, person)
    return Choice() if row is None else Choice(row.way, row.form)  # type: ignore[arg-type]


def choose(session: Session, person: str, choice: Choice, now_ms: int) -> None:
    """Keep what this author wants of every award."""
    row = {"person": person, "way": choice.way, "form": choice.form, "at": now_ms}
    insert_or_replace(session, AwardChoice, [row], ("person",))


def _check_way(award: Award, course: AwardCourse, said: Answer) -> None:
    if said.way == "blind" and course.named_at is not None:
        raise Unanswerable("You know who pays, so it is not blind any more: take it by name, or decline it.")
    if said.way == "identified" and (course.named_at is None or said.payer != award.payer):
        raise Unanswerable("Ask first who pays, and name them as `payer`: they are given your name and NPI.")


def _own(session: Session, author: str, room: str, number: int) -> tuple[Award, AwardCourse]:
    """An award of theirs that was revealed, its course locked."""
    award = session.get(Award, (room, number))
    course = session.get(AwardCourse, (room, number), with_for_update=True)
    if award is None or course is None or award.author != author or course.revealed_at is None:
        raise Unanswerable("There is no such award of yours.")
    return award, course
