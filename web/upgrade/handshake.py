"""The opening handshake of RFC 6455, and what its two extras come to: the subprotocol and compression."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from websockets.exceptions import InvalidHeader, NegotiationError
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.headers import build_extension, parse_extension
from websockets.utils import accept_key

from realtime.frames import WINDOW_BITS
from realtime.wire.frame import SUBPROTOCOLS
from web.api.problems import Problem

VERSION: Final = b"13"
KEY_BYTES: Final = 16

Headers = Iterable[tuple[bytes, bytes]]

# Nothing is kept from one message to the next in either direction: see realtime/frames.py.
_deflate: Final = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)


class Handshake(NamedTuple):
    """What was agreed on. `extensions`: what the answer says of compression, or None where there is none."""

    key: str
    subprotocol: str
    extensions: str | None

    @property
    def answer(self) -> bytes:
        """The 101, to its end."""
        lines = [
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accept_key(self.key)}",
            f"Sec-WebSocket-Protocol: {self.subprotocol}",
        ]
        if self.extensions is not None:
            lines.append(f"Sec-WebSocket-Extensions: {self.extensions}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def handshake(method: bytes, headers: Headers) -> Handshake:
    """What a client that asks for a WebSocket offers. Raises `Problem` (400, 426)."""
    if method != b"GET":
        raise Problem(400, "bad_frame", "A WebSocket is opened with GET.")
    if _values(headers, b"sec-websocket-version") != [VERSION]:
        raise Problem(426, "bad_frame", "Send `Sec-WebSocket-Version: 13`, the version of RFC 6455.")
    keys = _values(headers, b"sec-websocket-key")
    if len(keys) != 1 or not _is_key(keys[0]):
        raise Problem(400, "bad_frame", "Send one `Sec-WebSocket-Key`: 16 random bytes in base64.")
    offered = b",".join(_values(headers, b"sec-websocket-protocol")).decode("latin-1")
    extensions = b",".join(_values(headers, b"sec-websocket-extensions")).decode("latin-1")
    return Handshake(keys[0].decode(), _subprotocol(offered), offered_compression(extensions))


def _values(headers: Headers, wanted: bytes) -> list[bytes]:
    return [value.strip() for name, value in headers if name == wanted]


def _is_key(text: bytes) -> bool:
    try:
        return len(b64decode(text, validate=True)) == KEY_BYTES
    except NotBase64:
        return False


def _subprotocol(offered: str) -> str:
    for one in offered.split(","):
        if one.strip() in SUBPROTOCOLS:
            return one.strip()
    known = "` or `".join(SUBPROTOCOLS)
    raise Problem(400, "bad_frame", f"Offer the WebSocket subprotocol `{known}`.")


@lru_cache(maxsize=64)
def offered_compression(offered: str) -> str | None:
    """The answer to an offer of permessage-deflate (RFC 7692), the first that fits; None where none does."""
    if not offered:
        return None
    try:
        offers = parse_extension(offered)
    except InvalidHeader:
        return None
    for name, parameters in offers:
        if name != _deflate.name:
            continue
        try:
            agreed, deflate = _deflate.process_request_params(parameters, [])
        except NegotiationError:
            continue
        if deflate.local_max_window_bits == WINDOW_BITS:  # a narrower one would need frames of its own
            return build_extension([(name, agreed)])
    return None
