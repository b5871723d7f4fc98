"""Every screen, for those who see, hear, move or read otherwise."""

from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits, assert_for_thumbs, assert_still, assert_uncovered
from tests.browser.night import Houses, Night, houses, night
from tests.browser.person import PHONE
from tests.browser.pictures import Taken, assert_as_kept
from tests.browser.scenes import SCENES, narrowest
from tests.browser.stage import Stage
from tests.browser.windows import resize, settle, touched

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
async def test_it_looks_as_kept_and_is_for_every_window_thumb_and_eye(
    story: Night, chromium: Browser, name: str
) -> None:
    async with Stage(story, chromium, **narrowest(name)) as stage:
        page = await SCENES[name].play(stage)
        widths = SCENES[name].widths
        await assert_still(page, name)
        await assert_as_kept(page, name, widths, partial(assert_for_every_eye, page, widths))
        await assert_for_small_phones(page, name)
        await assert_fits_at_twice_the_size(page, name)


async def assert_for_every_eye(page: Page, widths: Sequence[int], shown: Taken) -> None:
    """What is there is the same in all colours: twice all rules, at both ends of the widths, then those on colour."""
    if (shown.width, shown.scheme) == (widths[0], "light"):
        await assert_accessible(page, shown.file)
    if (shown.width, shown.scheme) == (widths[-1], "dark"):
        await assert_accessible(page, shown.file)
        for colours in (FORCED, MORE):
            await page.emulate_media(**colours)
            await settle(page, 2)
            await assert_accessible(page, f"{shown.file}, {colours}", "color-contrast")


async def assert_for_small_phones(page: Page, name: str) -> None:
    """It fits, and thumbs reach everything."""
    await touched(page, by_thumb=True)
    for width in (PHONE["width"], 320):
        await resize(page, width, 640)
        await assert_fits(page, f"{name} at {width} px")
        await assert_for_thumbs(page, f"{name} at {width} px")
        await assert_uncovered(page, f"{name} at {width} px")


async def assert_fits_at_twice_the_size(page: Page, name: str) -> None:
    """Zoomed to 200 %, a window of 1280 px has 640; who has the browser's letters twice as large, all of it."""
    await touched(page, by_thumb=False)
    await resize(page, 640, 400)
    await assert_fits(page, f"{name} at 200 %")
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    await resize(page, 720, 800)
    await assert_fits(page, f"{name} with letters twice as large")
