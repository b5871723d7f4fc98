"""U+0000 is refused at the door: PostgreSQL keeps no text that has it, and nobody means it."""

import re
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from web.api.problems import Problem

# A backslash that is itself escaped begins nothing.
_escaped: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def check_json(data: bytes) -> None:
    """Raises `Problem` (422) where a text in this JSON has U+0000."""
    if _escaped.search(data):
        raise Problem(422, "invalid", "A text has the character U+0000. Leave it out.")


class NoNul:
    """Middleware: there is nothing at an address with U+0000 in it, and no question that has it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = _wrong_with(scope) if scope["type"] == "http" else None
        await (problem.response() if problem else self._app)(scope, receive, send)


def _wrong_with(scope: Scope) -> Problem | None:
    if "\0" in scope["path"]:
        return Problem(404, "not_found", "The address has the character U+0000 (`%00`). Leave it out.")
    if b"%00" in scope["query_string"]:
        return Problem(422, "invalid", "The question has the character U+0000 (`%00`). Leave it out.")
    return None
