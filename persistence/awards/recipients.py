"""Who takes an award by name: what a payer is given of them, from the sealed identity that they were verified by."""

import msgspec
from sqlmodel import Session

from persistence.people import find
from persistence.verification.identities import identity
from persistence.verification.keys import Keys
from realtime.rooms.wordless import wordless


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """A person by name. `npi`: where their licence is one of the United States. `licence`: where it is another."""

    __repr__ = wordless

    family: str = ""
    given: str = ""
    country: str = ""
    specialty: str = ""
    npi: str = ""
    register: str = ""
    licence: str = ""


def recipient(session: Session, keys: Keys, person: str) -> Recipient:
    """What is known of `person`. Raises `ValueError` as the vault."""
    known, account = identity(session, keys, person), find(session, person)
    specialty = account.specialty if account is not None else ""
    if known is None:
        return Recipient(specialty=specialty, country=account.country if account is not None else "")
    npi = known.country == "US" and known.register == "npi"
    return Recipient(
        family=known.family,
        given=known.given,
        country=known.country,
        specialty=specialty,
        npi=known.number if npi else "",
        register="" if npi else known.register,
        licence="" if npi else known.number,
    )
