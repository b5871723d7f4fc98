"""Every screen, for those who see, hear, move or read otherwise."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize

from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits, assert_for_thumbs, assert_still, assert_uncovered
from tests.browser.night import Houses, Night, houses, night
from tests.browser.person import PHONE
from tests.browser.pictures import assert_as_kept
from tests.browser.scenes import SCENES
from tests.browser.stage import Stage
from tests.browser.windows import resize

LIGHT: Final[dict[str, Any]] = {"color_scheme": "light"}
DARK: Final[dict[str, Any]] = {"color_scheme": "dark"}
FORCED: Final[dict[str, Any]] = {"color_scheme": "light", "forced_colors": "active"}
MORE: Final[dict[str, Any]] = {"color_scheme": "dark", "forced_colors": "none", "contrast": "more"}

every_scene = pytest.mark.parametrize("name", SCENES)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Houses]:
    with houses(tmp_path_factory.mktemp("houses")) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def story(running: Houses) -> AsyncIterator[Night]:
    async with night(running) as story:
        yield story


@every_scene
async def test_it_looks_as_kept_in_any_colours_and_fits_at_twice_the_size(
    story: Night, chromium: Browser, name: str
) -> None:
    async with Stage(story, chromium, viewport=narrowest(name), reduced_motion="reduce") as stage:
        page = await SCENES[name].play(stage)
        widths = SCENES[name].widths
        await assert_as_kept(page, name, widths)
        # What is there is the same in all colours: twice all rules, at both ends of the widths, then those on colour.
        for width, colours, only in (
            (widths[0], LIGHT, ()),
            (widths[-1], DARK, ()),
            (widths[0], FORCED, ("color-contrast",)),
            (widths[-1], MORE, ("color-contrast",)),
        ):
            await resize(page, width, 800)
            await page.emulate_media(**colours)
            await assert_accessible(page, f"{name} at {width} px, {colours}", *only)
        await assert_fits_at_twice_the_size(page, name)


@every_scene
async def test_it_fits_a_small_phone_and_thumbs_reach_everything(story: Night, chromium: Browser, name: str) -> None:
    async with Stage(story, chromium, viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce") as stage:
        page = await SCENES[name].play(stage)
        await assert_still(page, name)
        for width in (360, 320):
            await resize(page, width, 640)
            await assert_fits(page, f"{name} at {width} px")
            await assert_for_thumbs(page, f"{name} at {width} px")
            await assert_uncovered(page, f"{name} at {width} px")


def narrowest(name: str) -> ViewportSize:
    return {"width": SCENES[name].widths[0], "height": 740}


async def assert_fits_at_twice_the_size(page: Page, name: str) -> None:
    """Zoomed to 200 %, a window of 1280 px has 640; who has the browser's letters twice as large, all of it."""
    await resize(page, 640, 400)
    await assert_fits(page, f"{name} at 200 %")
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    await resize(page, 720, 800)
    await assert_fits(page, f"{name} with letters twice as large")
