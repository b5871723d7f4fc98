"""How this deployment verifies: what it may do without a moderator, how long a tier lasts, how long documents stay."""

from typing import Final

import msgspec

DAY_MS: Final = 86_400_000


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """`automatic`: a match in the register makes T2 without a moderator. Days of 0 mean for ever.

    `tier_days`: how long T0 to T3 last. `notice_days`: how long before their end people are told.
    """

    automatic: bool = False
    tier_days: tuple[int, int, int, int] = (0, 730, 365, 730)
    notice_days: int = 30
    kept_days: int = 30

    def until(self, tier: int, now_ms: int) -> int | None:
        """When a tier that is given now ends."""
        days = self.tier_days[tier]
        return now_ms + days * DAY_MS if days else None

    def removed_at(self, now_ms: int) -> int:
        """When documents go that were decided on now."""
        return now_ms + self.kept_days * DAY_MS
