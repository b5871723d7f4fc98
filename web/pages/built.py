"""What Vite has built, in memory: the page, its assets, and which of them the page will need first."""

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from web.pages.codings import IDENTITY

DIST: Final = Path(__file__).resolve().parents[1] / "ui" / "dist"

# The coding and the suffix of its file, the shorter first.
_VARIANTS: Final = {"br": ".br", "gzip": ".gz", IDENTITY: ""}
_ENTRY: Final = "index.html"
# It opens the connection to the rooms.
_EARLY: Final = "src/wire/early.ts"

SCREENS: Final[Mapping[str, tuple[str, ...]]] = {
    "src/app/OpenCases.tsx": ("src/worklist/watching.ts",),
    "src/app/RoomScreen.tsx": (),
    "src/ask/Ask.tsx": (),
    "src/signin/SignIn.tsx": (),
}
"""Those that people come to first, each with what it fetches beside itself; the manifest has others as well."""


class Variant(NamedTuple):
    """The bytes of a file in one coding, and their strong entity tag."""

    body: bytes
    tag: str


class File(NamedTuple):
    """One file by coding, the shortest variant first; `IDENTITY` is always there."""

    suffix: str
    variants: Mapping[str, Variant]

    @property
    def least_bytes(self) -> int:
        """What it weighs on its way to a browser."""
        return min(len(variant.body) for variant in self.variants.values())


class Opening(NamedTuple):
    """What the page shows first ("": a screen that few come to), and whether the browser says that it is signed in."""

    screen: str
    signed_in: bool


class Built(NamedTuple):
    """The page, its service worker, its assets by name, and the `Link` headers of the page by its opening."""

    page: File
    worker: File
    assets: Mapping[str, File]
    links: Mapping[Opening, str]


class Chunk(msgspec.Struct):
    """What Vite's manifest says of one built script; `imports` are keys of the manifest."""

    file: str
    css: list[str] = []
    imports: list[str] = []


@cache
def read(dist: Path) -> Built | None:
    """Everything in `dist`, which is read once; None where nothing was built."""
    try:
        manifest = msgspec.json.decode((dist / ".vite" / "manifest.json").read_bytes(), type=dict[str, Chunk])
        assets = _assets(dist / "assets")
        return Built(
            page=_file(dist / _ENTRY),
            worker=_file(dist / "worker.js"),
            assets=assets,
            links={opening: ", ".join(_links(manifest, assets, opening)) for opening in _openings(manifest)},
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


def _openings(manifest: Mapping[str, Chunk]) -> Iterator[Opening]:
    for screen in ("", *SCREENS.keys() & manifest.keys()):
        yield from (Opening(screen, False), Opening(screen, True))


def _links(manifest: Mapping[str, Chunk], assets: Mapping[str, File], opening: Opening) -> Iterator[str]:
    """The scripts and style sheets that the page names itself, in its words: else they would be fetched twice.

    Then those of the screen that it shows first, which it would only ask for once it runs. Its sheets only where
    somebody is signed in: others have to do that before they see it.
    """
    screen = [opening.screen, *SCREENS[opening.screen]] if opening.screen else []
    first, needed = _needed(manifest, [_ENTRY]), _needed(manifest, [_ENTRY, *screen])
    largest, *others = _largest_first([manifest[key].file for key in needed], assets)
    sheets = _sheets(manifest, first)
    later = [sheet for sheet in _sheets(manifest, needed) if sheet not in sheets] if opening.signed_in else []
    # What is named first goes over the connection that is open already, so it fills the line while others are opened.
    yield from map(_script, (largest, manifest[_EARLY].file, *others))
    yield from (f"</{sheet}>; rel=preload; as=style; crossorigin" for sheet in sheets)
    # Fetched after the scripts, without which they are of no use. Of what is preloaded and not used, as where an
    # agreement is to be accepted first, a browser complains.
    yield from (f"</{sheet}>; rel=prefetch; as=style; crossorigin" for sheet in later)


def _sheets(manifest: Mapping[str, Chunk], keys: list[str]) -> list[str]:
    return list(dict.fromkeys(sheet for key in keys for sheet in manifest[key].css))


def _script(file: str) -> str:
    return f"</{file}>; rel=modulepreload; crossorigin"


def _largest_first(files: list[str], assets: Mapping[str, File]) -> list[str]:
    """Over HTTP/1.1 a browser asks for six files at a time: what takes longest must not wait for what is short."""
    return sorted(files, key=lambda file: assets[file.removeprefix("assets/")].least_bytes, reverse=True)


def _needed(manifest: Mapping[str, Chunk], keys: list[str]) -> list[str]:
    """These and all that they import."""
    needed = list(keys)
    for key in needed:
        needed += [imported for imported in manifest[key].imports if imported not in needed]
    return needed
