"""What Open Payments says of people whom we know: its records, and what each payer gave in each programme year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlmodel import Session, col, delete, select

from persistence.insert import insert_or_replace
from persistence.interests.reading import Payment
from persistence.interests.tables import OpenPayment, PayerYear
from persistence.verification.keys import Keys
from persistence.verification.tables import Licence

MOST_PRODUCTS: Final = 20
_REGISTER: Final = ("US", "npi")


class Given(msgspec.Struct, frozen=True):
    """What one payer gave one person in one programme year. `natures`: US cents by nature, the largest first."""

    payer: str
    payer_id: str
    year: int
    cents: int
    payments: int
    natures: dict[str, int]
    products: tuple[str, ...]


class Disputed(msgspec.Struct, frozen=True):
    """A record that somebody disputes: its own person sees it, and it counts nowhere."""

    payer: str
    year: int
    cents: int
    nature: str
    paid_on: str


def keep(session: Session, keys: Keys, payments: Sequence[Payment], batch: int) -> tuple[int, set[bytes]]:
    """Keep those whose NPI somebody here claims: how many, and of whom something may have changed, by their digests.

    Of a record that comes twice the later one stands. One whose recipient is nobody here any more is gone.
    """
    digests = {number: keys.licence(*_REGISTER, number) for number in {one.npi for one in payments}}
    claimed = set(session.exec(select(Licence.digest).where(col(Licence.digest).in_(digests.values()))))
    ours = [one for one in payments if digests[one.npi] in claimed]
    rows = {one.record: _row(one, digests[one.npi], batch) for one in ours}
    known = _known(session, [one.record for one in payments])
    gone = known.keys() - rows.keys()
    if gone:
        session.execute(delete(OpenPayment).where(col(OpenPayment.record).in_(gone)))
    insert_or_replace(session, OpenPayment, list(rows.values()), ("record",))
    return len(ours), {row["npi"] for row in rows.values()} | set(known.values())


def remove_older(session: Session, years: Sequence[int], batch: int, most: int) -> list[bytes]:
    """Remove at most so many records of `years` that the import `batch` did not have; whose each was."""
    row = OpenPayment
    wanted = select(row.record, row.npi).where(col(row.year).in_(years), col(row.batch) != batch).limit(most)
    gone = dict(session.exec(wanted).all())
    session.execute(delete(row).where(col(row.record).in_(gone)))
    return list(gone.values())


def sum_up(session: Session, npis: Sequence[bytes]) -> list[str]:
    """Sum up anew what these people were given; the ids of who claims the NPIs."""
    row = OpenPayment
    session.execute(delete(PayerYear).where(col(PayerYear.npi).in_(npis)))
    wanted = select(row).where(col(row.npi).in_(npis), col(row.disputed).is_(False))
    found = session.exec(wanted.order_by(col(row.npi), col(row.year), col(row.payer_id), col(row.paid_on)))
    session.add_all(
        _summed(list(of_one)) for _, of_one in groupby(found, lambda one: (one.npi, one.year, one.payer_id))
    )
    session.flush()
    return list(session.exec(select(Licence.person).where(col(Licence.digest).in_(npis))))


def given(session: Session, people: Sequence[str], since_year: int = 0) -> Mapping[str, list[Given]]:
    """By person what they were given since that programme year, the newest and then the largest first."""
    row = PayerYear
    wanted = select(Licence.person, row).join(row, col(row.npi) == Licence.digest)
    wanted = wanted.where(col(Licence.person).in_(people), col(row.year) >= since_year)
    by_person: dict[str, list[Given]] = {}
    for person, one in session.exec(wanted.order_by(col(row.year).desc(), col(row.cents).desc(), col(row.payer_id))):
        by_person.setdefault(person, []).append(_given(one))
    return by_person


def disputed(session: Session, person: str) -> list[Disputed]:
    """The records of this person that are disputed, newest first."""
    row = OpenPayment
    wanted = select(row).join(Licence, col(Licence.digest) == row.npi)
    wanted = wanted.where(Licence.person == person, col(row.disputed).is_(True)).order_by(col(row.paid_on).desc())
    return [Disputed(one.payer, one.year, one.cents, one.nature, one.paid_on) for one in session.exec(wanted)]


def _known(session: Session, records: Sequence[str]) -> dict[str, bytes]:
    row = OpenPayment
    return dict(session.exec(select(row.record, row.npi).where(col(row.record).in_(records))).all())


def _row(payment: Payment, npi: bytes, batch: int) -> dict[str, Any]:
    kept = msgspec.structs.asdict(payment)
    return kept | {"npi": npi, "products": msgspec.json.encode(payment.products).decode(), "batch": batch}


def _summed(records: Sequence[OpenPayment]) -> PayerYear:
    natures: Counter[str] = Counter()
    products: Counter[str] = Counter()
    for one in records:
        natures[one.nature] += one.cents
        products.update(msgspec.json.decode(one.products, type=list[str]))
    last = records[-1]
    return PayerYear(
        npi=last.npi,
        year=last.year,
        payer_id=last.payer_id,
        payer=last.payer,
        cents=natures.total(),
        payments=sum(one.payments for one in records),
        natures=msgspec.json.encode(dict(natures.most_common())).decode(),
        products=msgspec.json.encode([name for name, _ in products.most_common(MOST_PRODUCTS)]).decode(),
    )


def _given(row: PayerYear) -> Given:
    return Given(
        payer=row.payer,
        payer_id=row.payer_id,
        year=row.year,
        cents=row.cents,
        payments=row.payments,
        natures=msgspec.json.decode(row.natures, type=dict[str, int]),
        products=msgspec.json.decode(row.products, type=tuple[str, ...]),
    )
