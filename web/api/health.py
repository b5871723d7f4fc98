"""Whether this process lives, and whether it should be sent anyone."""

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.api.answers import answer
from web.api.problems import Problem


class Health:
    """`/healthz` and `/readyz`."""

    def __init__(self) -> None:
        self._degraded: Callable[[], Sequence[str]] | None = None
        self._disks: Callable[[], int | None] = lambda: None

    def started(self, degraded: Callable[[], Sequence[str]], disks: Callable[[], int | None]) -> None:
        """Start-up is done: people may come.

        `degraded` names what is away just now: `journal`, `backplane`. `disks` is the number of disks on which a
        commit stood before it was acknowledged, when that was last known.
        """
        self._degraded, self._disks = degraded, disks

    def draining(self) -> None:
        """This process is going: nobody should be sent here any longer."""
        self._degraded = None

    def routes(self) -> list[Route]:
        """What is served here."""
        return [
            Route("/healthz", self.alive, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
        ]

    async def alive(self, _: Request) -> Response:
        """200 as long as anything can answer."""
        return answer({"status": "alive"})

    async def ready(self, _: Request) -> Response:
        """200, also while something is away, for the consult goes on; 503 before start-up is done and in a drain."""
        if self._degraded is None:
            raise Problem(503, "unavailable", "This server is starting or going. Ask again.", retry_after_ms=1_000)
        return answer({"degraded": list(self._degraded()), "disks": self._disks()})
