"""What the handlers of verification share: how to write and tell who changed, and what goes wrong in one sentence."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from starlette.requests import Request

from persistence.database import Database
from persistence.verification import requests
from persistence.verification.keys import Keys
from persistence.verification.policy import Policy
from persistence.verification.wrong import Wrong
from realtime.ports import Audit
from realtime.rooms.people import DOCTORS, Person
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.mail import Mail
from web.signin.identify import Door, Identity


class Bureau(msgspec.Struct, frozen=True):
    """What verification works with. `changed` tells every node that these people are not who they were."""

    database: Database
    door: Door
    audit: Audit
    keys: Keys
    policy: Policy
    mail: Mail | None
    changed: Callable[[Sequence[str]], Awaitable[None]]
    now_ms: Clock

    async def moderator(self, request: Request) -> Identity:
        """Who asks, who is a moderator. Raises `Problem`."""
        identity = await self.door.identity(request.scope)
        if identity.person.role != "moderator":
            self.audit.note(
                "moderation_refused",
                identity.person.id,
                detail=request.url.path,
                outcome="refused",
                where=identity.address,
            )
            raise forbidden("This is for moderators.")
        return identity

    async def reconsider(self, person: str) -> None:
        """Something that this person's tier may rest on is new: weigh it, and tell every node if it is another now."""
        now_ms = self.now_ms()
        moved = await self.database.write(lambda sql: requests.reconsider(sql, self.keys, self.policy, person, now_ms))
        if moved:
            self.audit.note("tier_changed", "system", what=person)
            await self.changed([person])

    async def doctor(self, request: Request) -> Identity:
        """Who asks, who is somebody to be verified. Raises `Problem`."""
        identity = await self.door.identity(request.scope)
        if not verifiable(identity.person):
            raise forbidden("Verification is for clinicians and physicians.")
        return identity


def verifiable(person: Person) -> bool:
    """Whether tiers are for this person."""
    return person.role in DOCTORS


@contextmanager
def told() -> Iterator[None]:
    """What cannot be done becomes an answer: 422 with its sentence."""
    try:
        yield
    except Wrong as wrong:
        raise Problem(422, "invalid", str(wrong)) from None
