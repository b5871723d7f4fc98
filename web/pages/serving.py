"""The browser's UI as Vite has built it: one page for all of its own addresses, and the assets that the page uses."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.pages.built import DIST, Built, File, Opening, read
from web.pages.codings import IDENTITY, chosen
from web.pages.plain import plain
from web.pages.shields import ASSET, PAGE, PART, WORKER
from web.signin.cookies import SIGNED_IN

ADDRESSES: Final = (
    "/",
    "/signin",
    "/register",
    "/account",
    "/ask",
    "/case/{id}",
    "/archive",
    "/archive/{id}",
    "/verification",
    "/moderation",
    "/moderation/bias",
    "/moderation/verifications",
    "/sanctions",
    "/agreement",
    "/institutions",
    "/reach",
    "/rosters",
    "/awards",
    "/insights",
    "/surveys",
    "/credibility",
    "/credibility/{id}",
    "/interests",
)
"""Where the UI has a screen; anywhere else there is nothing."""

Endpoint = Callable[[Request], Awaitable[Response]]

_SHOWN: Final = {
    "/": "src/app/OpenCases.tsx",
    "/case/{id}": "src/app/RoomScreen.tsx",
    "/ask": "src/ask/Ask.tsx",
    "/signin": "src/signin/SignIn.tsx",
}
"""The screen that stands at an address, as the build names it."""

_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
# What a browser shows as text where it is opened by itself.
_PARTS: Final = (".js", ".css")
# The name of an asset changes with what is in it.
_FOR_EVER: Final = "max-age=31536000, immutable"

_UNBUILT: Final = """<p>The server runs, but its pages were not built: run <code>make ui</code> in the checkout, then
start it again.</p>
<p>Programs need no pages: what they can ask stands under <a href="/docs/">/docs/</a>.</p>"""


def ui_routes(dist: Path = DIST) -> list[Route]:
    """The UI in `dist`, which is read now; where nothing was built, a page that says what to do."""
    built = read(dist)
    if built is None:
        return [Route(address, _unbuilt, methods=["GET"]) for address in ADDRESSES]
    return Pages(built).routes()


async def _unbuilt(_: Request) -> Response:
    return plain(_UNBUILT, 503)


class Pages:
    """The page and its assets, out of memory."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._page_headers = {"cache-control": "no-cache", **PAGE}
        self._worker_headers = {"cache-control": "no-cache", **WORKER}
        self._asset_headers = {"cache-control": _FOR_EVER, **ASSET}
        self._part_headers = {"cache-control": _FOR_EVER, **PART}

    def routes(self) -> list[Route]:
        """What is served here."""
        pages = [Route(address, self._page(address), methods=["GET"]) for address in ADDRESSES]
        return [
            *pages,
            # At the top, for a worker may keep only what is below its own address.
            Route("/worker.js", self.worker, methods=["GET"]),
            Route("/assets/{name}", self.asset, methods=["GET"]),
        ]

    def _page(self, address: str) -> Endpoint:
        links = self._built.links
        screen = _SHOWN.get(address, "")

        async def page(request: Request) -> Response:
            """The page: its script sees by the address which screen to show."""
            signed_in = request.cookies.get(SIGNED_IN) == "1"
            link = links.get(Opening(screen, signed_in)) or links[Opening("", signed_in)]
            return _answer(request, self._built.page, self._page_headers | {"link": link}, "accept-encoding, cookie")

        return page

    async def worker(self, request: Request) -> Response:
        """The script that keeps the page on the device."""
        return _answer(request, self._built.worker, self._worker_headers)

    async def asset(self, request: Request) -> Response:
        """A script, a style sheet or a picture."""
        file = self._built.assets.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return _answer(request, file, self._part_headers if file.suffix in _PARTS else self._asset_headers)


def _answer(request: Request, file: File, headers: Mapping[str, str], vary: str = "accept-encoding") -> Response:
    coding = chosen(",".join(request.headers.getlist("accept-encoding")), file.variants)
    body, tag = file.variants[coding]
    headers = {**headers, "etag": tag, "vary": vary}
    if _has(request, tag):
        return Response(status_code=304, headers=headers)
    headers |= {"content-length": str(len(body))} | ({"content-encoding": coding} if coding != IDENTITY else {})
    shown = b"" if request.method == "HEAD" else body
    return Response(shown, headers=headers, media_type=_TYPES.get(file.suffix, "application/octet-stream"))


def _has(request: Request, tag: str) -> bool:
    """Whether the client holds this variant. A proxy may have weakened the tag on its way."""
    held = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in held)
