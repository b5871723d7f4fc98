"""Surveys: answered, and asked."""

from playwright.async_api import Page, expect

from tests.browser.plays.rooms import waiting_is_told
from tests.browser.stage import Stage
from tests.browser.surveyed import ASKED, ELSE, HELD, RESULTS


async def survey_sheet(stage: Stage) -> Page:
    await stage.open_survey()
    page = await stage.page("ben")
    await page.goto("/")
    await page.get_by_role("region", name="A survey asks you").get_by_role("button", name="Answer").click()
    await page.get_by_label("Yes, polyvalent").check()
    await page.get_by_label("Adrenaline").check()
    await page.get_by_role("button", name="Send my answers").click()
    await expect(page.get_by_text("There are too few of others yet")).to_be_visible()
    return page


async def surveys_asked(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/api/surveys", lambda route: route.fulfill(json=ASKED))
    await page.route("**/api/surveys/*/results", lambda route: route.fulfill(json=RESULTS))
    await page.goto("/surveys")
    await waiting_is_told(page)
    await page.get_by_role("button", name="Results").click()
    await expect(page.get_by_role("heading", name=ELSE)).to_be_visible()
    await page.get_by_role("heading", name=HELD).evaluate("(heading) => heading.scrollIntoView({ block: 'center' })")
    return page


async def asking_a_survey(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/api/surveys", lambda route: route.fulfill(json=ASKED))
    await page.goto("/surveys")
    await waiting_is_told(page)
    await page.get_by_role("button", name="New survey").click()
    sheet = page.get_by_role("dialog", name="New survey")
    await sheet.get_by_label("Title").fill("Antivenom at hand")
    await sheet.get_by_label("What do you ask?").fill("Which antivenom do you have at hand?")
    await sheet.get_by_label("Option 1").fill("Polyvalent")
    await sheet.get_by_role("combobox", name="Specialties").fill("toxicol")
    await sheet.get_by_role("option", name="Toxicology").first.click()
    await sheet.get_by_label("Toxicology", exact=True).fill("5")
    await sheet.get_by_role("button", name="Open the survey").click()
    await expect(sheet.get_by_label("Option 2")).to_be_focused()
    return page
