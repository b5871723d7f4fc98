"""What moderators decide on."""

import re

from playwright.async_api import Page, expect

from tests.browser.plays.rooms import waiting_is_told
from tests.browser.plays.selves import own_verification
from tests.browser.stage import Stage


async def verifications(stage: Stage) -> Page:
    await own_verification(stage)
    page = await stage.page("mo")
    await page.goto("/moderation/verifications")
    await expect(page.get_by_text("One request waits.")).to_be_visible()
    await waiting_is_told(page)
    return page


async def moderation(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.goto("/moderation")
    await expect(page.get_by_role("region", name="Flags that wait").get_by_role("listitem").first).to_be_visible()
    await waiting_is_told(page)
    return page


async def imposing_sheet(stage: Stage) -> Page:
    page = await moderation(stage)
    await page.get_by_role("button", name="Impose a sanction").click()
    await page.get_by_role("dialog").get_by_role("radio", name=re.compile("^Mute")).check()
    return page
