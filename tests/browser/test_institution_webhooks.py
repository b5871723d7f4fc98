"""A hospital's own system: a moderator adds its webhook, keeps the secret, tries it out, and removes it."""

import re

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits, assert_for_thumbs
from tests.browser.person import PHONE


async def test_a_moderator_adds_tries_and_removes_the_webhook_of_a_hospital(arrivals: Arrivals) -> None:
    mo = await arrivals.of("mo", viewport=PHONE, has_touch=True, is_mobile=True)
    page = mo.page
    await page.goto("/institutions")
    await expect(page.get_by_text("No hospital has a webhook.")).to_be_visible()
    await page.get_by_role("button", name="Add a webhook").click()
    sheet = page.get_by_role("dialog", name="Add a webhook")
    await sheet.get_by_label("Institution").fill("Lake")
    await sheet.get_by_label("Address that is called").fill("https://pager.invalid/curbside")
    await sheet.get_by_label("Name").fill("Pager server")
    mo.trouble.announce("404")
    await sheet.get_by_role("button", name="Add a webhook").click()
    await expect(sheet.get_by_text("Nobody here is of this institution.")).to_be_visible()
    await assert_accessible(page, "adding a webhook")
    await sheet.get_by_label("Institution").fill("Lake hospital")
    await sheet.get_by_role("button", name="Add a webhook").click()
    await expect(sheet).to_have_count(0)
    secret = page.get_by_text(re.compile("^whsec_"))
    await expect(secret).to_be_visible()
    await page.get_by_role("button", name="Send a test: Pager server, Lake hospital").click()
    await expect(page.get_by_text("The test did not go (unreachable).")).to_be_visible()
    await expect(page.get_by_role("list", name="What was sent last")).to_contain_text("did not go (unreachable)")
    await assert_accessible(page, "webhooks")
    await assert_fits(page, "webhooks")
    await assert_for_thumbs(page, "webhooks")
    await page.get_by_role("button", name="I have kept it").click()
    await expect(secret).to_have_count(0)
    await page.reload()
    await page.get_by_role("button", name="Remove: Pager server, Lake hospital").click()
    await page.get_by_role("button", name="Remove it for good: Pager server, Lake hospital").click()
    await expect(page.get_by_text("No hospital has a webhook.")).to_be_visible()
