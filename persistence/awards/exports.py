"""What is to be paid, as a signed document for each payer and year: Curbside names sums and moves no money."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from sqlmodel import Session, col, func, select

from persistence.awards.ledger import year_of
from persistence.awards.recipients import Recipient
from persistence.awards.tables import COURSE, Award, AwardCourse, AwardExport
from persistence.awards.terms import Terms
from persistence.moderation.notices import notify
from persistence.people import new_id
from persistence.seal import SealKey
from realtime.rooms.notices import Notice
from realtime.rooms.wordless import wordless

FORMAT: Final = "curbside.awards.v1"
READY: Final = "Awards of your institution are to be paid: an export is ready."

Known = Callable[[Session, str], Recipient]
"""Who a person is, for a payer to whom they agreed to be named."""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One award that is to be paid. `recipient` and `paid_cents` are of those who take it by name.

    What others are paid stands in the document's `blind`, all together: each sum would tell where they live.
    """

    __repr__ = wordless

    case: str
    post: str
    commitment: str
    cents: int
    form: str
    way: str
    recipient: Recipient | None = None
    paid_cents: int | None = None


class Blind(msgspec.Struct, frozen=True):
    """How many took their awards without a name, and what they are paid together."""

    count: int
    paid_cents: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in an export. `at`: Unix ms. `year`: the calendar year of the payment."""

    format: str = FORMAT
    number: int
    payer: str
    year: int
    at: int
    currency: str
    policy: str
    awards: list[Line]
    blind: Blind
    total_cents: int


class Payee(msgspec.Struct, frozen=True, kw_only=True):
    """An award of an export, with the account that it is paid to."""

    person: str
    case: str
    post: str
    paid_cents: int
    form: str
    way: str


class Listed(msgspec.Struct, frozen=True):
    """An export in a list."""

    number: int
    year: int
    at: int
    key_id: str


def export_payable(session: Session, terms: Terms, known: Known, key: SealKey, now_ms: int) -> int:
    """Make the exports of all that is to be paid, one for each payer, and tell who awarded; how many there are."""
    payers = sorted({award.payer for award, _ in _payable(session)})
    for payer in payers:
        _export(session, payer, terms, known, key, now_ms)
    return len(payers)


def exports_of(session: Session, payer: str) -> list[Listed]:
    """The exports of an institution, the newest first."""
    row = AwardExport
    wanted = select(row).where(row.payer == payer).order_by(col(row.number).desc()).limit(100)
    return [Listed(one.number, one.year, one.at, one.key_id) for one in session.exec(wanted)]


def export_of(session: Session, payer: str, number: int) -> AwardExport | None:
    """One export of an institution."""
    row = session.get(AwardExport, number)
    return row if row is not None and row.payer == payer else None


def payees(session: Session, payer: str, number: int) -> list[Payee]:
    """Whom an export of an institution is to pay; none where there is no such export."""
    course = AwardCourse
    wanted = select(Award, course).join(course, COURSE).where(Award.payer == payer, course.export == number)
    return [
        Payee(
            person=award.author,
            case=award.room,
            post=award.target,
            paid_cents=course.paid_cents or 0,
            form=course.form or "cash",
            way=course.way or "blind",
        )
        for award, course in session.exec(wanted.order_by(col(Award.room), col(Award.number)))
    ]


def _export(session: Session, payer: str, terms: Terms, known: Known, key: SealKey, now_ms: int) -> None:
    # Locked: of two workers that make exports at once one finds nothing left to do.
    rows = _payable(session, payer)
    if not rows:
        return
    number = session.exec(select(func.coalesce(func.max(AwardExport.number), 0))).one() + 1
    lines = [_line(session, award, course, known) for award, course in rows]
    blind = [course.paid_cents or 0 for _, course in rows if course.way == "blind"]
    document = Document(
        number=number,
        payer=payer,
        year=year_of(now_ms),
        at=now_ms,
        currency=terms.currency,
        policy=terms.policy,
        awards=lines,
        blind=Blind(len(blind), sum(blind)),
        total_cents=sum(course.paid_cents or 0 for _, course in rows),
    )
    written = msgspec.json.encode(document)
    session.add(
        AwardExport(
            number=number,
            payer=payer,
            year=document.year,
            at=now_ms,
            document=written,
            key_id=key.id,
            public_key=key.public,
            signature=key.signature(written),
        )
    )
    for _, course in rows:
        course.export = number
        session.add(course)
    notify(session, _notices({award.person for award, _ in rows}, number, now_ms))
    session.flush()


def _payable(session: Session, payer: str | None = None) -> Sequence[tuple[Award, AwardCourse]]:
    course = AwardCourse
    ready = (
        col(course.answer) == "accept",
        col(course.payable_at).is_not(None),
        col(course.void).is_(None),
        col(course.export).is_(None),
    )
    wanted: Any = select(Award, course).join(course, COURSE).where(*ready).order_by(col(Award.room), col(Award.number))
    if payer is not None:
        wanted = wanted.where(Award.payer == payer).with_for_update(of=course)
    found: Sequence[tuple[Award, AwardCourse]] = session.exec(wanted).all()
    return found


def _line(session: Session, award: Award, course: AwardCourse, known: Known) -> Line:
    named = course.way == "identified"
    return Line(
        case=award.room,
        post=award.target,
        commitment=award.commitment.hex(),
        cents=award.cents,
        form=course.form or "cash",
        way=course.way or "blind",
        recipient=known(session, award.author) if named else None,
        paid_cents=course.paid_cents if named else None,
    )


def _notices(people: set[str], number: int, now_ms: int) -> list[Notice]:
    """To their own channels, of which a webhook may be one."""
    name = f"export{number}{new_id()}"[:32]
    said = Notice(id=name, person="", kind="award", text=READY, at=now_ms)
    return [msgspec.structs.replace(said, person=person) for person in sorted(people)]
