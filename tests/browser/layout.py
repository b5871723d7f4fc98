"""What can be measured of a page's shape. Each function raises `AssertionError` and names what is wrong.

Measure a page that has settled (`windows`).
"""

from typing import Any, Final

from playwright.async_api import Page

THUMB_PX: Final = 44

_SIDEWAYS: Final = """() => {
  const root = document.scrollingElement;
  const width = root.clientWidth;
  const clipped = (at) => {
    for (let up = at.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const shown = (at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const outside = [...document.body.querySelectorAll("*")].filter((at) => {
    const { left, right, width: own, height } = at.getBoundingClientRect();
    return own > 1 && height > 1 && shown(at) && (right > width + 1 || left < -1) && !clipped(at);
  });
  const scrolling = [...document.querySelectorAll("*")].filter((at) =>
    /auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth + 1 && shown(at));
  const wide = root.scrollWidth > width ? [`the page: ${root.scrollWidth} px in ${width} px`] : [];
  return [...wide, ...[...outside, ...scrolling].map((at) => at.outerHTML.slice(0, 200))];
}"""

_SMALL: Final = """(least) => {
  const acts = "a[href], button, input, select, textarea, summary, [role=button], [role=option], [role=tab]";
  const inText = (at) => at.matches("p a, li p a, .said a");
  // A button or link may be stretched over what it opens by its `::after`.
  const stretched = (at) => getComputedStyle(at, "::after").position === "absolute" && at.offsetParent;
  const target = (at) => (at.matches("[type=radio], [type=checkbox]") && at.closest("label")) || stretched(at) || at;
  const seen = ({ width, height, bottom }) => width > 1 && height > 1 && bottom > 0;
  return [...document.querySelectorAll(acts)]
    .filter((at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !inText(at))
    .map((at) => [at, target(at).getBoundingClientRect()])
    .filter(([, box]) => seen(box) && (box.height < least - 0.5 || box.width < least - 0.5))
    .map(([at, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${at.outerHTML.slice(0, 160)}`);
}"""

_MOVING: Final = """() => document.getAnimations().filter(({ playState }) => playState === "running")
  .map(({ effect, animationName, transitionProperty }) =>
    `${animationName ?? transitionProperty}: ${effect.target.outerHTML.slice(0, 160)}`)"""

_COVERED: Final = """() => {
  const shown = (at) => at.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const over = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const looked = "button, a[href], input, textarea, select, h1, h2, h3";
  // What stands still over a list that is scrolled beneath it.
  const floats = "header, footer, .timeline-jump, .called";
  const cover = (at) => {
    const { left, top, width, height } = at.getBoundingClientRect();
    const x = left + width / 2, y = top + height / 2;
    if (width <= 1 || height <= 1 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return undefined;
    const hit = document.elementFromPoint(x, y);
    const scrolled = hit && [...document.querySelectorAll("*")].some((one) => one.contains(at) && !one.contains(hit)
      && /auto|scroll|hidden/.test(getComputedStyle(one).overflowY));
    const under = hit && !at.contains(hit) && !hit.contains(at) && !at.closest("label")?.contains(hit) && !scrolled
      && !hit.closest(floats);
    return under ? hit : undefined;
  };
  return [...over.querySelectorAll(looked)].filter(shown).map((at) => [at, cover(at)]).filter(([, hit]) => hit)
    .map(([at, hit]) => `${at.outerHTML.slice(0, 160)} lies below ${hit.outerHTML.slice(0, 160)}`);
}"""


async def assert_fits(page: Page, where: str) -> None:
    """Nothing scrolls sideways, and nothing stands outside the window."""
    await _none(page, where, _SIDEWAYS)


async def assert_for_thumbs(page: Page, where: str) -> None:
    """Whatever is tapped is at least 44 px wide and high. Links within a text are as high as their line."""
    await _none(page, where, _SMALL, THUMB_PX)


async def assert_still(page: Page, where: str) -> None:
    """No animation and no transition is running."""
    await _none(page, where, _MOVING)


async def assert_uncovered(page: Page, where: str) -> None:
    """No heading and nothing that is used lies below something else."""
    await _none(page, where, _COVERED)


async def _none(page: Page, where: str, script: str, argument: Any = None) -> None:
    found: list[str] = await page.evaluate(script, argument)
    assert not found, "\n".join([where, *found])
