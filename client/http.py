"""The few HTTP requests that a client needs, by urllib in threads: they are rare, and need no further dependency."""

import asyncio
import json
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from client.errors import ConnectionLost, RefusedByServer

ANSWER_WITHIN_S: Final = 10.0


async def request(method: str, url: str, headers: dict[str, str], content: Any = None) -> Any:
    """The JSON that answers; `content` is sent as JSON.

    Raises `RefusedByServer` with the problem's `code` and `detail`, `ConnectionLost` where no server answered.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("Name the server by its http or https address.")
    return await asyncio.to_thread(_answer, method, url, headers, content)


def _answer(method: str, url: str, headers: dict[str, str], content: Any) -> Any:
    body = None if content is None else json.dumps(content).encode()
    asked = Request(url, body, {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urlopen(asked, timeout=ANSWER_WITHIN_S) as response:
            return json.load(response)
    except HTTPError as error:
        with error:
            raise _refusal(error.code, error.read(), error.headers.get("Retry-After", "")) from None
    except (OSError, HTTPException) as error:
        raise ConnectionLost(f"{method} {urlsplit(url).path} was not answered: {type(error).__name__}.") from None


def _refusal(status: int, body: bytes, retry_after_s: str) -> RefusedByServer:
    try:
        problem = dict(json.loads(body))
    except (ValueError, TypeError):
        problem = {}
    code = problem.get("code") or ("unavailable" if status >= 500 else str(status))
    message = problem.get("detail") or problem.get("title") or f"HTTP {status} without a problem document."
    after_ms = int(retry_after_s) * 1_000 if retry_after_s.isdigit() else None
    return RefusedByServer(code, message, problem.get("retry_after_ms", after_ms), spans=problem.get("spans"))
