"""What a presenter owes: the outcomes of closed cases."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence.database import Database
from persistence.follow_up.owed import owed_by
from realtime.rooms.follow_up import owed
from web.api.answers import answer
from web.api.case_list import CaseLine, described
from web.signin.identify import Door


class OwedLine(CaseLine, frozen=True, kw_only=True, omit_defaults=True):
    """A closed case in a list. `owed`: which fields of an outcome are not answered."""

    owed: tuple[str, ...]


class Outcomes:
    """`GET /api/outcomes/owed`."""

    def __init__(self, door: Door, database: Database) -> None:
        self._door = door
        self._database = database

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/outcomes/owed", self.owed, methods=["GET"])]

    async def owed(self, request: Request) -> Response:
        """Those of one's own closed cases of which not all is answered, the last one first."""
        person = (await self._door.identity(request.scope)).person
        cards = await self._database.read(lambda sql: owed_by(sql, person.id))
        return answer({"cases": [OwedLine(owed=owed(card), **described(card, person)) for card in cards]})
