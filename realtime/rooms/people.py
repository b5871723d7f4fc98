"""Who acts: a person as verified, and the `by` that an event keeps of them."""

from typing import Annotated, Literal

import msgspec

from realtime.rooms.interests.interest import Interest

# `$` alone would let a trailing newline through in Python, and `\Z` is unknown to JSON Schema.
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,36}$(?!\n)")]
PersonId = Id
RoomId = Id

Role = Literal["clinician", "physician", "observer", "moderator"]
Mode = Literal["contribute", "follow", "brief", "observe"]

SYSTEM = "system"
PHYSICIAN_TIER = 2
DOCTORS = frozenset({"clinician", "physician"})
"""One account goes from one of these roles to the other as its tier rises and falls."""


class By(msgspec.Struct, frozen=True, omit_defaults=True):
    """Author of an event, as they were then. `tier` is 0 to 3. The server's own events have `person` only.

    `name`: the real one, where its owner has chosen to show it. Observers never get it.
    """

    person: str
    handle: str = ""
    role: str = ""
    specialty: str = ""
    country: str = ""
    tier: int | None = None
    name: str = ""


class Person(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A person as the journal knows them now. `kind` is an observer's kind of institution (pharma, research, …).

    `name`: the real one, where they show it. `interests`: those in force, the weightiest first.
    """

    id: str
    handle: str
    role: Role
    specialty: str = ""
    country: str = ""
    tier: int = 0
    institution: str = ""
    network: str = ""
    kind: str = ""
    name: str = ""
    interests: tuple[Interest, ...] = ()

    @property
    def by(self) -> By:
        """This person as the author of an event."""
        return By(self.id, self.handle, self.role, self.specialty, self.country, self.tier, self.name)

    @property
    def verified(self) -> bool:
        """Whether this is a verified physician: T2 or higher. Below that a physician has a clinician's rights."""
        return self.role == "physician" and self.tier >= PHYSICIAN_TIER


def counts_only(person: Person) -> bool:
    """Whether the worklist shows this person counts beside their own cases and those that they were invited to."""
    return person.role in DOCTORS and not person.verified


def same_account(role: str, other: str) -> bool:
    """Whether a session that began under `role` goes on under `other`."""
    return role == other or {role, other} <= DOCTORS
