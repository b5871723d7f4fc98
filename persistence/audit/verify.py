"""Whether the audit, the rooms and their checkpoints are what was written. Online, over either database.

Without a copy of a checkpoint that was kept elsewhere this does not find what one who holds the key wrote anew, nor
what was removed from an end together with the checkpoints that speak of it.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import NamedTuple

from sqlmodel import Session, col, select

from persistence import tables
from persistence.audit.chain import GENESIS
from persistence.audit.checkpoint import Kind, Signed, Statement, wrong_with
from persistence.audit.copies import checkpoints_after
from persistence.audit.pages import Pages
from persistence.audit.tables import Audit, AuditChain, Checkpoint
from persistence.audit.walk import Claim, walk
from persistence.audit.witness import checkpoint_of
from persistence.database import Database
from realtime.rooms.chain import Head

Claims = dict[Kind, dict[str, dict[int, Claim]]]
Page = Callable[[str, Session], Sequence[str]]

NAMES_AT_ONCE = 500


class Found(NamedTuple):
    """What was walked, and everything that is wrong: of each chain, room and of the checkpoints the first thing."""

    lines: int
    events: int
    checkpoints: int
    wrong: list[str]


async def verify(database: Database, keys: Sequence[bytes], copies: Sequence[Signed] = ()) -> Found:
    """Check everything; `keys` are those that sign here, `copies` checkpoints kept elsewhere. Raises `Unavailable`."""
    claims: Claims = {kind: defaultdict(dict) for kind in ("room", "chain", "cut")}
    checkpoints, wrong = await _checkpoints(database, keys, copies, claims)
    pages, lines, events = Pages(database), 0, 0
    async for chain in _names(database, _chains, claims["chain"]):
        cut = max(claims["cut"].get(chain, {}).items(), default=(0, Claim(GENESIS, 0)))
        start = Head(cut[0], cut[1].digest)
        later = {number: claim for number, claim in claims["chain"].get(chain, {}).items() if number > start.seq}
        walked = await walk(f"chain {chain}", "Line", start, partial(pages.lines, chain), later)
        lines += walked.links
        wrong += [walked.wrong] if walked.wrong else []
    async for room in _names(database, _rooms, claims["room"]):
        walked = await walk(
            f"room {room}", "Event", Head(0, GENESIS), partial(pages.events, room), claims["room"].get(room, {})
        )
        events += walked.links
        wrong += [walked.wrong] if walked.wrong else []
    return Found(lines, events, checkpoints, wrong)


async def _checkpoints(
    database: Database, keys: Sequence[bytes], copies: Sequence[Signed], claims: Claims
) -> tuple[int, list[str]]:
    """How many there are and what is wrong with them; what they say goes into `claims`."""
    held = {copy.statement.number: copy for copy in copies}
    wrong = [
        f"The copy of checkpoint {number} {why}."
        for number, copy in held.items()
        if (why := wrong_with(copy, None, [copy.statement.public_key])) is not None
    ]
    before: Statement | None = None
    while found := await database.read(partial(checkpoints_after, before.number if before else 0)):
        for row in found:
            checkpoint, why = _next(row, before, keys)
            if checkpoint is None:
                return _count(before), [*wrong, f"Checkpoint {_count(before) + 1} {why}."]
            before = checkpoint.statement
            copy = held.pop(before.number, None)
            if copy is not None and copy.statement.digest != before.digest:
                wrong.append(f"Checkpoint {before.number} was written anew: it is not the one that you hold a copy of.")
                _claim(copy, claims)
            _claim(checkpoint, claims)
    for number, copy in sorted(held.items()):
        wrong.append(f"Checkpoint {number}, of which you hold a copy, was removed: they end at {_count(before)}.")
        _claim(copy, claims)
    return _count(before), wrong


def _next(row: Checkpoint, before: Statement | None, keys: Sequence[bytes]) -> tuple[Signed | None, str | None]:
    """The checkpoint in a row, or what is wrong with it."""
    if row.number != _count(before) + 1:
        return None, "is missing"
    try:
        checkpoint = checkpoint_of(row)
    except ValueError as error:
        return None, str(error)
    why = wrong_with(checkpoint, before, keys)
    return (checkpoint, None) if why is None else (None, why)


def _count(last: Statement | None) -> int:
    return last.number if last is not None else 0


def _claim(checkpoint: Signed, claims: Claims) -> None:
    for head in checkpoint.heads:
        # The first to speak of a place is believed: a copy comes before what stands in its place.
        claims[head.kind][head.name].setdefault(head.number, Claim(head.digest, checkpoint.statement.number))


async def _names(database: Database, page: Page, claimed: dict[str, dict[int, Claim]]) -> AsyncIterator[str]:
    """All names in the tables in order, then those of which only checkpoints speak."""
    after, seen = "", set()
    while found := await database.read(partial(page, after)):
        for name in found:
            seen.add(name)
            yield name
        after = found[-1]
    for name in sorted(claimed.keys() - seen):
        yield name


def _chains(after: str, session: Session) -> Sequence[str]:
    """Chains that have a head or a line: each is found in the index, so that not every line is read."""
    found: list[str] = []
    while len(found) < NAMES_AT_ONCE:
        firsts = [
            session.exec(select(column).where(col(column) > after).order_by(col(column)).limit(1)).first()
            for column in (Audit.chain, AuditChain.chain)
        ]
        names = [name for name in firsts if name is not None]
        if not names:
            break
        after = min(names)
        found.append(after)
    return found


def _rooms(after: str, session: Session) -> Sequence[str]:
    room = tables.Room
    return session.exec(select(room.id).where(col(room.id) > after).order_by(col(room.id)).limit(NAMES_AT_ONCE)).all()
