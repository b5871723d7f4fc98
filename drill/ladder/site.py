"""A deployment that pages: two nodes and two workers, a short ladder, and a coordinator who is rung last."""

from typing import Final

from drill.cluster import Cluster

SPECIALTY: Final = "cardiology"
COORDINATOR: Final = "coordinator"
TIER_S: Final = 10
LADDER: Final = f"""
[[tiers]]
role = "matching"
most = 3
deadline_s = {{stat = {TIER_S}}}

[[tiers]]
role = "matching"
most = 6
deadline_s = {{stat = {TIER_S}}}

[[tiers]]
role = "coordinator"
most = 1
deadline_s = {{stat = {TIER_S}}}
"""


class LadderSite(Cluster):
    """`last`: the token of who is rung last."""

    last = ""

    async def start(self) -> None:
        if not self.last:
            ladder = self.folder / "ladder.toml"
            ladder.write_text(LADDER)
            self.environment |= {"CURBSIDE_PAGING": "on", "CURBSIDE_LADDER": str(ladder)}
            self.environment["CURBSIDE_COORDINATOR"] = COORDINATOR
            arguments = ("--create", f"--person={COORDINATOR}", "--role=moderator")
            self.last = (await self.run("token", *arguments)).strip()
        await super().start()

    async def physicians(self, count: int) -> list[str]:
        """Bearer tokens of so many new physicians of the specialty that the cases want."""
        return await self._many(count, "physician", f"--specialty={SPECIALTY}")

    async def presenters(self, count: int) -> list[str]:
        """Bearer tokens of so many new clinicians, who open the cases."""
        return await self._many(count, "clinician")

    async def _many(self, count: int, role: str, *more: str) -> list[str]:
        place = self.folder / f"{role}s"
        await self.run("token", f"--count={count}", f"--role={role}", *more, f"--out={place}")
        return place.read_text().split()
