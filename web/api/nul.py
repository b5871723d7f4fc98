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
    """Middleware: an address with U+0000 in it is answered with 422."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and ("\0" in scope["path"] or b"%00" in scope["query_string"]):
            problem = Problem(422, "invalid", "The address has the character U+0000 (`%00`). Leave it out.")
            await problem.response()(scope, receive, send)
            return
        await self._app(scope, receive, send)
