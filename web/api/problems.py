"""What went wrong, as problem documents (RFC 9457): `title`, `status`, `detail` and the wire's error `code`."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from realtime.errors import Unavailable
from realtime.rooms.identifiers.finding import Span
from realtime.rooms.identifiers.gate import IdentifiersFound
from realtime.rooms.refusals import ErrorCode, Refused
from web.logs import place

logger = logging.getLogger("curbside.web")

STATUSES: Final[Mapping[ErrorCode, int]] = {
    "bad_frame": 400,
    "unknown_kind": 400,
    "too_large": 413,
    "unauthenticated": 401,
    "second_factor": 401,
    "proof_needed": 403,
    "forbidden": 403,
    "not_found": 404,
    "not_joined": 409,
    "room_closed": 409,
    "conflict": 409,
    "invalid": 422,
    "identifiers_found": 422,
    "rate_limited": 429,
    "unavailable": 503,
}
_plain: Final[Mapping[int, tuple[ErrorCode, str]]] = {
    404: ("not_found", "There is nothing at this address. Check it against the protocol."),
    405: ("invalid", "This address does not take that method. `Allow` names those that it takes."),
}


class Problem(Exception):
    """An answer that is no: `detail` is one plain sentence that says what is wrong and what to do.

    `spans` with `identifiers_found`: by field, what may tell who a patient is, as `[from, to, rule]` in code points.
    """

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        detail: str,
        *,
        retry_after_ms: int | None = None,
        spans: Mapping[str, Sequence[Span]] | None = None,
    ) -> None:
        super().__init__(status, code)
        self.status = status
        self.code: ErrorCode = code
        self.detail = detail
        self.retry_after_ms = retry_after_ms
        self.spans = spans

    def response(self) -> Response:
        """This problem as an answer, over HTTP or in place of an upgrade."""
        headers = {"www-authenticate": "Bearer"} if self.status == 401 else {}
        if self.retry_after_ms is not None:
            headers["retry-after"] = str(-(-self.retry_after_ms // 1_000))
        members = {
            "detail": self.detail,
            "code": self.code,
            "retry_after_ms": self.retry_after_ms,
            "spans": self.spans,
        }
        return _document(self.status, {name: value for name, value in members.items() if value is not None}, headers)


def unauthenticated(detail: str = "Sign in first: send a session cookie or a bearer token.") -> Problem:
    """Who asks is not known: 401."""
    return Problem(401, "unauthenticated", detail)


def forbidden(detail: str) -> Problem:
    """Who asks may not: 403."""
    return Problem(403, "forbidden", detail)


async def _problem(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return problem.response()


async def _refused(_: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)
    code = refused.refusal.code
    spans = refused.found.fields if isinstance(refused, IdentifiersFound) else None
    return Problem(STATUSES[code], code, refused.message, spans=spans).response()


async def _unavailable(_: Request, error: Exception) -> Response:
    assert isinstance(error, Unavailable)
    return Problem(503, "unavailable", str(error), retry_after_ms=error.retry_after_ms).response()


async def wrong_request(_: Request, error: Exception) -> Response:
    """A request for which there is no endpoint, or whose endpoint finds nothing: 404, 405 and the like."""
    assert isinstance(error, HTTPException)
    code, detail = _plain.get(error.status_code, ("invalid", "This request is not one that the server takes."))
    return _document(error.status_code, {"detail": detail, "code": code}, dict(error.headers or {}))


HANDLERS: Final[Mapping[Any, ExceptionHandler]] = {
    Problem: _problem,
    Refused: _refused,
    Unavailable: _unavailable,
    HTTPException: wrong_request,
}


class Bugs:
    """Middleware: anything else that is raised is our bug, logged once by its place, answered with a bare 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if scope["type"] == "lifespan":
                raise
            logger.error("%s %s failed: %s", scope.get("method", scope["type"]), scope["path"], place(error))
            if not started and scope["type"] == "http":
                await _document(500, {}, {})(scope, receive, send)


def _document(status: int, members: Mapping[str, object], headers: Mapping[str, str]) -> Response:
    document = {"title": HTTPStatus(status).phrase, "status": status, **members}
    shielded = {"cache-control": "no-store", "x-content-type-options": "nosniff", **headers}
    return Response(msgspec.json.encode(document), status, shielded, "application/problem+json")
