"""Credibility as it is asked for: what somebody's items come to among their peers, and the items themselves."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlmodel import Session, col, func, select, tuple_

from persistence.credibility.tables import Credibility, ScoredItem
from realtime.rooms.credibility.calibration import Bin, bins
from realtime.rooms.credibility.item import Kind
from realtime.rooms.credibility.scores import WHOLE, Forecast
from realtime.rooms.credibility.shrinkage import Prior, Tally, fitted, shrunk
from realtime.rooms.credibility.standing import Place, place

PAGE: Final = 100
_forecasts = msgspec.msgpack.Decoder(tuple[Forecast, ...])


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What `n` items of one specialty and kind come to. `mean`, `shrunk`: 0 to 1; the second as it counts.

    `peers`: how many people the prior is fitted to, and `alpha`, `beta` what it is.
    """

    specialty: str
    kind: Kind
    n: int
    mean: float
    shrunk: float
    place: Place
    peers: int
    alpha: float
    beta: float


class Line(msgspec.Struct, frozen=True):
    """A scored item, traceable to its events: of `room`, what was said, and the outcome that scored it."""

    room: str
    event: str
    outcome: str
    specialty: str
    kind: str
    at: int
    score: int
    loss: int | None
    forecasts: Sequence[Forecast]


def tallies(session: Session, specialty: str, kind: str) -> dict[str, Tally]:
    """By person, what their items come to."""
    row = Credibility
    found = session.exec(select(row).where(col(row.specialty) == specialty, col(row.kind) == kind))
    return {one.person: Tally(one.n, one.sum, one.squares) for one in found}


def standings(session: Session, person: str) -> list[Standing]:
    """Of each specialty and kind in which anything of this person was scored."""
    row = Credibility
    wanted = select(row.specialty, row.kind).where(row.person == person).order_by(col(row.specialty), col(row.kind))
    return [_standing(session, person, specialty, kind) for specialty, kind in session.exec(wanted).all()]


def calibration(session: Session, person: str, specialty: str) -> list[Bin]:
    """How often what this person gave a probability was so, in opinions of one specialty."""
    row = ScoredItem
    wanted = select(row.forecasts).where(row.person == person, row.specialty == specialty, row.kind == "opinion")
    return bins(one for stored in session.exec(wanted) for one in _forecasts.decode(stored))


def items(session: Session, person: str, before: tuple[int, str, str] | None, limit: int = PAGE) -> list[Line]:
    """At most `limit` items of this person, the newest first, from behind this place (`at`, room, event) on."""
    row = ScoredItem
    place = (col(row.at), col(row.room), col(row.event))
    wanted = select(row).where(row.person == person)
    if before is not None:
        wanted = wanted.where(tuple_(*place) < before)
    found = session.exec(wanted.order_by(*(column.desc() for column in place)).limit(limit))
    return [_line(one) for one in found]


def count(session: Session) -> int:
    """How many items there are of everybody."""
    return session.exec(select(func.count()).select_from(ScoredItem)).one()


def _standing(session: Session, person: str, specialty: str, kind: str) -> Standing:
    everybody = tallies(session, specialty, kind)
    prior, own = fitted(everybody.values()), everybody[person]
    return Standing(
        specialty=specialty,
        kind=msgspec.convert(kind, Kind),
        n=own.n,
        mean=round(own.sum / own.n / WHOLE, 4),
        shrunk=round(shrunk(own, prior), 4),
        place=place(own, prior),
        peers=len(everybody),
        alpha=_digits(prior).alpha,
        beta=_digits(prior).beta,
    )


def _digits(prior: Prior) -> Prior:
    return Prior(round(prior.alpha, 2), round(prior.beta, 2))


def _line(row: ScoredItem) -> Line:
    given = _forecasts.decode(row.forecasts)
    return Line(row.room, row.event, row.outcome, row.specialty, row.kind, row.at, row.score, row.loss, given)
