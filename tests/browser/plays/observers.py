"""Institutions that observe, and their agreements."""

from playwright.async_api import Page, expect

from tests.browser.plays.rooms import waiting_is_told
from tests.browser.stage import Stage


async def agreement(stage: Stage) -> Page:
    page = await stage.page("obi")
    await page.goto("/agreement")
    await expect(page.get_by_text("You have accepted this version.")).to_be_visible()
    await waiting_is_told(page)
    return page


async def agreement_to_accept(stage: Stage) -> Page:
    page = await stage.page("oda")
    await page.goto("/")
    await expect(page.get_by_role("button", name="I accept this agreement")).to_be_visible()
    return page


async def institutions(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.goto("/institutions")
    await expect(page.get_by_role("heading", name="Research institute")).to_be_visible()
    await waiting_is_told(page)
    return page


async def suspending(stage: Stage) -> Page:
    page = await institutions(stage)
    await page.get_by_role("button", name="Suspend: Research institute").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page
