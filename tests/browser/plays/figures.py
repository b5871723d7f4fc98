"""Figures of all cases: insights, and the bias watch."""

from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Page, Route, expect

from realtime.rooms.figures import MEASURES
from tests.browser.plays.rooms import waiting_is_told
from tests.browser.stage import Stage
from tests.browser.watched import REPORT
from tests.browser.year import YEAR

TALLIES_DRAWN: Final = 3
THIRDS_DRAWN: Final = 3


async def bias_watch(stage: Stage) -> Page:
    """A year of awards, of which the story has one."""
    page = await stage.page("mo")
    await page.route("**/api/moderation/bias-watch?*", lambda route: route.fulfill(json=REPORT))
    await page.goto("/moderation/bias")
    await expect(page.get_by_role("heading", name="Reads beside awards")).to_be_visible()
    await waiting_is_told(page)
    return page


async def bias_history(stage: Stage) -> Page:
    """Further down: the test, and what it can not tell."""
    page = await bias_watch(stage)
    heading = page.get_by_role("heading", name="Does an award predict a later stance?")
    await heading.evaluate("(at) => at.scrollIntoView()")
    return page


async def insights(stage: Stage) -> Page:
    """A year of figures; the story is of two nights."""
    page = await stage.page("ana")
    await _tell_the_year(page)
    await page.goto("/insights")
    await expect(page.get_by_role("heading", name="Until the first answer")).to_be_visible()
    await expect(page.locator("canvas")).to_have_count(len(MEASURES) + TALLIES_DRAWN + THIRDS_DRAWN)
    return page


async def who_answers(stage: Stage) -> Page:
    """The end of the same page, with a table opened further down."""
    page = await insights(stage)
    right = page.get_by_role("region", name="How often they were right")
    await right.get_by_text("As a table").click()
    await expect(right.get_by_role("columnheader", name="asked least")).to_be_visible()
    await page.get_by_role("heading", name="Who answers").evaluate("heading => heading.scrollIntoView()")
    return page


async def calibration(stage: Stage) -> Page:
    """The middle of it, on a phone."""
    page = await insights(stage)
    await page.get_by_role("heading", name="How opinions held").evaluate("heading => heading.scrollIntoView()")
    return page


async def _tell_the_year(page: Page) -> None:
    async def tell(route: Route) -> None:
        kind = urlsplit(route.request.url).path.rpartition("/")[2]
        await route.fulfill(json=YEAR[kind])

    await page.route("**/api/insights/*?*", tell)
