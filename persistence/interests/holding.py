"""Which interests people have now: what they declare, and what Open Payments says of those who are verified."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import Session, col, select

from persistence.interests.dates import first_year, in_force
from persistence.interests.entries import Declared, standing
from persistence.interests.payments import Given, given
from persistence.tables import Person
from realtime.rooms.interests.conflict import interest_with
from realtime.rooms.interests.interest import Interest
from realtime.rooms.people import PHYSICIAN_TIER

MOST_HELD: Final = 60
"""So many interests of one person are known to the rooms: the ones that they declare, then the newest and largest."""


def interests_of(session: Session, people: Sequence[str], now_ms: int) -> Mapping[str, tuple[Interest, ...]]:
    """By person their interests that are in force; who has none is left out."""
    held: dict[str, list[Interest]] = {}
    for person, one in standing(session, people):
        if in_force(one.until, now_ms):
            held.setdefault(person, []).append(_declared(one))
    verified = _verified(session, people)
    for person, payers in given(session, verified, first_year(now_ms)).items():
        held.setdefault(person, []).extend(_imported(payers))
    return {person: tuple(interests[:MOST_HELD]) for person, interests in held.items()}


def has_interest(session: Session, person: str, payer: str, payer_id: str, now_ms: int) -> Interest | None:
    """The interest that `person` has now with this payer, by its id or by its name; None where there is none."""
    return interest_with(interests_of(session, [person], now_ms).get(person, ()), payer, payer_id)


def _verified(session: Session, people: Sequence[str]) -> list[str]:
    """Who claims an NPI and is not verified may be somebody else."""
    row = Person
    verified = (col(row.role) == "physician", col(row.tier) >= PHYSICIAN_TIER)
    return list(session.exec(select(row.id).where(col(row.id).in_(people), *verified)))


def _declared(one: Declared) -> Interest:
    return Interest(one.payer, one.nature, one.since, "declared", one.products, one.payer_id)


def _imported(years: Sequence[Given]) -> list[Interest]:
    """One for each payer: `years` are the newest first, and the newest says of what nature it is."""
    by_payer: dict[str, list[Given]] = {}
    for one in years:
        by_payer.setdefault(one.payer_id, []).append(one)
    return [_of_payer(of_one) for of_one in by_payer.values()]


def _of_payer(years: Sequence[Given]) -> Interest:
    newest, first = years[0], years[-1]
    products = tuple(dict.fromkeys(name for year in years for name in year.products))
    return Interest(newest.payer, next(iter(newest.natures)), str(first.year), "imported", products, newest.payer_id)
