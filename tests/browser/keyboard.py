"""A page without a mouse: where the focus is, and whether one can see it."""

from typing import Final

from playwright.async_api import Locator, Page, expect

MOST_TABS: Final = 80
# What is focused so that a screen reader reads on from there, and cannot be used, need not be drawn.
_SEEN: Final = """() => {
  const at = document.activeElement;
  const said = at?.outerHTML.slice(0, 200) ?? "nothing";
  if (!at || at === document.body) return said;
  if (at.tabIndex === -1) return "";
  if (!at.matches(":focus-visible")) return said;
  const around = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
  const drawn = around.flatMap((one) => [undefined, "::before", "::after"].map((part) => getComputedStyle(one, part)));
  return drawn.some((of) => of.outlineStyle !== "none" && of.outlineWidth !== "0px") ? "" : said;
}"""


async def assert_focus_seen(page: Page) -> None:
    """The focus is on something, and is drawn."""
    unseen = await page.evaluate(_SEEN)
    assert unseen == "", unseen


async def tab_to(page: Page, there: Locator) -> None:
    """Press Tab until the focus is `there`; every stop on the way can be seen."""
    for _ in range(MOST_TABS):
        if await there.evaluate("(at) => at === document.activeElement"):
            return
        await page.keyboard.press("Tab")
        await assert_focus_seen(page)
    raise AssertionError(f"{there} is not reached with {MOST_TABS} tabs")


async def press(page: Page, key: str, then: Locator) -> None:
    """Press a key, upon which the focus is on `then`, where it can be seen."""
    await page.keyboard.press(key)
    await expect(then).to_be_focused()
    await assert_focus_seen(page)
