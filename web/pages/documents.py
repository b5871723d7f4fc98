"""`/docs/`: what programs can ask of this server, and the documents themselves."""

from html import escape
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.pages.plain import HEADERS, plain

# Beside the packages in a checkout; an installed wheel has no documents, and the list then has none.
_DOCS: Final = Path(__file__).resolve().parents[2] / "docs"

_LIST: Final = """<p>This is a server for live medical case consults: a clinician opens an urgent case, specialists join
its room and work it through together, and every post is on record before anyone reads it. Peer advice: the treating
clinician decides.</p>
<p>Programs speak with it over the WebSocket <code>/ws</code> and the HTTP API under <code>/api</code>; the protocol
says how.</p>
<ul>
{links}
</ul>"""


class Documents:
    """`/docs/…`."""

    def __init__(self, docs: Path = _DOCS) -> None:
        self._docs = {path.name: path for path in sorted(docs.glob("*.md"))}
        links = ["/docs/" + name for name in self._docs] + ["/api/sessions/current", "/readyz", "/metrics"]
        self._links = "\n".join(f'<li><a href="{escape(link)}">{escape(link)}</a></li>' for link in links)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/docs/", self.page, methods=["GET"]), Route("/docs/{name}", self.document, methods=["GET"])]

    async def page(self, _: Request) -> Response:
        """The list."""
        return plain(_LIST.format(links=self._links))

    async def document(self, request: Request) -> Response:
        """One of the documents that were there at start-up, as plain text."""
        path = self._docs.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return Response(path.read_bytes(), headers=HEADERS, media_type="text/plain")
