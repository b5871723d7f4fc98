"""Cases beside their rooms: the worklist, asking, the archive, what became of the patient."""

import re
from typing import Final

from playwright.async_api import Page, expect

from tests.browser.asking import write_case
from tests.browser.stage import Stage

IDENTIFYING: Final = "Mrs Okafor, 92 years old, was admitted on 12/03/2024 and is in bed 4."
DIAGNOSIS: Final = "Krait bite, from what the antivenom did."


async def worklist(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/")
    await expect(page.get_by_text("Fever that returns")).to_be_visible()
    return page


async def worklist_empty(stage: Stage) -> Page:
    page = await stage.page_elsewhere("ana")
    await page.goto("/")
    await expect(page.get_by_text("Nobody asks for help just now.")).to_be_visible()
    return page


async def ask(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto("/ask")
    await expect(page.get_by_label("Title")).to_be_visible()
    return page


async def ask_with_errors(stage: Stage) -> Page:
    page = await ask(stage)
    await page.get_by_label("Title").fill("Child with descending weakness")
    await page.get_by_role("button", name="Open the case").click()
    await expect(page.get_by_text("Say how urgent it is.").first).to_be_visible()
    return page


async def ask_identifiers(stage: Stage) -> Page:
    page = await ask(stage)
    await write_case(page, title="Fever, seen last Tuesday")
    await page.get_by_label("Situation").fill(IDENTIFYING)
    await page.get_by_role("button", name="Open the case").click()
    warning = page.get_by_role("region", name="This may tell who the patient is")
    await expect(warning).to_be_focused()
    await expect(page.get_by_text("Sent now, this rings nobody.")).to_be_visible()
    # Where it had scrolled to depends on which of the two came first.
    await warning.evaluate("(at) => at.scrollIntoView({ block: 'start', behavior: 'instant' })")
    return page


async def ask_interrupting(stage: Stage) -> Page:
    """Whom the case would ring stands above the button that sends it."""
    page = await ask(stage)
    await page.get_by_label("Urgent", exact=True).check()
    box = page.get_by_role("combobox", name="Who should answer?")
    await box.fill("cardiology")
    await box.press("Enter")
    await expect(page.get_by_text("rings").first).to_be_visible()
    await page.get_by_text("rings").first.scroll_into_view_if_needed()
    return page


async def menu(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.get_by_role("button", name="Menu").click()
    await expect(page.get_by_role("dialog", name="Menu")).to_be_visible()
    return page


async def archive(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/archive")
    await expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    return page


async def archived_case(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto(f"/archive/{stage.closed_room}")
    await expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    return page


async def outcome_sheet(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto(f"/archive/{stage.closed_room}")
    await page.get_by_role("button", name="Say what became of the patient").click()
    sheet = page.get_by_role("dialog", name="What became of the patient?")
    await sheet.get_by_role("group", name="Final diagnosis").get_by_role("radio", name="Known", exact=True).check()
    await sheet.get_by_label("Which diagnosis").fill(DIAGNOSIS)
    return page


async def worklist_counts(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto("/")
    await expect(page.get_by_role("heading", name="cases are open here")).to_be_visible()
    await expect(page.get_by_role("heading", name=re.compile("for (its|their) outcome"))).to_be_visible()
    return page


async def nowhere(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/case/nowhere-at-all")
    await expect(page.get_by_text("There is no such case")).to_be_visible()
    await expect(page.locator(".room-band, .room-case, .room-people")).to_have_count(0)
    return page
