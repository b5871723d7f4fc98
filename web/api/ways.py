"""`GET /api/signin`: how one signs in to this server, for those who have not yet."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.api.answers import answer


class Ways:
    """`demo`: people that one can be without a password stand under `/api/demo`."""

    def __init__(self, *, demo: bool) -> None:
        self._said = {"ways": ["password"], "demo": demo}

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/signin", self.show, methods=["GET"])]

    async def show(self, _: Request) -> Response:
        """The ways, for everyone."""
        return answer(self._said)
