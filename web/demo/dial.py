"""Opening WebSockets to the server itself, as any of its people."""

import logging
import ssl
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from websockets.typing import Subprotocol

from realtime.rooms.people import Person
from web.clock import now_ms
from web.signin.signing import Session, Signing, session_id

SESSION_MS: Final = 12 * 3_600_000
if TYPE_CHECKING:
    from websockets.asyncio.client import connect

GOODBYE_S: Final = 1.0

_wire = logging.getLogger("curbside.demo.wire")


class Dial:
    """Connects to the server at `address`, whose `secret` signs the tokens."""

    def __init__(self, address: str, secret: bytes) -> None:
        parts = urlsplit(address)
        self._tls = _unchecked() if parts.scheme == "https" else None
        self._url = f"{'wss' if self._tls else 'ws'}://{parts.netloc}/ws"
        self._signing = Signing(secret, "bearer")
        # It tells of each connection, and there are hundreds.
        _wire.setLevel(logging.WARNING)

    def __call__(self, person: Person) -> "connect":
        """A connection of `person`, to be entered; that raises `OSError`, `TimeoutError`, `WebSocketException`."""
        # Loaded when it is needed: the server itself does without.
        from websockets.asyncio.client import connect

        session = Session(person.id, person.role, session_id(), now_ms() + SESSION_MS)
        return connect(
            self._url,
            additional_headers={"Authorization": f"Bearer {self._signing.signed(session)}"},
            subprotocols=[Subprotocol("curbside.v1.msgpack")],
            compression=None,
            proxy=None,
            ping_interval=None,
            close_timeout=GOODBYE_S,
            logger=_wire,
            ssl=self._tls,
        )


def _unchecked() -> ssl.SSLContext:
    """For the process itself, on loopback: its certificate need not name the address that it listens on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
