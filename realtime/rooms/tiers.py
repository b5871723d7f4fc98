"""How far somebody is verified, T0 to T3, and what that takes.

T0: an address of e-mail. T1: a document, and a licence number written as its register writes them. T2: an active entry
of that name in the register, or merit (T+): a record of scored claims that is better than most. T3: the primary
source, or two vouchers at T3.
"""

from typing import Final, Literal

import msgspec

from realtime.rooms.licences import Verdict
from realtime.rooms.people import Person

Finding = Literal["match", "near", "other_name", "inactive", "no_entry", "no_file"]
"""What a register says: `near` is for a human; `no_file`: none was imported for that country."""

HIGHEST: Final = 3
VOUCHERS_NEEDED: Final = 2
TIERS: Final = range(HIGHEST + 1)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one person's wish. `contested`: somebody else holds the licence. `vouches`: standing, of T3.

    `guessed`: the licence's format is one that nobody has checked against the register. `merit`: how cases turned out
    speaks for them.
    """

    confirmed: bool = False
    documents: int = 0
    format: Verdict = "unknown"
    guessed: bool = False
    register: Finding = "no_file"
    contested: bool = False
    vouches: int = 0
    merit: bool = False


def earned(evidence: Evidence) -> int:
    """The tier that this evidence is enough for, without anybody's judgement of it."""
    if not evidence.confirmed or evidence.contested or not evidence.documents or evidence.format == "wrong":
        return 0
    if evidence.vouches >= VOUCHERS_NEEDED:
        return 3
    return 2 if evidence.register == "match" or evidence.merit else 1


def missing(evidence: Evidence, tier: int) -> list[str]:
    """What the next tier after `tier` lacks, in the order in which one would give it: words of the UI."""
    lacks = {
        "confirm": not evidence.confirmed,
        "document": not evidence.documents,
        "licence": evidence.format == "wrong",
        "contested": evidence.contested,
        "register": tier in (1,) and evidence.register != "match",
        "vouches": tier in (1, 2) and evidence.vouches < VOUCHERS_NEEDED,
    }
    return [] if tier >= HIGHEST else [name for name, lacking in lacks.items() if lacking]


def may_vouch(person: Person) -> bool:
    """Only those answer for others who are verified to the full."""
    return person.role == "physician" and person.tier == HIGHEST
