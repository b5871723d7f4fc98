"""Tickets for the WebSocket, for programs and pages that cannot send a header with the handshake."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.api.answers import answer, no_body
from web.signin.identify import Door
from web.signin.tickets import Ticket


class TicketOffice:
    """`/api/tickets`."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/tickets", self.issue, methods=["POST"])]

    async def issue(self, request: Request) -> Response:
        """201 with `ticket` and `expires_at`."""
        identity = await self._door.identity(request.scope)
        await no_body(request)
        wish = Ticket(identity.person.id, identity.session, identity.expires_at, identity.scopes)
        ticket, expires_at = await self._door.tickets.issue(wish)
        return answer({"ticket": ticket, "expires_at": expires_at}, 201)
