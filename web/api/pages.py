"""Whom a case has rung, and how far it has come with each of them."""

from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.paging.marks import Marks, marks
from realtime.hub import Hub
from realtime.ports import Audit, Directory
from realtime.rooms.paging.ids import named
from realtime.rooms.paging.ladder import Ladder, TierRole
from realtime.rooms.paging.page import Page, Ring
from realtime.rooms.paging.progress import Mark, Stood, stood
from realtime.rooms.room import Room
from realtime.showing import entered
from web.api.answers import answer, case_id
from web.api.problems import forbidden
from web.api.reads import Repeated
from web.clock import Clock
from web.signin.identify import Door


class Pages:
    """`/api/cases/{id}/pages`."""

    def __init__(
        self,
        door: Door,
        database: Database,
        hub: Hub,
        directory: Directory,
        audit: Audit,
        now_ms: Clock,
        ladder: Ladder,
    ) -> None:
        self._door = door
        self._database = database
        self._hub = hub
        self._directory = directory
        self._now_ms = now_ms
        self._ladder = ladder
        self._read = Repeated(audit, "pages_read", now_ms)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/pages", self.pages, methods=["GET"])]

    async def pages(self, request: Request) -> Response:
        """Each page with its tiers, whom each rang, and how many of them have it, have seen it, and have answered."""
        identity = await self._door.identity(request.scope)
        person, id = identity.person, case_id(request)
        with self._read.noted(person, id, where=identity.address):
            if person.role == "observer":
                raise forbidden("Who was rung is shown to those who may write in the room. Observers read the events.")
            host = await entered(self._hub.rooms, id, person)
            found = await self._database.read(lambda session: marks(session, id))
            return answer({"pages": await self._told(host.room, found)})

    async def _told(self, room: Room, found: Marks) -> list[dict[str, Any]]:
        handles = {person: await self._handle(person) for page in room.pages.values() for person in page.people}
        now_ms = self._now_ms()
        pages = sorted(room.pages.values(), key=lambda page: (page.at, page.id))
        return [_page(page, found, handles, now_ms, self._ladder) for page in pages]

    async def _handle(self, id: str) -> str:
        person = await self._directory.person(id)
        return person.handle if person is not None else ""


def _page(page: Page, found: Marks, handles: dict[str, str], now_ms: int, ladder: Ladder) -> dict[str, Any]:
    rings = [(ring, _people(page, ring, found, now_ms)) for ring in page.rings]
    states = Counter(stood.state for _, people in rings for stood in people.values())
    return {
        "id": page.id,
        "at": page.at,
        "by": page.by,
        "state": page.state,
        **{name: value for name in ("specialty", "person") if (value := getattr(page, name)) is not None},
        "rung": len(page.people),
        "counts": states,
        "tiers": [
            {
                "tier": ring.tier,
                **({"role": role} if (role := _role(page, ring, ladder)) is not None else {}),
                "at": ring.at,
                "deadline_at": ring.deadline_at,
                "people": [
                    {"person": person, "handle": handles[person], "state": one.state, "at": one.at}
                    for person, one in people.items()
                ],
            }
            for ring, people in rings
        ],
    }


def _role(page: Page, ring: Ring, ladder: Ladder) -> TierRole | None:
    """Who were rung, as the ladder calls them; a person who was asked for by name is of no tier of it."""
    if page.person is not None or ring.tier > len(ladder.tiers):
        return None
    return ladder.tiers[ring.tier - 1].role


def _people(page: Page, ring: Ring, found: Marks, now_ms: int) -> dict[str, Stood]:
    event = named("paged", page.id, ring.tier)
    return {person: stood(page, ring, person, found.get((event, person), Mark()), now_ms) for person in ring.people}
