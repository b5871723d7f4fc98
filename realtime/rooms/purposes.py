"""The fixed words of observing: kinds of institutions, and the purposes for which their agreements let them read."""

from typing import Final, Literal

InstitutionKind = Literal["pharma", "technology", "government", "research", "investor"]
Purpose = Literal["HRESCH", "CLINTRCH", "PUBHLTH", "HOPERAT", "HQUALIMP", "PATSFTY", "HMARKT"]
"""Codes of HL7 v3 PurposeOfUse: research, clinical trials, public health, operations, quality, product safety, market.
"""

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
