"""Whom a case would interrupt if it were sent now: numbers, and no names."""

from collections.abc import Callable, Collection
from typing import Any, Final, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.reach.reachable import reachable
from realtime.rooms.command import Acuity, Reach
from realtime.rooms.opening import Words, default_reach
from realtime.rooms.paging.matching import Group, Matching, Wanted, match
from realtime.rooms.people import Person
from web.api.answers import answer, body
from web.api.problems import forbidden
from web.clock import Clock
from web.limits import Limits
from web.signin.identify import Door

PER_HOUR: Final = 600
BURST: Final = 60


class Asked(msgspec.Struct, frozen=True):
    """The parts of a case that say whom it asks, as they are now in the form."""

    specialties: Words
    acuity: Acuity
    languages: Words = []
    reach: Reach | None = None


class ReachPreview:
    """`/api/reach/preview`. `present`: who has a connection to this process. `paged`: the acuities that page here."""

    def __init__(
        self,
        door: Door,
        database: Database,
        now_ms: Clock,
        *,
        present: Callable[[], Collection[str]],
        per_hour: int,
        paged: Collection[Acuity],
    ) -> None:
        self._door = door
        self._database = database
        self._present = present
        self._per_hour = per_hour
        self._paged = paged
        self._now_ms = now_ms
        self._limits = Limits(PER_HOUR, BURST)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/reach/preview", self.preview, methods=["POST"])]

    async def preview(self, request: Request) -> Response:
        """How many would be interrupted, in each group, and how many are passed over for which reason."""
        person = (await self._door.identity(request.scope)).person
        if person.role == "observer":
            raise forbidden("Observers ask nobody: they open no cases.")
        self._limits.check(person.id)
        wish = await body(request, Asked)
        if wish.acuity not in self._paged:
            return answer(_numbers(Matching([], [])))
        wanted, present, now_ms = _wanted(wish, person), self._present(), self._now_ms()
        found = await self._database.read(lambda sql: reachable(sql, wanted, present, now_ms, self._per_hour))
        return answer(_numbers(match(found, wanted)))


def _wanted(wish: Asked, person: Person) -> Wanted:
    return Wanted(
        room="",
        specialties=tuple(wish.specialties),
        acuity=wish.acuity,
        reach=wish.reach or default_reach(wish.acuity, person),
        languages=tuple(wish.languages),
        institution=person.institution or None,
        network=person.network or None,
        excluded=frozenset([person.id]),
    )


def _numbers(matching: Matching) -> dict[str, Any]:
    groups, reasons = matching.groups(), matching.reasons()
    return {
        "rings": len(matching.asked),
        "groups": {group: groups[group] for group in get_args(Group)},
        "passed_over": {why: count for why, count in sorted(reasons.items()) if why != "excluded"},
    }
