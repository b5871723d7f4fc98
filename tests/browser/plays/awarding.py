"""Awards: given, received, and a desk for whoever sets what may be awarded."""

import re

from playwright.async_api import Page, expect

from tests.browser.awarded import BUDGET, GIVEN, PAYEES, RECEIVED
from tests.browser.consult import Consult
from tests.browser.plays.rooms import waiting_is_told
from tests.browser.stage import Stage
from tests.browser.story import BETTER
from tests.browser.windows import settle


async def own_awards(stage: Stage) -> Page:
    page = await stage.page("ben")
    await page.route("**/api/me/awards", lambda route: route.fulfill(json=RECEIVED))
    await page.goto("/awards")
    await expect(page.get_by_role("button", name="Accept, by name")).to_be_visible()
    await page.get_by_text("The proof").first.click()
    return page


async def may_award(stage: Stage) -> Page:
    """Obi's page as if their institution had a budget, and nobody had muted them. Nothing is given in a scene."""
    page = await stage.page("obi")
    await page.route("**/api/awards", lambda route: route.fulfill(json=GIVEN))
    await page.route("**/api/me/sanctions", lambda route: route.fulfill(json={"sanctions": []}))
    return page


async def room_awarding(stage: Stage) -> Page:
    page = await may_award(stage)
    consult = await Consult.enter(page, stage.room)
    await waiting_is_told(page)
    await consult.post(BETTER).get_by_text(BETTER, exact=True).click()
    await consult.post(BETTER).get_by_role("button", name="Award", exact=True).click()
    form = page.get_by_role("group", name="Award this with")
    await expect(form.get_by_role("button", name="$15.00")).to_be_visible()
    await settle(page)
    await form.evaluate("(form) => form.scrollIntoView({ block: 'center' })")
    return page


async def awarding_the_question(stage: Stage) -> Page:
    page = await may_award(stage)
    await Consult.enter(page, stage.room)
    await waiting_is_told(page)
    await page.get_by_role("heading", level=1).get_by_role("button").click()
    await page.get_by_role("dialog").get_by_role("button", name="Award the question").click()
    await expect(page.get_by_role("group", name="Award this with")).to_be_visible()
    return page


async def awards_given(stage: Stage) -> Page:
    page = await may_award(stage)
    await page.goto("/")
    await waiting_is_told(page)
    await page.get_by_text("7 awards").click()
    await expect(page.get_by_text("Sealed until the case is closed").first).to_be_visible()
    return page


async def award_desk(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/award-budget", lambda route: route.fulfill(json=BUDGET))
    await page.route("**/award-exports/*", lambda route: route.fulfill(json=PAYEES))
    await page.goto("/institutions")
    await waiting_is_told(page)
    await page.get_by_role("button", name="Awards: Research institute").click()
    sheet = page.get_by_role("dialog", name="Awards of Research institute")
    await sheet.get_by_label("Budget of each calendar year").fill("2,500")
    await sheet.get_by_role("button", name="Set the budget").click()
    await expect(sheet.get_by_text("Write a sum")).to_be_visible()
    await sheet.get_by_role("button", name=re.compile("^Whom it pays")).click()
    await expect(sheet.get_by_role("list", name="Whom it pays")).to_be_visible()
    await sheet.locator(".sheet-body").evaluate("(body) => body.scrollTo(0, 0)")
    return page
