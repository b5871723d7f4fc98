"""JSON in and out: bodies are decoded into structs within limits, answers are never cached."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from realtime.rooms.people import RoomId
from realtime.rooms.refusals import Refusal, Refused
from realtime.wire.encoding import unquoted
from web.api.nul import check_json
from web.api.problems import Problem

BODY_BYTES: Final = 131_072
BODY_S: Final = 10.0
FILE_S: Final = 300.0
"""A file may be on a bad line for so long."""
HEADERS: Final[Mapping[str, str]] = {"cache-control": "no-store", "x-content-type-options": "nosniff"}

_FORMS: Final = frozenset({"", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"})

T = TypeVar("T")


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as JSON."""
    return Response(msgspec.json.encode(value), status, {**HEADERS, **(headers or {})}, "application/json")


def nothing() -> Response:
    """The answer 204."""
    return Response(None, 204, HEADERS)


async def body(request: Request, type: type[T]) -> T:
    """The body of `request`, JSON, as `type`. Raises `Problem`: 415, 413, 400, or 422 where a field is not valid."""
    if _content_type(request) != "application/json":
        raise Problem(415, "invalid", "Send JSON, with the header `Content-Type: application/json`.")
    data = await _bytes(request)
    try:
        decoded = msgspec.json.decode(data, type=type)
    except msgspec.ValidationError as error:
        raise Problem(422, "invalid", f"That is not valid: {unquoted(str(error))}.") from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise Problem(400, "bad_frame", "The body is no JSON. Check how it is written.") from None
    check_json(data)
    return decoded


async def content(request: Request, most_bytes: int) -> bytes:
    """The body of `request` as it is, a file. Raises `Problem`: 415 for what another site's form could send, 413."""
    if _content_type(request) in _FORMS:
        raise Problem(415, "invalid", "Send the file itself as the body, with its own `Content-Type`.")
    return await _bytes(request, most_bytes, FILE_S)


async def lines(request: Request, most_bytes: int) -> list[bytes]:
    """The lines of the body of `request`, each JSON by itself. Raises `Problem`: 415, 413."""
    if _content_type(request) != "application/x-ndjson":
        detail = "Send JSON, one frame a line, with the header `Content-Type: application/x-ndjson`."
        raise Problem(415, "invalid", detail)
    return [line for line in (await _bytes(request, most_bytes)).splitlines() if line.strip()]


async def no_body(request: Request) -> None:
    """Return if `request` brings none, or JSON. Raises `Problem` for what another site's form could send."""
    if _content_type(request) not in ("", "application/json"):
        raise Problem(415, "invalid", "Send no body here, or JSON.")


def number(request: Request, name: str, default: int, *, least: int = 0, most: int) -> int:
    """The query parameter `name` as a whole number. Raises `Problem` where it is none, or out of bounds."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and least <= int(text) <= most):
        raise Problem(422, "invalid", f"`{name}` is not valid. Give a whole number from {least} to {most}.")
    return int(text)


def case_id(request: Request) -> str:
    """The case that the path names. Raises `Refused` (`NOT_FOUND`) for what can be no id."""
    return _id(request.path_params["id"])


def page_start(request: Request) -> str | None:
    """The case after which a page of cases is wanted. Raises `Refused` (`NOT_FOUND`) for what can be no id."""
    after = request.query_params.get("after")
    return None if after is None else _id(after)


def _id(text: str) -> str:
    try:
        return msgspec.convert(text, RoomId)
    except msgspec.ValidationError:
        raise Refused(Refusal.NOT_FOUND) from None


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def _bytes(request: Request, most: int = BODY_BYTES, within_s: float = BODY_S) -> bytes:
    """Counted as they come: what a header says of the length may be missing or a lie. It has its time as well."""
    data = bytearray()
    try:
        async with asyncio.timeout(within_s):
            async for chunk in request.stream():
                data += chunk
                if len(data) > most:
                    raise Problem(413, "too_large", f"The body has more than {most} bytes. Send a shorter one.")
    except TimeoutError:
        detail = f"The body did not come within {within_s:g} s. Send it again, without a pause."
        raise Problem(408, "unavailable", detail, retry_after_ms=1_000) from None
    except ClientDisconnect:
        raise Problem(400, "bad_frame", "The body was cut off. Send it again.") from None
    return bytes(data)
