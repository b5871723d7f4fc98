"""How much of an award is paid: the sum, or what it buys at home, by a dated table of purchasing power."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from persistence.awards.terms import Policy

FILE: Final = Path(__file__).with_name("ppp.json")


class Ppp(msgspec.Struct, frozen=True):
    """Price levels by country (ISO 3166-1 alpha-2): under 1 where a dollar buys more than in the United States.

    `approximate`: the ratios are right in size, and were not compared figure by figure with their source.
    """

    indicator: str
    source: str
    year: int
    approximate: bool
    noted_on: str
    ratios: dict[str, float]


@cache
def table() -> Ppp:
    """The table that came with this version."""
    return msgspec.json.decode(FILE.read_bytes(), type=Ppp)


def paid_cents(cents: int, country: str, policy: Policy) -> int:
    """What is paid of an award of `cents` to somebody in `country`, in the currency of the award.

    A country that the table does not have counts as the United States: nobody gets less for being left out.
    """
    at_home = round(cents * table().ratios.get(country, 1.0))
    match policy:
        case "flat":
            return cents
        case "ppp":
            return at_home
        case "ppp_with_floor":
            return max(cents, at_home)
