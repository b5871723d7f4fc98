"""Awards as their payers and authors read them: never before the close, never more than is theirs to know."""

from collections.abc import Iterable
from typing import Any, Final, Literal

import msgspec
from sqlmodel import Session, col, select

from persistence.awards.tables import COURSE, Award, AwardChain, AwardCourse
from persistence.observers.tables import Institution
from realtime.rooms.awarding import Void
from realtime.rooms.wordless import wordless

MOST: Final = 500

State = Literal["sealed", "void", "revealed", "declined", "accepted", "payable", "exported"]
"""Sealed until the room has closed; revealed: its author has yet to answer; accepted: it waits for an outcome; payable:
it goes out with the next export.
"""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An award as its payer knows it. `commitment` and `nonce`: hex. `at`: Unix ms. `void`: why it came to nothing."""

    __repr__ = wordless

    room: str
    number: int
    target: str
    cents: int
    currency: str
    at: int
    commitment: str
    nonce: str
    state: State
    void: Void | None


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """An award as its author knows it. `kind`: of the institution that pays; `payer`: its name, once they asked for it.

    `paid_cents`: what the policy makes of `cents`. `way`, `form`: as answered.
    """

    __repr__ = wordless

    room: str
    number: int
    target: str
    cents: int
    paid_cents: int
    currency: str
    revealed_at: int
    commitment: str
    nonce: str
    kind: str
    payer: str | None
    state: State
    void: Void | None
    way: str | None
    form: str | None


def given(session: Session, payer: str, now_ms: int, room: str | None = None) -> list[Given]:
    """What an institution has awarded, the newest first, at most 500; of one `room` where that is named."""
    wanted = select(Award, AwardCourse, AwardChain).join(AwardCourse, COURSE)
    wanted = wanted.join(AwardChain, col(AwardChain.room) == col(Award.room)).where(Award.payer == payer)
    if room is not None:
        wanted = wanted.where(Award.room == room)
    rows = session.exec(wanted.order_by(col(Award.at).desc(), col(Award.number).desc()).limit(MOST))
    return [_given(award, course, chain, now_ms) for award, course, chain in rows]


def received(session: Session, author: str, room: str | None = None) -> list[Received]:
    """What was revealed to this author, the newest first, at most 500; of one `room` where that is named."""
    wanted = select(Award, AwardCourse).join(AwardCourse, COURSE)
    wanted = wanted.where(Award.author == author, col(AwardCourse.revealed_at).is_not(None))
    wanted = wanted.order_by(col(AwardCourse.revealed_at).desc(), col(Award.room), col(Award.number))
    if room is not None:
        wanted = wanted.where(Award.room == room)
    rows = session.exec(wanted.limit(MOST)).all()
    kinds = _kinds(session, {award.payer for award, _ in rows})
    return [_received(award, course, kinds) for award, course in rows]


def state_of(course: AwardCourse) -> State:
    """How far an award is that has been revealed."""
    if course.export is not None:
        return "exported"
    if course.void is not None:
        return "void"
    if course.answer is None:
        return "revealed"
    if course.answer == "decline":
        return "declined"
    return "accepted" if course.payable_at is None else "payable"


def _given(award: Award, course: AwardCourse, chain: AwardChain, now_ms: int) -> Given:
    """A payer's copy of a room may be behind: what it does not show yet shows here neither."""
    told = chain.told_at is not None and chain.told_at <= now_ms and course.revealed_at is not None
    void = course.void_at is not None and course.void_at <= now_ms
    return Given(
        **_shared(award),
        at=award.at,
        state="void" if void and course.export is None else state_of(course) if told else "sealed",
        void=course.void if void else None,  # type: ignore[arg-type]
    )


def _received(award: Award, course: AwardCourse, kinds: dict[str, str]) -> Received:
    assert course.revealed_at is not None, "only what was revealed is listed"
    return Received(
        **_shared(award),
        paid_cents=course.paid_cents if course.paid_cents is not None else award.cents,
        revealed_at=course.revealed_at,
        kind=kinds.get(award.payer, ""),
        payer=award.payer if course.named_at is not None else None,
        state=state_of(course),
        void=course.void,  # type: ignore[arg-type]
        way=course.way,
        form=course.form,
    )


def _shared(award: Award) -> dict[str, Any]:
    return {
        "room": award.room,
        "number": award.number,
        "target": award.target,
        "cents": award.cents,
        "currency": award.currency,
        "commitment": award.commitment.hex(),
        "nonce": award.nonce.hex(),
    }


def _kinds(session: Session, payers: Iterable[str]) -> dict[str, str]:
    wanted = select(Institution.name, Institution.kind).where(col(Institution.name).in_(payers))
    return dict(session.exec(wanted).all())
