"""The tests' people at a site: their connections, their requests, and the cases that they open."""

from typing import Any, Final

import httpx

from tests.endtoend.raw import Encoding, Frame, Raw, fresh
from tests.endtoend.site import CANARY, Site
from tests.endtoend.streamed import Streamed

ANSWERED_S: Final = 20.0
NODES: Final = {"cleo": 0, "ana": 1, "ben": 0, "obi": 1, "mo": 1}
"""Who goes to which node, where there are two."""

CASE: Final[dict[str, Any]] = {
    "title": f"{CANARY} Fever and a purpuric rash",
    "acuity": "urgent",
    "specialties": ["paediatric_intensive_care", "infectious_disease"],
    "age_band": "1-4",
    "situation": f"{CANARY} Toddler, drowsy, rash that does not fade.",
    "assessment": f"{CANARY} Septic shock?",
    "request": f"{CANARY} Which vasoactive drug through a peripheral line?",
    "observers": "live",
}


class Callers:
    """Use as `async with Callers(site) as callers`; at the end all hang up."""

    def __init__(self, site: Site) -> None:
        self.site = site
        # A connection of its own for each request: one that is kept may be closed by the server as it is used again.
        self._http = httpx.AsyncClient(
            trust_env=False, limits=httpx.Limits(max_keepalive_connections=0), timeout=ANSWERED_S
        )
        self._connections: list[Raw | Streamed] = []

    async def __aenter__(self) -> "Callers":
        return self

    async def __aexit__(self, *_: object) -> None:
        for raw in self._connections:
            await raw.hang_up()
        await self._http.aclose()

    def address(self, person: str, node: int | None = None) -> str:
        """The address of the node of `person`, or of another."""
        return self.site.web(NODES.get(person, 0) if node is None else node).address

    async def call(self, person: str, encoding: Encoding = "msgpack", node: int | None = None) -> Raw:
        """A connection of `person`."""
        raw = await Raw.open(self.address(person, node), encoding, {"Authorization": self._bearer(person)})
        self._connections.append(raw)
        return raw

    async def stream(self, person: str, node: int | None = None, post_to: int | None = None) -> Streamed:
        """An event stream of `person`, opened with a ticket; they post at the same node, or at another."""
        ticket = (await self.request("POST", "/api/tickets", person, node)).json()["ticket"]
        address = self.address(person, node)
        streamed = await Streamed.open(address, ticket, self.address(person, node if post_to is None else post_to))
        self._connections.append(streamed)
        return streamed

    async def seated(
        self, person: str, room: str, encoding: Encoding = "msgpack", node: int | None = None, **join: Any
    ) -> Raw:
        """A connection of `person` with a seat in `room`, caught up."""
        raw = await self.call(person, encoding, node)
        joined = await raw.ask("join", room=room, **join)
        assert joined["t"] == "joined", joined
        await raw.next("caught_up")
        return raw

    async def open_case(self, person: str = "cleo", **parts: Any) -> str:
        """The id of a case that `person` opens."""
        answer = await self.request("POST", "/api/cases", person, json=CASE | parts, key=fresh())
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def get(self, path: str, person: str | None = None, node: int | None = None, **parameters: Any) -> Any:
        """What `GET path` answers, as JSON, which must go well."""
        answer = await self.request("GET", path, person, node, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def request(
        self, method: str, path: str, person: str | None = None, node: int | None = None, key: str = "", **more: Any
    ) -> httpx.Response:
        """The answer to an HTTP request of `person`, or of nobody."""
        headers = {"Authorization": self._bearer(person)} if person else {}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= more.pop("headers", {})
        url = f"http://{self.address(person or '', node)}{path}"
        self._http.cookies.clear()
        return await self._http.request(method, url, headers=headers, **more)

    async def log(self, room: str, person: str = "mo", node: int | None = None) -> list[Frame]:
        """All events of `room`, read over HTTP."""
        events: list[Frame] = []
        while True:
            after = events[-1]["seq"] if events else 0
            page = await self.get(f"/api/cases/{room}/events", person, node, after=after)
            events += page["events"]
            if not page["events"] or events[-1]["seq"] == page["seq"]:
                return events

    def _bearer(self, person: str) -> str:
        return f"Bearer {self.site.tokens[person]}"


def said(text: str) -> str:
    """`text` with the mark by which it would be found in a log."""
    return f"{CANARY} {text}"
