"""Evidence as it comes into a room: each piece as it is kept, or all of it refused."""

from collections.abc import Mapping
from typing import Final

import msgspec

from realtime.rooms.command import Evidence, EvidenceType
from realtime.rooms.deciding.texts import clean
from realtime.rooms.evidence.levels import stated
from realtime.rooms.evidence.references import key, normal
from realtime.rooms.refusals import Refusal, Refused

WRONG: Final[Mapping[EvidenceType, str]] = {
    "pmid": "A PMID is a number of up to eight digits, such as 38147337. Copy it from PubMed.",
    "pmcid": "A PMCID is `PMC` and a number, such as PMC7616890. Copy it from PubMed Central.",
    "doi": "A DOI is 10, a dot, a prefix, a slash and a name, such as 10.1056/NEJMoa2212663. Copy it without words.",
    "nct": "A trial's number is `NCT` and eight digits, such as NCT04280705. Copy it from the register.",
    "url": "A link is a whole address that begins with https:// and has no blanks. Copy it from the address bar.",
    "guideline": "A guideline is named in words. Say whose it is, of which year, and which section.",
    "experience": "An experience is said in words. Say how many cases you have seen, and where.",
}
"""What a reference of each kind is, and what to do where one is not."""


def checked(evidence: list[Evidence]) -> list[Evidence]:
    """`evidence` as it is kept: references in their one form, levels by their names. Raises `Refused`."""
    kept = [_checked(item) for item in evidence]
    if len({key(item) for item in kept}) < len(kept):
        raise Refused(Refusal.EVIDENCE, "The same reference stands in the evidence twice. Leave one out.")
    return kept


def _checked(item: Evidence) -> Evidence:
    for text in (item.ref, item.level, item.scheme, item.question_type):
        clean(text or "")
    ref = normal(item.type, item.ref)
    if ref is None:
        raise Refused(Refusal.EVIDENCE, WRONG[item.type])
    level, scheme, question = stated(item)
    return msgspec.structs.replace(item, ref=ref, level=level, scheme=scheme, question_type=question)
