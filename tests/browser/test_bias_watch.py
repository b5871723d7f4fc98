"""Bias watch in the browser: a moderator without a mouse looks at it and saves a table; nobody else finds the page."""

import csv

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.keyboard import tab_to
from tests.browser.person import DESK


async def test_a_moderator_reads_the_report_and_saves_a_table_without_a_mouse(arrivals: Arrivals) -> None:
    mo = await arrivals.of("mo", viewport=DESK)
    page = mo.page
    await page.goto("/")
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("link", name="Bias watch").press("Enter")
    await expect(page.get_by_role("heading", name="Reads beside awards")).to_be_visible()
    await expect(page.get_by_text("Nobody with an award compares with anybody").first).to_be_visible()
    year = page.get_by_role("radio", name="12 months")
    await tab_to(page, year)
    async with page.expect_response("**/api/moderation/bias-watch?*") as answered:
        await page.keyboard.press("ArrowRight")
    assert (await answered.value).status == 200
    await expect(page.get_by_role("radio", name="24 months")).to_be_checked()
    await assert_accessible(page, "bias watch")
    save = page.get_by_role("button", name="Save as CSV: Reads beside awards")
    await tab_to(page, save)
    async with page.expect_download() as download:
        await page.keyboard.press("Enter")
    file = await download.value
    assert file.suggested_filename.startswith("bias-watch-observers-")
    with (await file.path()).open(newline="") as opened:
        assert next(csv.reader(opened))[:3] == ["from", "to", "observer"]


async def test_nobody_else_finds_the_page(arrivals: Arrivals) -> None:
    ana = await arrivals.of("ana", viewport=DESK)
    await ana.page.goto("/moderation/bias")
    await expect(ana.page.get_by_text("There is nothing at this address.")).to_be_visible()
