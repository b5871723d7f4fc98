"""What Vite has built, in memory: the page, its assets, and which of them the page will need first."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from web.pages.codings import IDENTITY

DIST: Final = Path(__file__).resolve().parents[1] / "ui" / "dist"

# The coding and the suffix of its file, the shorter first.
_VARIANTS: Final = {"br": ".br", "gzip": ".gz", IDENTITY: ""}
_ENTRY: Final = "index.html"

SCREENS: Final = frozenset(
    {"src/app/OpenCases.tsx", "src/app/RoomScreen.tsx", "src/ask/Ask.tsx", "src/signin/SignIn.tsx"}
)
"""Those that people come to first; the manifest has the others as well."""


class Variant(NamedTuple):
    """The bytes of a file in one coding, and their strong entity tag."""

    body: bytes
    tag: str


class File(NamedTuple):
    """One file by coding, the shortest variant first; `IDENTITY` is always there."""

    suffix: str
    variants: Mapping[str, Variant]


class Built(NamedTuple):
    """The page, its service worker, its assets by name, and the `Link` headers of the page by what it shows first."""

    page: File
    worker: File
    assets: Mapping[str, File]
    links: Mapping[str, str]


class Chunk(msgspec.Struct):
    """What Vite's manifest says of one built script; `imports` are keys of the manifest."""

    file: str
    css: list[str] = []
    imports: list[str] = []


def read(dist: Path = DIST) -> Built | None:
    """Everything in `dist`; None where nothing was built."""
    try:
        manifest = msgspec.json.decode((dist / ".vite" / "manifest.json").read_bytes(), type=dict[str, Chunk])
        return Built(
            page=_file(dist / _ENTRY),
            worker=_file(dist / "worker.js"),
            assets=_assets(dist / "assets"),
            links={screen: ", ".join(_links(manifest, screen)) for screen in ("", *SCREENS & manifest.keys())},
        )
    except FileNotFoundError:
        return None


def _assets(folder: Path) -> dict[str, File]:
    variants = tuple(filter(None, _VARIANTS.values()))
    return {path.name: _file(path) for path in folder.iterdir() if path.suffix not in variants}


def _file(path: Path) -> File:
    there = {coding: path.with_name(path.name + suffix) for coding, suffix in _VARIANTS.items()}
    return File(
        path.suffix,
        {coding: _variant(file.read_bytes()) for coding, file in there.items() if coding == IDENTITY or file.exists()},
    )


def _variant(body: bytes) -> Variant:
    return Variant(body, f'"{sha256(body).hexdigest()[:16]}"')


def _links(manifest: Mapping[str, Chunk], screen: str) -> Iterator[str]:
    """The style sheets and scripts that the page names itself, in its words: else they would be fetched twice.

    Then the scripts of the screen that it shows first, which it would only ask for once it runs; not its sheets: a
    browser complains of them where somebody has to sign in before they see it.
    """
    first = _needed(manifest, [_ENTRY])
    for key in _needed(manifest, [_ENTRY, *([screen] if screen else [])]):
        # What is named first goes over the connection that is open already.
        yield f"</{manifest[key].file}>; rel=modulepreload; crossorigin"
    for sheet in dict.fromkeys(sheet for key in first for sheet in manifest[key].css):
        yield f"</{sheet}>; rel=preload; as=style; crossorigin"


def _needed(manifest: Mapping[str, Chunk], keys: list[str]) -> list[str]:
    """These and all that they import."""
    needed = list(keys)
    for key in needed:
        needed += [imported for imported in manifest[key].imports if imported not in needed]
    return needed
