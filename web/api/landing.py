"""`GET /`: that a server runs here and where to read on, until there is more to show; and the documents themselves."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# Beside the packages in a checkout; an installed wheel has no documents, and the page then links to none.
_DOCS: Final = Path(__file__).resolve().parents[2] / "docs"

_STYLE: Final = "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Curbside</title>
<style>{style}</style>
<h1>Curbside</h1>
<p>This is a server for live medical case consults: a clinician opens an urgent case, specialists join its room and
work it through together, and every post is on record before anyone reads it. Peer advice: the treating clinician
decides.</p>
<p>The server runs. Programs speak with it over the WebSocket <code>/ws</code> and the HTTP API under
<code>/api</code>; the protocol says how.</p>
<ul>
{links}
</ul>
</html>
"""


class Landing:
    """`/` and `/docs/…`."""

    def __init__(self, docs: Path = _DOCS) -> None:
        self._docs = {path.name: path for path in sorted(docs.glob("*.md"))}
        links = ["/docs/" + name for name in self._docs] + ["/api/sessions/current", "/readyz", "/metrics"]
        items = "\n".join(f'<li><a href="{escape(link)}">{escape(link)}</a></li>' for link in links)
        self._page = _PAGE.format(style=_STYLE, links=items)

    def routes(self) -> list[Route]:
        """What is served here."""
        return [Route("/", self.page, methods=["GET"]), Route("/docs/{name}", self.document, methods=["GET"])]

    async def page(self, _: Request) -> Response:
        """The page, without any script."""
        return Response(self._page, headers=_HEADERS, media_type="text/html")

    async def document(self, request: Request) -> Response:
        """One of the documents that were there at start-up, as plain text."""
        path = self._docs.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        return Response(path.read_bytes(), headers=_HEADERS, media_type="text/plain")
