"""What observers awarded in a case, once it is closed: the commitments for all, one's own awards with their nonces."""

from typing import Any

from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.awards.reading import given, received
from persistence.database import Database
from persistence.tables import Event
from realtime.ports import Audit
from realtime.rooms.awarding import chain_head
from realtime.rooms.events import AwardsRevealed, decoded
from realtime.rooms.people import Person
from web.api.answers import answer, case_id
from web.api.ports import Live
from web.api.reads import noted
from web.clock import Clock
from web.signin.identify import Door


class CaseAwards:
    """`/api/cases/{id}/awards`: until the reader's copy of the case is closed, the same for every case."""

    def __init__(self, door: Door, database: Database, live: Live, audit: Audit, now_ms: Clock) -> None:
        self._door = door
        self._database = database
        self._live = live
        self._audit = audit
        self._now_ms = now_ms

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/cases/{id}/awards", self.case, methods=["GET"])]

    async def case(self, request: Request) -> Response:
        """`revealed`, and then the `commitments` in order, the `head` of their chain, and the reader's own `awards`."""
        identity = await self._door.identity(request.scope)
        person, room, now_ms = identity.person, case_id(request), self._now_ms()
        with noted(self._audit, "awards_read", person, room, where=identity.address):
            copy = await self._live.copy_of(room, person, 0, 0)
            if copy.state["status"] != "closed":
                return answer({"revealed": False, "commitments": [], "head": chain_head([]).hex(), "awards": []})
            return answer(await self._database.read(lambda sql: _revealed(sql, room, person, now_ms)))


def _revealed(sql: Session, room: str, person: Person, now_ms: int) -> dict[str, Any]:
    commitments = _commitments(sql, room)
    own: Any = given(sql, person.institution, now_ms, room) if person.role == "observer" else None
    return {
        "revealed": True,
        "commitments": commitments,
        "head": chain_head(map(bytes.fromhex, commitments)).hex(),
        "awards": received(sql, person.id, room) if own is None else own,
    }


def _commitments(sql: Session, room: str) -> list[str]:
    """As the log of the room has them, which is chained and sealed."""
    wanted = select(Event.body).where(Event.room == room, Event.kind == "awards_revealed").order_by(col(Event.seq))
    bodies = [decoded("awards_revealed", body) for body in sql.exec(wanted) if body is not None]
    return [one.commitment for body in bodies if isinstance(body, AwardsRevealed) for one in body.awards]
