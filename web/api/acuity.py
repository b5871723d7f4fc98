"""`GET /api/acuity`: what this deployment does by acuity and colour, for the pages that say so."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.acuity import Urgency
from web.api.answers import answer
from web.signin.identify import Door


class AcuityDesk:
    """`/api/acuity`."""

    def __init__(self, door: Door, urgency: Urgency) -> None:
        self._door = door
        self._urgency = urgency

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/acuity", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """By acuity whether it pages and by when it is to be taken; by colour the minutes to first contact."""
        await self._door.identity(request.scope)
        return answer(self._urgency._asdict())
