"""A room in which much is said, while one writes in it."""

import asyncio
from collections.abc import Callable
from math import ceil
from typing import Final

from playwright.async_api import Page

from bench.browser_page import chromium, heap_mib, signed_in
from bench.figures import Figure
from bench.node import Node

PER_S: Final = 50
SECONDS: Final = 30
TURNS: Final = 2
"""Twice half a minute: no load client is asked for longer at once."""

KEY_EVERY_S: Final = 0.25
LONG_FRAME_MS: Final = 50

# The Event Timing API tells durations in steps of 8 ms, and none below 16: those count as 16.
LEAST_MS: Final = 16.0
_WATCH: Final = """() => {
  const seen = (window.seen = { gaps: [], keys: [] });
  let last = performance.now();
  const frame = (now) => { seen.gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") seen.keys.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""


async def flowing(node: Node, token: str, room: str, post: Callable[[], object]) -> list[Figure]:
    """Frames, memory and keys of a page in `room` while `post` posts `PER_S` a second for `SECONDS`, `TURNS` times."""
    async with chromium() as browser:
        context = await signed_in(browser, token, node.port)
        page = await context.new_page()
        await page.goto(f"/case/{room}")
        await page.locator("textarea").wait_for()
        session = await context.new_cdp_session(page)
        before_mib = await heap_mib(session)
        await page.evaluate(_WATCH)
        pressed = sum([await _write_while(page, post) for _ in range(TURNS)])
        seen = await page.evaluate("() => window.seen")
        after_mib = await heap_mib(session)
        await context.close()
    return [*_frames(seen["gaps"]), *_keys(seen["keys"], pressed), *_memory(before_mib, after_mib)]


async def _write_while(page: Page, post: Callable[[], object]) -> int:
    """How many keys were pressed meanwhile."""
    pressed = 0
    posting = asyncio.create_task(asyncio.to_thread(post))
    await page.locator("textarea").focus()
    while not posting.done():
        await page.keyboard.press("x")
        pressed += 1
        await asyncio.wait([posting], timeout=KEY_EVERY_S)
    await posting
    return pressed


def _frames(gaps_ms: list[float]) -> list[Figure]:
    what = f"{PER_S} events/s for {SECONDS * TURNS} s"
    per_s = len(gaps_ms) / (sum(gaps_ms) / 1_000)
    long = sum(gap > LONG_FRAME_MS for gap in gaps_ms)
    return [
        Figure("browser", f"{what}: frames a second", per_s, "", at_least=58),
        Figure("browser", f"… frames longer than {LONG_FRAME_MS} ms", long, ""),
        Figure("browser", "… the longest frame", max(gaps_ms), "ms"),
    ]


def _keys(durations_ms: list[float], pressed: int) -> list[Figure]:
    ordered = sorted([LEAST_MS] * (pressed - len(durations_ms)) + durations_ms)
    p98 = ordered[ceil(0.98 * len(ordered)) - 1]
    return [
        Figure("browser", f"… key to paint, of {len(ordered)} keys: p98", p98, "ms", at_most=50),
        Figure("browser", "… key to paint: the longest", ordered[-1], "ms"),
    ]


def _memory(before_mib: float, after_mib: float) -> list[Figure]:
    return [
        Figure("browser", "… JavaScript's memory before, without garbage", before_mib, "MiB"),
        Figure("browser", "… and after", after_mib, "MiB"),
    ]
