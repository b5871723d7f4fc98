"""A survey: what is asked, of whom, how many of each, and when."""

from typing import Annotated, Final, Literal

import msgspec

from realtime.rooms.people import Person
from realtime.rooms.specialties import SPECIALTIES

DAY_MS: Final = 86_400_000
LONGEST_DAYS: Final = 365

GroupBy = Literal["specialty", "country"]
Option = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Country = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Specialty = Annotated[str, msgspec.Meta(max_length=64)]
Choices = Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=11)]], msgspec.Meta(min_length=1, max_length=12)]


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """A question with its options, one of which is to be chosen, or with `multiple` any number of them."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    options: Annotated[list[Option], msgspec.Meta(min_length=2, max_length=12)]
    multiple: bool = False


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A survey as somebody wants it. `specialties`, `countries`: of whom; all where none is named.

    `group_by`: by what its results are told apart. `quotas`: at most so many answers of each group that is named.
    `opens_at`, `closes_at`: Unix ms.
    """

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    questions: Annotated[list[Question], msgspec.Meta(min_length=1, max_length=20)]
    specialties: Annotated[list[Specialty], msgspec.Meta(max_length=102)] = []
    countries: Annotated[list[Country], msgspec.Meta(max_length=250)] = []
    group_by: GroupBy = "specialty"
    quotas: dict[str, Annotated[int, msgspec.Meta(ge=11, le=100_000)]] = {}
    opens_at: int
    closes_at: int


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """A survey on record, by whom, for which institution; it asks nobody before a moderator has approved it."""

    id: str
    wish: Wish
    opened_by: str
    institution: str | None = None
    approved_at: int | None = None
    ended_at: int | None = None

    def open_at(self, now_ms: int) -> bool:
        """Whether it may be answered at `now_ms`."""
        return self.approved_at is not None and not self.over_at(now_ms) and now_ms >= self.wish.opens_at

    def over_at(self, now_ms: int) -> bool:
        """Whether it is over at `now_ms`, for good."""
        return self.ended_at is not None or now_ms >= self.wish.closes_at

    def group(self, person: Person) -> str:
        """The group in which an answer of `person` is counted; empty where that is not known."""
        return person.specialty if self.wish.group_by == "specialty" else person.country

    def asks(self, person: Person) -> bool:
        """Whether `person` is one of those whom it asks."""
        wish = self.wish
        fits = not wish.specialties or person.specialty in wish.specialties
        return person.verified and fits and (not wish.countries or person.country in wish.countries)


def check(wish: Wish, now_ms: int) -> None:
    """Return if a survey may be as wished. Raises `ValueError` with a sentence."""
    if not now_ms < wish.closes_at or wish.opens_at >= wish.closes_at:
        raise ValueError("The survey ends before it begins. Give a `closes_at` after `opens_at` that is to come.")
    if wish.closes_at - wish.opens_at > LONGEST_DAYS * DAY_MS:
        raise ValueError(f"A survey is open for at most {LONGEST_DAYS} days. Let it end earlier.")
    if unknown := sorted(set(wish.specialties) - SPECIALTIES.keys()):
        raise ValueError(f"There is no specialty {unknown[0]}. Take codes of the list of specialties.")
    for question in wish.questions:
        if len({option.strip().casefold() for option in question.options}) < len(question.options):
            raise ValueError("Two options of a question say the same. Make them differ.")
        if not all(text.strip() for text in (question.question, *question.options)):
            raise ValueError("A question or an option is empty. Fill it in.")


def check_answer(survey: Survey, answers: list[list[int]]) -> None:
    """Return if `answers`, the choices for each question in order, fit. Raises `ValueError` with a sentence."""
    if len(answers) != len(survey.wish.questions):
        raise ValueError("Answer all questions, in their order.")
    for question, choices in zip(survey.wish.questions, answers, strict=True):
        if len(set(choices)) < len(choices) or max(choices) >= len(question.options):
            raise ValueError("An answer names an option twice, or one that there is not. The first one is 0.")
        if len(choices) > 1 and not question.multiple:
            raise ValueError("A question that takes one answer was given several.")
