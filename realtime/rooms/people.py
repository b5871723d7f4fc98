"""Who acts: a person as verified, and the `by` that an event keeps of them."""

from typing import Annotated, Literal

import msgspec

# `$` alone would let a trailing newline through in Python, and `\Z` is unknown to JSON Schema.
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,36}$(?!\n)")]
PersonId = Id
RoomId = Id

Role = Literal["clinician", "physician", "observer", "moderator"]
Mode = Literal["contribute", "follow", "observe"]

SYSTEM = "system"
PHYSICIAN_TIER = 2


class By(msgspec.Struct, frozen=True, omit_defaults=True):
    """Author of an event, as they were then. `tier` is 0 to 3. The server's own events have `person` only."""

    person: str
    handle: str = ""
    role: str = ""
    specialty: str = ""
    country: str = ""
    tier: int | None = None


class Person(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A person as the journal knows them now. `kind` is an observer's kind of institution (pharma, research, …)."""

    id: str
    handle: str
    role: Role
    specialty: str = ""
    country: str = ""
    tier: int = 0
    institution: str = ""
    network: str = ""
    kind: str = ""

    @property
    def by(self) -> By:
        """This person as the author of an event."""
        return By(self.id, self.handle, self.role, self.specialty, self.country, self.tier)

    @property
    def verified(self) -> bool:
        """Whether this is a verified physician: T2 or higher. Below that a physician has a clinician's rights."""
        return self.role == "physician" and self.tier >= PHYSICIAN_TIER
