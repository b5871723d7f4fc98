"""Pictures of screens as they are kept, and how far another picture may be from one."""

import io
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Final, Literal, NamedTuple, cast

from PIL import Image, ImageChops
from playwright.async_api import CDPSession, Page

from tests.browser.windows import settle, touched

_ROOT: Final = Path(__file__).parents[2]
KEPT: Final = _ROOT / "docs" / "screens"
SEEN: Final = _ROOT / "build" / "screens"

Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
PHONE_PX: Final = 360
HEIGHTS: Final = {PHONE_PX: 740, 768: 1024, 1440: 900}
COLOURS: Final = 48
AREAS: Final = 16

# Pictures are compared as the eye would from across the desk: 8 by 8 pixels as one. How a font's edges are drawn
# differs from one machine to the next and is gone then; a word, a button or a colour that is another is not.
BLOCK_PX: Final = 8
# So far apart (of 255) are two blocks that differ to the eye.
APART: Final = 24
# And so many of all blocks may: a line of text that broke elsewhere is more.
MOST_SHARE: Final = 0.004


# Pseudonyms, roots and digests are made of chance: each is shown as another that is the same in every run. A caret
# blinks.
_STEADY: Final = """() => {
  document.documentElement.style.caretColor = "transparent";
  const letters = "k4q7m2xwz3np6tdeh5ruvyabcf";
  const steady = (text, at) => [...text].map((_, place) => letters[(place * 7 + at * 5) % letters.length]).join("");
  const known = (window.steadied ??= new Map());
  const replaced = (text) => {
    if ([...known.values()].includes(text)) return text;
    if (!known.has(text)) known.set(text, steady(text, known.size));
    return known.get(text);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const name = /\\b[a-z2-7]{16}\\b/g;
    const digest = /\\b(?:[0-9a-f]{64}|[0-9a-f]{16}|[a-z2-7]{26})\\b/g;
    const pattern = parentElement.closest("bdi") ? name : digest;
    const other = data.replaceAll(pattern, replaced);
    if (other !== data) texts.currentNode.data = other;
  }
}"""


class Taken(NamedTuple):
    """A picture at one width and in one theme, and the name of its file."""

    width: int
    scheme: Scheme
    file: str
    picture: Image.Image


async def taken(page: Page, name: str, widths: Sequence[int]) -> AsyncIterator[Taken]:
    """Each picture of the scene that `page` shows, by width and theme; until the next one, the page stays so."""
    devtools = await page.context.new_cdp_session(page)
    for width in widths:
        await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        await touched(page, by_thumb=width == PHONE_PX)
        await settle(page)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await settle(page, 2)  # a chart is drawn anew in other colours
            await page.evaluate(_STEADY)
            yield Taken(width, scheme, f"{name}-{width}-{scheme}.png", await _picture(devtools))


async def _picture(devtools: CDPSession) -> Image.Image:
    """As the page stands, without what Playwright does before and after: nothing moves, and the PNG is made quickly."""
    taken = await devtools.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    return Image.open(io.BytesIO(b64decode(taken["data"]))).convert("RGB")


async def assert_as_kept(
    page: Page, name: str, widths: Sequence[int], look: Callable[[Taken], Awaitable[None]]
) -> None:
    """Raise `AssertionError` where a picture is missing or another; what was seen then lies in build/screens.

    `look` is called with each, and may see to more of the page as it is on it.
    """
    other: list[str] = []
    async for one in taken(page, name, widths):
        await look(one)
        kept = KEPT / one.file
        apart = difference(Image.open(kept), one.picture) if kept.exists() else 1.0
        if apart > MOST_SHARE:
            SEEN.mkdir(parents=True, exist_ok=True)
            keep(one.picture, SEEN / one.file)
            other.append(f"{one.file}: {apart:.1%} of it is another" if kept.exists() else f"{one.file} is missing")
    assert not other, "\n".join([*other, f"Look at {SEEN}; `python -m tests.browser.screens` keeps what it sees."])


def keep(picture: Image.Image, path: Path) -> None:
    """Write it there as a small file, which takes longer than to compare it."""
    few_colours = picture.quantize(palette=_palette(picture), dither=Image.Dither.NONE)
    few_colours.save(path, "PNG", optimize=True)


def _palette(picture: Image.Image) -> Image.Image:
    """The colours of areas as they are, and between them those that keep what is rare, such as a red word."""
    counted = picture.getcolors(picture.width * picture.height) or []
    areas = [colour for _, colour in sorted(counted, reverse=True)[:AREAS]]
    rare = picture.quantize(COLOURS - AREAS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [*(part for colour in areas for part in cast("Sequence[int]", colour)), *(rare.getpalette() or [])]
    )
    return palette


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of blocks in which two pictures differ, 0 to 1; 1 where their sizes do."""
    if one.size != other.size:
        return 1.0
    first, second = (picture.convert("RGB").reduce(BLOCK_PX) for picture in (one, other))
    apart = ImageChops.difference(first, second)
    worst = reduce(ImageChops.lighter, apart.split()).histogram()
    return sum(worst[APART:]) / sum(worst)
