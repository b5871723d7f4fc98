"""`GET /ws`: who is it, which encoding, then the connection is handed to the live side."""

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from realtime.errors import Unavailable
from realtime.gateway import Gateway
from realtime.hub import Hub
from realtime.socket import Connection
from realtime.wire import SUBPROTOCOLS
from web.api.problems import Problem
from web.handoff import EXTENSION, HandOff
from web.signin.identify import Door


class LiveSocket:
    """The ASGI endpoint of the live wire. Whoever is refused gets an HTTP answer, before the upgrade."""

    def __init__(self, hub: Hub, gateway: Gateway, door: Door, *, per_person: int) -> None:
        self._hub = hub
        self._gateway = gateway
        self._door = door
        self._per_person = per_person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the connection over, or say why not."""
        websocket = WebSocket(scope, receive, send)
        await websocket.receive()
        try:
            await self._hand_over(scope)
        except Problem as problem:
            await websocket.send_denial_response(problem.response())
        except Unavailable as away:
            busy = Problem(503, away.code, str(away), retry_after_ms=away.retry_after_ms)
            await websocket.send_denial_response(busy.response())

    async def _hand_over(self, scope: Scope) -> None:
        hand_off: HandOff | None = scope.get("extensions", {}).get(EXTENSION)
        if hand_off is None:
            raise Problem(501, "unavailable", "This server was started without its own WebSocket protocol class.")
        subprotocol = _subprotocol(scope)
        if self._hub.draining:
            raise Problem(503, "unavailable", "This node is going. Come back to another.", retry_after_ms=1_000)
        identity = await self._door.identity(scope)
        if self._hub.connections.of_person(identity.person.id) >= self._per_person:
            detail = f"You have {self._per_person} connections here already. Close one first."
            raise Problem(429, "rate_limited", detail, retry_after_ms=5_000)
        connection = Connection(
            self._gateway,
            identity.person,
            session=identity.session,
            expires_at=identity.expires_at,
            encoding=SUBPROTOCOLS[subprotocol],
        )
        hand_off(connection, subprotocol)


def _subprotocol(scope: Scope) -> str:
    for offered in scope["subprotocols"]:
        if offered in SUBPROTOCOLS:
            return str(offered)
    known = "` or `".join(SUBPROTOCOLS)
    raise Problem(400, "bad_frame", f"Offer the WebSocket subprotocol `{known}`.")
