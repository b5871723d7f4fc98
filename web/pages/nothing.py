"""What a person is shown at an address where there is nothing; programs get the problem document."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from web.pages.plain import plain

_NOTHING: Final = """<p>There is nothing at this address. <a href="/">Go to the worklist</a></p>"""
# What pages and programs ask for by themselves.
_MACHINES: Final = ("/api/", "/assets/", "/ws", "/sse", "/frames")

Answer = Callable[[Request, Exception], Awaitable[Response]]


def nothing(otherwise: Answer) -> Answer:
    """Answers a 404: with a page where a browser is to show one, else as `otherwise` does."""

    async def answer(request: Request, error: Exception) -> Response:
        if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_MACHINES):
            return plain(_NOTHING, 404)
        return await otherwise(request, error)

    return answer
