"""The answer that opens an event stream (HTML §9.2). It has no length: the stream ends with its line."""

from typing import Final

PATH: Final = b"/sse"

# `no-transform`: whoever compresses an answer on its way keeps it back until there is enough of it.
ANSWER: Final = b"\r\n".join(
    (
        b"HTTP/1.1 200 OK",
        b"Content-Type: text/event-stream",
        b"Cache-Control: no-store, no-transform",
        b"X-Accel-Buffering: no",
        b"X-Content-Type-Options: nosniff",
        b"Connection: close",
        b"",
        b"",
    )
)
