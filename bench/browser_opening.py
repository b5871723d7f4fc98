"""From a click to a room one can read and write in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

from playwright.async_api import BrowserContext, Page

from bench.browser_line import SLOW_4G, slow_line
from bench.browser_page import chromium, received_bytes, signed_in
from bench.figures import Figure
from bench.node import Node

RUNS: Final = 5
WITHIN_MS: Final = 120_000.0
COLD_AND_WARM: Final = ("cold", "warm")

# DevTools adds its latency to each request, which stands for the several round trips of a real one.
DEVTOOLS: Final = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}
# Asked at every frame: since when posts are there and one can write.
_INTERACTIVE: Final = """() => {
  const box = document.querySelector("textarea");
  return box && !box.disabled && document.querySelector("[role=feed] article") ? performance.now() : null;
}"""
_AT_FIRST: Final = """() => {
  const feed = document.querySelector("[role=feed]");
  feed.parentElement.scrollTop = 0;
  return feed.querySelector("[aria-posinset='1'][aria-setsize]:not([aria-setsize='-1'])") ? performance.now() : null;
}"""


async def opened_slowly(node: Node, token: str, room: str) -> list[Figure]:
    """A room on a line as slow as Slow 4G, and as DevTools imitates it; what its first screen weighs."""
    figures = []
    async with chromium() as browser, slow_line(node.port, SLOW_4G) as port:
        runs = [await _cold_and_warm(await signed_in(browser, token, port), f"/case/{room}") for _ in range(RUNS)]
        for name, taken in zip(COLD_AND_WARM, zip(*runs, strict=True), strict=True):
            figures.append(_slow(f"a room, 150 ms round trip, 1.6 Mbit/s, {name}", taken, at_most=1.5))
        runs = [
            await _cold_and_warm(await signed_in(browser, token, node.port), f"/case/{room}", throttled=True)
            for _ in range(RUNS)
        ]
        for name, taken in zip(COLD_AND_WARM, zip(*runs, strict=True), strict=True):
            figures.append(_slow(f"… DevTools' emulation, 562.5 ms a request, {name}", taken))
        for what, path in (("worklist", "/"), ("room", f"/case/{room}")):
            kib = await _weight(await signed_in(browser, token, node.port), path)
            figures.append(
                Figure("browser", f"what the first screen weighs, compressed: {what}", kib, "KiB", at_most=90)
            )
    return figures


async def opened_long(node: Node, token: str, room: str) -> list[Figure]:
    """A room of thousands of events, without a slow line: opened, and scrolled to its first event."""
    async with chromium() as browser, _page(await signed_in(browser, token, node.port)) as page:
        opened_ms = await _interactive_ms(page, f"/case/{room}")
        since = await page.wait_for_function(_AT_FIRST, timeout=WITHIN_MS)
        all_ms = float(await since.json_value()) - opened_ms
    return [
        Figure("browser", "a room of 10,000 events: open and interactive", opened_ms / 1_000, "s"),
        Figure("browser", "… scrolled to the first: all loaded, folded and shown", all_ms / 1_000, "s"),
    ]


def _slow(what: str, taken_ms: tuple[float, ...], at_most: float | None = None) -> Figure:
    return Figure("browser", f"{what} (median of {RUNS})", median(taken_ms) / 1_000, "s", at_most=at_most)


async def _cold_and_warm(context: BrowserContext, path: str, throttled: bool = False) -> tuple[float, float]:
    """ms, with an empty cache and then with what the first visit left. Its service worker is let finish in between."""
    async with _page(context) as page:
        if throttled:
            session = await context.new_cdp_session(page)
            await session.send("Network.emulateNetworkConditions", DEVTOOLS)
        cold_ms = await _interactive_ms(page, path)
        await page.evaluate("() => navigator.serviceWorker?.ready.then(() => null)")
        await page.wait_for_load_state("networkidle")
        return cold_ms, await _interactive_ms(page, path)


async def _interactive_ms(page: Page, path: str) -> float:
    await page.goto(path, wait_until="commit")
    since = await page.wait_for_function(_INTERACTIVE, timeout=WITHIN_MS)
    return float(await since.json_value())


async def _weight(context: BrowserContext, path: str) -> float:
    async with _page(context) as page:
        weights = await received_bytes(await context.new_cdp_session(page))
        await page.goto(path)
        await page.wait_for_selector("h1")
        await page.wait_for_load_state("networkidle")
        return sum(weights) / 1_024


@asynccontextmanager
async def _page(context: BrowserContext) -> AsyncIterator[Page]:
    yield await context.new_page()
    await context.close()
