"""What people have declared of their interests, as it is kept."""

from collections.abc import Sequence

import msgspec
from sqlmodel import Session, col, select

from persistence.interests.tables import InterestEntry


class Declared(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry. `act`: declared, changed or withdrawn. `about`: the entry that it follows. `at`: Unix ms."""

    id: str
    at: int
    act: str
    about: str | None = None
    payer: str
    payer_kind: str
    payer_id: str = ""
    nature: str
    products: tuple[str, ...] = ()
    since: str
    until: str = ""
    band: str


def entries(session: Session, person: str) -> list[Declared]:
    """All that this person ever declared, changed or withdrew, newest first."""
    row = InterestEntry
    wanted = select(row).where(col(row.person) == person).order_by(col(row.at).desc(), col(row.id))
    return [declared(one) for one in session.exec(wanted)]


def standing(session: Session, people: Sequence[str]) -> list[tuple[str, Declared]]:
    """The entries of these people that nothing has followed, each with its person, the latest begun first."""
    row = InterestEntry
    followed = select(row.about).where(col(row.person).in_(people), col(row.about).is_not(None))
    wanted = select(row).where(col(row.person).in_(people), col(row.act) != "withdrawn", col(row.id).not_in(followed))
    found = session.exec(wanted.order_by(col(row.since).desc(), col(row.id)))
    return [(one.person, declared(one)) for one in found]


def declared(row: InterestEntry) -> Declared:
    """The entry of this row."""
    kept = row.model_dump(exclude={"person", "products"})
    return Declared(**kept, products=msgspec.json.decode(row.products, type=tuple[str, ...]))
