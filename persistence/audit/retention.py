"""Removing lines that are older than they must be kept (45 CFR 164.316(b)(2)(i): six years), whole months at a time.

Where a chain is cut is signed first, in a checkpoint: so what is left of it still verifies.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

from sqlmodel import Session, col, delete, select, update

from persistence.audit.checkpoint import Witnessed
from persistence.audit.tables import Audit, AuditChain
from persistence.audit.witness import Witness
from persistence.database import Database

# A commit may wait behind them.
MOST_AT_ONCE: Final = 500
MOST_CHAINS: Final = 1_000


def kept_since(now_ms: int, years: int) -> int:
    """The beginning of the month, `years` years ago (UTC), in Unix ms: older lines go."""
    now = datetime.fromtimestamp(now_ms / 1_000, UTC)
    return int(datetime(now.year - years, now.month, 1, tzinfo=UTC).timestamp() * 1_000)


async def remove_before(database: Database, witness: Witness, since_ms: int) -> int:
    """Remove the lines at the beginning of each chain that are older than `since_ms`; how many those are.

    Raises `Unavailable`; what is left then goes the next time.
    """
    cuts = await database.read(partial(_cuts, since_ms))
    if not cuts or await witness.checkpoint(cuts) is None:
        return 0
    return sum([await _cut(database, cut) for cut in cuts])


def _cuts(since_ms: int, session: Session) -> list[Witnessed]:
    chains = select(AuditChain).where(col(AuditChain.began_at) < since_ms, col(AuditChain.cut) < AuditChain.number)
    found = [_cut_of(chain, since_ms, session) for chain in session.exec(chains.limit(MOST_CHAINS)).all()]
    return [cut for cut in found if cut is not None]


def _cut_of(chain: AuditChain, since_ms: int, session: Session) -> Witnessed | None:
    """The last of the old lines: clocks may go back, so that some after it may be old as well."""
    own = (col(Audit.chain) == chain.chain, col(Audit.number) > chain.cut)
    kept = select(Audit.number).where(*own, col(Audit.at) >= since_ms).order_by(col(Audit.number)).limit(1)
    first = session.exec(kept).first()
    upto = chain.number if first is None else first - 1
    line = session.get(Audit, (chain.chain, upto))
    return Witnessed("cut", chain.chain, upto, line.digest) if line is not None and upto > chain.cut else None


async def _cut(database: Database, cut: Witnessed) -> int:
    gone = 0
    while numbers := await database.read(partial(_oldest, cut)):
        await database.write(partial(_remove, cut.name, numbers[-1]))
        gone += len(numbers)
    await database.write(partial(_mark, cut))
    return gone


def _oldest(cut: Witnessed, session: Session) -> Sequence[int]:
    own = (col(Audit.chain) == cut.name, col(Audit.number) <= cut.number)
    return session.exec(select(Audit.number).where(*own).order_by(col(Audit.number)).limit(MOST_AT_ONCE)).all()


def _remove(chain: str, upto: int, session: Session) -> None:
    session.exec(delete(Audit).where(col(Audit.chain) == chain, col(Audit.number) <= upto))


def _mark(cut: Witnessed, session: Session) -> None:
    session.exec(update(AuditChain).where(col(AuditChain.chain) == cut.name).values(cut=cut.number))
