"""`GET /api/signin`: how one signs in to this server, for those who have not yet."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.api.answers import answer


class Ways:
    """`demo`: people that one can be without a password stand under `/api/demo`.

    `hospitals`: some stand under `/api/signin/hospitals`. `idle_s`: after so long without a key one is asked again; 0:
    never.
    """

    def __init__(self, *, demo: bool, hospitals: bool = False, idle_s: int = 0) -> None:
        ways = ["passkey", "password", *(["hospital"] if hospitals else [])]
        self._said = {"ways": ways, "demo": demo, "idle_s": idle_s}

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/api/signin", self.show, methods=["GET"])]

    async def show(self, _: Request) -> Response:
        """The ways, for everyone."""
        return answer(self._said)
