"""A built UI in a folder, as Vite and the compression leave it."""

import gzip
import json
from pathlib import Path
from typing import Any, Final

PAGE: Final = b"<!doctype html><title>Curbside</title>" + b" " * 200
SCRIPT: Final = b"console.log('a case');" * 40
GZIP: Final = gzip.compress(SCRIPT)
SHORT: Final = b"export {};"
STYLE: Final = b"body { color: teal }"
WORKER: Final = b"addEventListener('fetch', kept)"
PICTURE: Final = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
# Nothing here reads Brotli: any bytes that are shorter than the file do.
BROTLI: Final = b"the script in Brotli"

MANIFEST: Final[dict[str, Any]] = {
    "index.html": {
        "file": "assets/index-1.js",
        "isEntry": True,
        "imports": ["_wire.js", "_words.js"],
        "dynamicImports": ["src/archive/print.ts"],
        "css": ["assets/index-2.css"],
    },
    "_wire.js": {"file": "assets/wire-3.js", "imports": ["_words.js"], "css": ["assets/index-2.css"]},
    "_words.js": {"file": "assets/words-4.js", "imports": ["_wire.js"]},
    "src/archive/print.ts": {"file": "assets/print-5.js"},
    "src/wire/early.ts": {"file": "assets/early-7.js", "isEntry": True},
    "src/app/OpenCases.tsx": {"file": "assets/OpenCases-8.js", "imports": ["_words.js"]},
    "src/worklist/watching.ts": {"file": "assets/watching-9.js", "css": ["assets/watching-9.css"]},
    "src/app/RoomScreen.tsx": {"file": "assets/Room-5.js", "imports": ["_wire.js"], "css": ["assets/Room-5.css"]},
}


def built(dist: Path) -> Path:
    """`dist`, with a page, scripts, a style sheet and a picture in it."""
    files = {
        "index.html": PAGE,
        "worker.js": WORKER,
        "assets/index-1.js": SCRIPT,
        "assets/index-1.js.br": BROTLI,
        "assets/index-1.js.gz": GZIP,
        "assets/wire-3.js": SHORT,
        "assets/index-2.css": STYLE,
        "assets/mark-6.svg": PICTURE,
        ".vite/manifest.json": json.dumps(MANIFEST).encode(),
    }
    for chunk in MANIFEST.values():
        for name in (chunk["file"], *chunk.get("css", [])):
            files.setdefault(name, SHORT)
    for name, body in files.items():
        path = dist / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return dist
