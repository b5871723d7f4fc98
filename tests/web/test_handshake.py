"""The opening handshake: what is agreed on, and one clear sentence where nothing can be."""

import pytest
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from web.api.problems import Problem
from web.upgrade.handshake import handshake

KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # RFC 6455 §1.3
ASKED = {
    "sec-websocket-version": "13",
    "sec-websocket-key": KEY,
    "sec-websocket-protocol": "curbside.v1.json, curbside.v1.msgpack",
}


def headers(**changed: str) -> list[tuple[bytes, bytes]]:
    given = ASKED | {name.replace("_", "-"): value for name, value in changed.items()}
    return [(name.encode(), value.encode()) for name, value in given.items() if value]


def test_the_key_is_answered_as_the_standard_has_it() -> None:
    agreed = handshake(b"GET", headers())
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in agreed.answer
    assert agreed.subprotocol == "curbside.v1.json" and agreed.extensions is None
    assert agreed.answer.startswith(b"HTTP/1.1 101 ") and agreed.answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("deflate", [False, True])
def test_a_real_client_is_content_with_the_answer(deflate: bool) -> None:
    offered = [ClientPerMessageDeflateFactory(client_max_window_bits=True)] if deflate else []
    client = ClientProtocol(
        parse_uri("ws://consult.example/ws"), subprotocols=[Subprotocol("curbside.v1.msgpack")], extensions=offered
    )
    request: Request = client.connect()
    asked = [(name.lower().encode(), value.encode()) for name, value in request.headers.raw_items()]
    client.send_request(request)
    client.receive_data(handshake(b"GET", asked).answer)
    client.events_received()
    assert client.handshake_exc is None and client.state is OPEN
    assert client.subprotocol == "curbside.v1.msgpack" and len(client.extensions) == len(offered)


@pytest.mark.parametrize(
    ("offer", "answer"),
    [
        ("permessage-deflate", True),
        ("permessage-deflate; client_max_window_bits", True),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", True),
        ("permessage-deflate; server_max_window_bits=10", False),
        ("permessage-deflate; nonsense=1", False),
        ("x-other", False),
        (";;;", False),
    ],
)
def test_compression_keeps_nothing_between_messages_or_is_not_agreed_on(offer: str, answer: bool) -> None:
    extensions = handshake(b"GET", headers(sec_websocket_extensions=offer)).extensions
    expected = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
    assert extensions == (expected if answer else None)


@pytest.mark.parametrize(
    ("method", "changed", "status"),
    [
        (b"POST", {}, 400),
        (b"GET", {"sec_websocket_version": "8"}, 426),
        (b"GET", {"sec_websocket_version": ""}, 426),
        (b"GET", {"sec_websocket_key": ""}, 400),
        (b"GET", {"sec_websocket_key": "c2hvcnQ="}, 400),
        (b"GET", {"sec_websocket_key": "?" * 24}, 400),
        (b"GET", {"sec_websocket_protocol": "chat"}, 400),
        (b"GET", {"sec_websocket_protocol": ""}, 400),
    ],
)
def test_what_cannot_be_opened_is_refused_in_one_sentence(method: bytes, changed: dict[str, str], status: int) -> None:
    with pytest.raises(Problem) as problem:
        handshake(method, headers(**changed))
    assert problem.value.status == status and problem.value.detail.endswith(".")
