"""What words weigh, in memory: stances and opinions are weighed in their turn, and no turn waits for the database."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from persistence.credibility.tables import Credibility
from persistence.credibility.ties import sums
from persistence.database import Database
from persistence.moderation.tables import Endorsement
from persistence.verification.tables import Vouch
from realtime.ports import Directory
from realtime.rooms.credibility.independence import LEAST_ROOMS, Tie, independence
from realtime.rooms.credibility.shrinkage import DEFAULT, Tally, fitted, shrunk
from realtime.rooms.credibility.weighing import LEAST_SHOWN, Word, corroboration_weight, pooling_weight
from realtime.rooms.people import Person

EVERY_S: Final = 60.0
DIGITS: Final = 2


class Known(NamedTuple):
    """By person and specialty the calibration that counts; by specialty that of peers; who vouches; who has habits."""

    calibration: Mapping[tuple[str, str], float]
    peers: Mapping[str, float]
    vouched: Set[frozenset[str]]
    habits: Mapping[tuple[str, str], Tie]


class WordBook:
    """Weights as of the last `refresh`. While the database is away: as they last were."""

    def __init__(self, database: Database, directory: Directory, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock
        self._next_s = 0.0
        self._known = Known({}, {}, frozenset(), {})

    async def refresh(self) -> None:
        """Ask anew, once a minute at most. Raises `Unavailable`."""
        if self._clock() >= self._next_s:
            self._next_s = self._clock() + EVERY_S
            self._known = await self._database.read(_read)

    def word(self, person: Person, author: str, specialty: str, conflict: float = 0.0) -> Word | None:
        """What `person`'s word on a post of `author` weighs; None where nobody has asked for the author here lately."""
        other = self._directory.known(author)
        if other is None:
            return None
        known = self._known
        both = person.institution and other.institution
        same_house = person.institution == other.institution if both else None
        vouched = frozenset((person.id, author)) in known.vouched
        habit = known.habits.get((person.id, author), Tie())
        tie = habit._replace(same_institution=same_house is True, vouched=vouched)
        of_peers = known.peers.get(specialty, DEFAULT.mean)
        calibration = known.calibration.get((person.id, specialty), of_peers)
        return Word(round(corroboration_weight(calibration, independence(tie), conflict), DIGITS), same_house)

    def voice(self, person: Person, specialty: str) -> float | None:
        """What `person`'s opinion weighs in a pool; None of whom fewer than ten were scored in that specialty."""
        calibration = self._known.calibration.get((person.id, specialty))
        if calibration is None:
            return None
        return round(pooling_weight(calibration, self._known.peers[specialty]), DIGITS)


def _read(session: Session) -> Known:
    calibration, peers = _calibration(session)
    row = Vouch
    standing = session.execute(select(col(row.voucher), col(row.vouched)).where(col(row.revoked_at).is_(None)))
    return Known(calibration, peers, {frozenset(pair) for pair in standing}, _habits(session))


def _calibration(session: Session) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    tallies: defaultdict[str, dict[str, Tally]] = defaultdict(dict)
    for row in session.execute(select(Credibility).where(col(Credibility.kind) == "opinion")).scalars():
        tallies[row.specialty][row.person] = Tally(row.n, row.sum, row.squares)
    priors = {specialty: fitted(of.values()) for specialty, of in tallies.items()}
    counts = {
        (person, specialty): shrunk(tally, priors[specialty])
        for specialty, of in tallies.items()
        for person, tally in of.items()
        if tally.n >= LEAST_SHOWN
    }
    return counts, {specialty: prior.mean for specialty, prior in priors.items()}


def _habits(session: Session) -> dict[tuple[str, str], Tie]:
    """Of those who agree with each other in some rooms each way: all others have none."""
    there, back = aliased(Endorsement), aliased(Endorsement)
    mutual = (
        select(*map(col, (there.by, there.author, there.rooms, there.posts, back.rooms, back.posts)))
        .join(back, (col(back.by) == col(there.author)) & (col(back.author) == col(there.by)))
        .where(col(there.rooms) >= LEAST_ROOMS, col(back.rooms) >= LEAST_ROOMS, col(there.by) != col(there.author))
    )
    found = session.execute(mutual).all()
    given, received, total = sums(session, sorted({row[0] for row in found}))
    return {
        (by, author): Tie(
            rooms=(rooms, their_rooms),
            posts=(posts, their_posts),
            expected=(given[by] * received[author] / total, given[author] * received[by] / total),
        )
        for by, author, rooms, posts, their_rooms, their_posts in found
    }
