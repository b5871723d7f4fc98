"""The size of a window, and when a page has found its place in it."""

from typing import Final

from playwright.async_api import Page

# A list learns of its rows' other heights, moves them and finds its place, each a frame or more after the other.
_SETTLED: Final = """async (calmFrames) => {
  const places = () => [...document.body.querySelectorAll("*")].map((at) => {
    const { left, top, width, height } = at.getBoundingClientRect();
    return [left, top, width, height, at.scrollTop].map(Math.round);
  }).join(";");
  let [last, calm] = [places(), 0];
  for (let frames = 0; frames < 120 && calm < calmFrames; frames += 1) {
    await new Promise(requestAnimationFrame);
    const now = places();
    [last, calm] = [now, now === last ? calm + 1 : 0];
  }
}"""


async def resize(page: Page, width: int, height: int) -> None:
    """Give the page's window this size, in px, and wait until nothing in it moves."""
    await page.set_viewport_size({"width": width, "height": height})
    await settle(page, 6)


async def touched(page: Page, *, by_thumb: bool) -> None:
    """Let what points be a thumb, which needs larger buttons, or a mouse."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": by_thumb})


async def settle(page: Page, frames: int = 12) -> None:
    """Wait until everything has stayed where it is for so many frames, or for 120 frames."""
    await page.evaluate(_SETTLED, frames)
