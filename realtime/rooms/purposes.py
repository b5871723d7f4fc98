"""The fixed words of observing: kinds of institutions, and the purposes for which their agreements let them read."""

from typing import Annotated, Final, Literal

import msgspec

InstitutionKind = Literal["pharma", "technology", "government", "research", "investor"]
Purpose = Literal["HRESCH", "CLINTRCH", "PUBHLTH", "HOPERAT", "HQUALIMP", "PATSFTY", "HMARKT"]
"""Codes of HL7 v3 PurposeOfUse: research, clinical trials, public health, operations, quality, product safety, market.
"""

Kinds = Annotated[list[InstitutionKind], msgspec.Meta(max_length=5)]
Purposes = Annotated[list[Purpose], msgspec.Meta(max_length=7)]

INSTITUTION_KINDS: Final[tuple[InstitutionKind, ...]] = ("pharma", "technology", "government", "research", "investor")
PURPOSES: Final[tuple[Purpose, ...]] = (
    "HRESCH",
    "CLINTRCH",
    "PUBHLTH",
    "HOPERAT",
    "HQUALIMP",
    "PATSFTY",
    "HMARKT",
)
