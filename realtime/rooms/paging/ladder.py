"""The ladder: in which order of roles people are rung, how many at once, and for how long."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, Final, Literal

import msgspec

from realtime.rooms.acuity import Behaviours, Seconds
from realtime.rooms.command import Acuity

TierRole = Literal["on_call_institution", "on_call_network", "on_call", "present", "matching", "coordinator"]
"""Who is rung, found when the tier rings: who is on call for what is wanted at the presenter's institution, in their
network, anywhere; who is at work here now; whoever fits; and a human who is named."""


class Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rung of the ladder: `most` people at once. `deadline_s`: other deadlines than those of the acuities."""

    role: TierRole
    most: Annotated[int, msgspec.Meta(ge=1, le=50)]
    deadline_s: Mapping[Acuity, Seconds] = {}


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tiers in their order, the first is tier 1. `coordinators`: the handle of the last human, by institution.

    The one under "" is for all other institutions. After `gone_s` without a sign of the presenter of a `stat` case
    those who have taken it are asked to take it over; after `idle_s` without an event a presenter is asked to close.
    """

    tiers: Annotated[tuple[Tier, ...], msgspec.Meta(max_length=20)]
    coordinators: Mapping[str, str] = {}
    gone_s: Seconds = 900
    idle_s: Seconds = 86_400
    source: str = ""
    date: str = ""

    def __post_init__(self) -> None:
        roles = [tier.role for tier in self.tiers]
        if not roles or roles[-1] != "coordinator" or "coordinator" in roles[:-1]:
            raise ValueError("the ladder must end with the tier `coordinator`, a human who is named, and have no other")

    def coordinator(self, institution: str | None) -> str | None:
        """The handle of the human who is rung last for a case of this institution, where one is named."""
        return self.coordinators.get(institution or "") or self.coordinators.get("")

    def above(self, tier: int) -> list[tuple[int, Tier]]:
        """The tiers that are left after this one, with their numbers."""
        return list(enumerate(self.tiers, 1))[tier:]


LADDER: Final = msgspec.json.decode(files(__package__).joinpath("ladder.json").read_bytes(), type=Ladder)
"""Unless the deployment says otherwise."""


def deadline_ms(behaviours: Behaviours, acuity: Acuity, tier: Tier | None = None) -> int:
    """For how long people are rung before the next are. A routine case, whose person was asked for, has the longest."""
    own = tier.deadline_s.get(acuity) if tier is not None else None
    longest = max(one.deadline_s or 0 for one in behaviours.values())
    return 1_000 * (own or behaviours[acuity].deadline_s or longest)
