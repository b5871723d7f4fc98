"""Frames that are posted for an event stream. What answers them comes over the stream."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from realtime.backplane.messages import How
from realtime.ports import Audit
from realtime.streams import Streams
from realtime.wire.frame import FRAME_BYTES, POST_BYTES
from web.api.answers import HEADERS, lines
from web.api.problems import Problem, forbidden
from web.signin.address import address_of
from web.signin.identify import Door, Identity

CONNECTION: Final = "curbside-connection"
"""The header with the `connection` of `welcome`. A page of another site cannot send it, nor know it."""

_PROBLEMS: Final[Mapping[How, Callable[[], Problem]]] = {
    "gone": partial(Problem, 404, "not_found", "This connection is over. Open another one at `/sse`."),
    "foreign": partial(forbidden, "This connection is another person's. Open one of your own at `/sse`."),
    "busy": partial(
        Problem, 429, "rate_limited", "Wait for the answer to the last post, then send this again.", retry_after_ms=100
    ),
}


class Frames:
    """`/frames`, and what `/sse` says to those who cannot have a stream there."""

    def __init__(self, door: Door, streams: Streams, audit: Audit) -> None:
        self._door = door
        self._streams = streams
        self._audit = audit

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/frames", self.post, methods=["POST"]), Route("/sse", self.no_stream, methods=["GET"])]

    async def post(self, request: Request) -> Response:
        """202 once the connection has the frames."""
        key = request.headers.get(CONNECTION)
        if key is None:
            raise Problem(400, "bad_frame", "Send the `connection` of `welcome` in the header `Curbside-Connection`.")
        identity = await self._identity(request)
        frames = await lines(request, POST_BYTES)
        _check(frames)
        how = await self._streams.hand_over(key, identity.person.id if identity else None, frames)
        if how == "foreign" and identity is not None:
            person, where = identity.person.id, address_of(request.scope)
            self._audit.note("frames_refused", person, detail="another's", outcome="refused", where=where)
        if how in _PROBLEMS:
            raise _PROBLEMS[how]()
        return Response(None, 202, HEADERS)

    async def no_stream(self, request: Request) -> Response:
        """A stream takes the whole line: there is none behind a request that is not answered yet."""
        raise Problem(400, "bad_frame", "Ask for a stream with GET, on a line where nothing else is under way.")

    async def _identity(self, request: Request) -> Identity | None:
        """Who posts, where the request says so: the key by itself is enough, but nobody may use another's."""
        names_nobody = "authorization" not in request.headers and self._door.cookie(request.scope) is None
        return None if names_nobody else await self._door.identity(request.scope)


def _check(frames: Sequence[bytes]) -> None:
    if not frames:
        raise Problem(400, "bad_frame", "There is no frame in that. Send JSON, one frame a line.")
    if any(len(frame) > FRAME_BYTES for frame in frames):
        raise Problem(413, "too_large", f"A frame has at most {FRAME_BYTES} bytes. Send a shorter one.")
