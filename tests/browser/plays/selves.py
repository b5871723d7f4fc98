"""What one is and says of oneself: signing in, the account, verification, interests, the record."""

from typing import Final

from playwright.async_api import Page, expect

from tests.browser.plays.cases import worklist
from tests.browser.record import ITEMS, RECORD, SHORT
from tests.browser.stage import Stage

PDF: Final = b"%PDF-1.7\nendobj\n%%EOF\n"


async def sign_in(stage: Stage) -> Page:
    page = await stage.stranger()
    await page.goto("/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    return page


async def account(stage: Stage) -> Page:
    page = await stage.page("ben")
    await page.goto("/account")
    await expect(page.get_by_text("with a password").first).to_be_visible()
    return page


async def demo_sign_in(stage: Stage) -> Page:
    page = await stage.newcomer()
    await page.goto("/")
    await expect(page.get_by_text("Try it as")).to_be_visible()
    return page


async def interests(stage: Stage) -> Page:
    """One who says nothing in any case: what stands here stands beside no post."""
    page = await stage.page("eve")
    await page.goto("/interests")
    await expect(page.get_by_text("Acme Pharma").first).to_be_visible()
    return page


async def declaring(stage: Stage) -> Page:
    page = await interests(stage)
    await page.get_by_role("button", name="Change the interest with Acme Pharma").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def own_record(stage: Stage) -> Page:
    """What many cases have come to; the story is of two nights."""
    page = await stage.page("ana")
    await page.route("**/api/me/credibility", lambda route: route.fulfill(json=RECORD))
    await page.route("**/api/me/credibility/items", lambda route: route.fulfill(json=ITEMS))
    await page.goto("/credibility")
    await expect(page.get_by_role("heading", name="What it rests on")).to_be_visible()
    await expect(page.get_by_role("button", name="Earlier ones")).to_be_visible()
    return page


async def own_claims(stage: Stage) -> Page:
    page = await own_record(stage)
    await page.get_by_role("heading", name="What it rests on").evaluate("head => head.scrollIntoView()")
    return page


async def record_of_colleague(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.route("**/api/credibility/*", lambda route: route.fulfill(json=SHORT))
    await page.goto("/credibility/ben")
    await expect(page.get_by_role("heading", name="Independent opinions")).to_be_visible()
    return page


async def narrowing(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.get_by_role("button", name="Filter", exact=True).click()
    sheet = page.get_by_role("dialog", name="Which cases")
    await sheet.get_by_role("combobox", name="Specialties").fill("cardio")
    await sheet.get_by_role("option", name="Cardiology").first.click()
    return page


async def registering(stage: Stage) -> Page:
    page = await stage.stranger()
    await page.goto("/register")
    await page.get_by_label("Country of your licence").select_option("US")
    await expect(page.get_by_label("National Provider Identifier")).to_be_visible()
    return page


async def own_verification(stage: Stage) -> Page:
    """Cleo has given a document and asked a moderator to look, at the latest by now."""
    page = await stage.page("cleo")
    await page.goto("/verification")
    ask = page.get_by_role("button", name="Ask a moderator to look")
    waits = page.get_by_text("A moderator will look at it.")
    await expect(ask.or_(waits)).to_be_visible()
    if await ask.is_visible():
        await page.get_by_label("Give a document").set_input_files(
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        await expect(page.get_by_role("button", name="Remove")).to_be_visible()
        await ask.click()
        await expect(waits).to_be_visible()
    return page
