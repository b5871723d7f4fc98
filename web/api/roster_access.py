"""What the handlers of rosters share: who keeps which, and how to write and note a change."""

from collections.abc import Callable
from typing import Final, TypeVar

from sqlmodel import Session as Sql
from starlette.requests import Request

from persistence.database import Database
from persistence.reach import keepers, rosters
from persistence.reach.tables import Roster
from realtime.ports import Audit
from web.api.problems import Problem, forbidden
from web.clock import Clock
from web.limits import Limits
from web.signin.identify import Door, Identity

CHANGES_PER_HOUR: Final = 600
T = TypeVar("T")


class RosterAccess:
    """Rosters are kept by moderators, and by those whom a moderator named for an institution."""

    def __init__(self, door: Door, database: Database, audit: Audit, now_ms: Clock) -> None:
        self.door = door
        self.database = database
        self.audit = audit
        self.now_ms = now_ms
        self._changes = Limits(CHANGES_PER_HOUR, CHANGES_PER_HOUR)

    async def changing(self, request: Request) -> Identity:
        """Who asks for a change. Raises `Problem`: 429 where they do so too often."""
        identity = await self.door.identity(request.scope)
        self._changes.check(identity.person.id)
        return identity

    def roster(self, sql: Sql, identity: Identity, request: Request) -> Roster:
        """The roster of the path. Raises `Problem` (404) where there is none, or somebody else keeps it."""
        roster = rosters.found(sql, request.path_params["id"])
        if roster is None or not self.keeps(sql, identity, roster.institution):
            raise Problem(404, "not_found", "There is no such roster, or you do not keep it.")
        return roster

    def keeps(self, sql: Sql, identity: Identity, institution: str) -> bool:
        """Whether they keep the rosters of this institution."""
        person = identity.person
        return person.role == "moderator" or institution in keepers.kept_by(sql, person.id)

    def refuse(self, identity: Identity) -> Problem:
        """What is raised for who keeps no such rosters: 403."""
        self.audit.note("rosters_refused", identity.person.id, outcome="refused", where=identity.address)
        return forbidden("Moderators keep rosters, and those whom a moderator named for an institution. Ask one.")

    async def written(self, write: Callable[[Sql], T]) -> T:
        """What `write` returns. Raises `Problem` (422) with the sentence of what cannot be."""
        try:
            return await self.database.write(write)
        except ValueError as error:
            raise Problem(422, "invalid", str(error)) from None

    def note(self, act: str, identity: Identity, roster: Roster) -> None:
        """Leave an audit line."""
        what = f"{roster.institution}, {roster.name}"
        self.audit.note(act, identity.person.id, what=what, where=identity.address)
