"""On which terms this deployment lets awards be given: bounds, caps, and how a sum becomes a payout."""

from typing import Literal

import msgspec

Policy = Literal["flat", "ppp", "ppp_with_floor"]
"""How much of an award is paid: the sum; its purchasing power at home; that, but never less than the sum."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Sums are cents of `currency` (ISO 4217). One award is of `least_cents` to `most_cents`.

    `case_cents`: what one payer may award in one case. `author_cents`: what one author may get in a calendar year.
    """

    currency: str = "USD"
    least_cents: int = 500
    most_cents: int = 2_500
    case_cents: int = 10_000
    author_cents: int = 100_000
    policy: Policy = "ppp_with_floor"

    @property
    def bounds(self) -> str:
        """The sentence for an award that is out of bounds."""
        least, most = (f"{cents / 100:.2f}" for cents in (self.least_cents, self.most_cents))
        return f"Award between {least} and {most} {self.currency}."
