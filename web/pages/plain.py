"""Pages without a script, for when there is no other, or none is needed."""

from base64 import b64encode
from hashlib import sha256
from typing import Final

from starlette.responses import Response

_STYLE: Final = "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "cache-control": "no-cache",
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
"""For anything that is text and no more."""

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Curbside</title>
<style>{style}</style>
<h1>Curbside</h1>
{body}
</html>
"""


def plain(body: str, status: int = 200) -> Response:
    """A page of this HTML."""
    return Response(_PAGE.format(style=_STYLE, body=body), status, HEADERS, "text/html")
