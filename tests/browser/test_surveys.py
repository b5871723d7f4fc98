"""Asking a survey on the page: written, refused, opened, approved, answered, ended, and its results."""

import re
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.keyboard import assert_focus_seen
from tests.browser.layout import assert_fits, assert_for_thumbs
from tests.browser.person import PHONE
from web.clock import now_ms

TOUCH: Final[dict[str, Any]] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
TITLE: Final = "Oxygen on the road"


async def test_a_moderator_asks_ends_and_reads_a_survey_on_a_phone(arrivals: Arrivals) -> None:
    page = (await arrivals.of("mo", **TOUCH)).page
    await page.goto("/surveys")
    await page.get_by_role("button", name="New survey").click()
    sheet = page.get_by_role("dialog", name="New survey")
    await sheet.get_by_role("button", name="Open the survey").click()
    await expect(sheet.get_by_label("Title")).to_be_focused()
    await expect(sheet.get_by_text("Fill this in.")).to_have_count(2)
    await write(sheet)
    # What is written is there until it is sent.
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await page.get_by_role("button", name="New survey").click()
    await expect(sheet.get_by_label("Title")).to_have_value(TITLE)
    await looks_well(page, "a new survey")
    await sheet.get_by_role("button", name="Open the survey").click()
    await expect(sheet).to_have_count(0)
    survey = row(page)
    await expect(survey).to_contain_text("Fewer than 11 have answered.")
    await expect(survey).to_contain_text("Asks Infectious disease; Kenya.")

    ben = (await arrivals.of("ben")).page
    await ben.goto("/")
    await ben.get_by_role("listitem").filter(has_text=TITLE).get_by_role("button", name="Answer").click()
    await ben.get_by_label("Two cylinders").check()
    await ben.get_by_role("button", name="Send my answers").click()
    await expect(ben.get_by_text("There are too few of others yet")).to_be_visible()

    await survey.get_by_role("button", name="End it").tap()
    await survey.get_by_role("button", name="End it for good").tap()
    await expect(survey.get_by_role("heading", name=TITLE)).to_be_focused()
    await survey.get_by_role("button", name="Results").tap()
    await expect(survey.get_by_text("Too few have answered")).to_be_visible()
    await looks_well(page, "surveys")


async def test_an_institution_s_survey_asks_once_a_moderator_has_read_and_approved_it(arrivals: Arrivals) -> None:
    page = (await arrivals.of("obi")).page
    await page.goto("/")
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("link", name="Surveys").click()
    await page.get_by_role("button", name="New survey").click()
    sheet = page.get_by_role("dialog", name="New survey")
    await write(sheet, "Reads of observers")
    await sheet.get_by_role("button", name="Open the survey").press("Enter")
    mine = row(page, "Reads of observers")
    await expect(mine).to_contain_text("Waits for approval")
    await expect(mine.get_by_role("button", name="Approve")).to_have_count(0)

    desk = (await arrivals.of("mo")).page
    await desk.goto("/surveys")
    theirs = row(desk, "Reads of observers")
    await expect(theirs).to_contain_text("Research institute")
    await theirs.get_by_text("1 question").click()
    await expect(theirs.get_by_text("Two cylinders")).to_be_visible()
    await theirs.get_by_role("button", name="Approve").press("Enter")
    await expect(theirs).to_contain_text(re.compile("Open until"))
    await expect(theirs.get_by_role("heading")).to_be_focused()
    await theirs.get_by_role("button", name="End it").focus()
    await assert_focus_seen(desk)
    await desk.keyboard.press("Enter")
    await theirs.get_by_role("button", name="End it for good").press("Enter")
    await expect(theirs.get_by_role("button", name="Results")).to_be_visible()


async def test_results_of_enough_people_have_shares_and_are_had_as_a_table(arrivals: Arrivals) -> None:
    callers, now = arrivals.callers, now_ms()
    asked = {"title": "Fluids", "questions": [{"question": "Which first?", "options": ["Ringer", "Saline"]}]}
    opened = await callers.request(
        "POST", "/api/surveys", "mo", json={**asked, "opens_at": now - 1_000, "closes_at": now + 60_000}
    )
    survey = opened.json()["id"]
    for person in ("ana", *(f"writer{number}" for number in range(10))):
        answered = await callers.request("POST", f"/api/surveys/{survey}/answer", person, json={"answers": [[1]]})
        assert answered.status_code == 204, answered.text
    await callers.request("POST", f"/api/surveys/{survey}/end", "mo", json={})
    page = (await arrivals.of("mo")).page
    await page.goto("/surveys")
    fluids = row(page, "Fluids")
    await expect(fluids).to_contain_text("11 have answered.")
    await fluids.get_by_role("button", name="Results").click()
    await expect(fluids.get_by_role("listitem").filter(has_text="Saline")).to_contain_text("11 · 100%")
    await assert_accessible(page, "results")
    async with page.expect_download() as downloading:
        await fluids.get_by_role("link", name="As CSV").click()
    download = await downloading.value
    assert download.suggested_filename == f"survey-{survey}.csv"
    assert first_line(await download.path()) == "specialty,people,question,option,count"


async def test_what_the_server_refuses_of_a_survey_is_said_in_its_words(arrivals: Arrivals) -> None:
    mo = await arrivals.of("mo")
    mo.trouble.announce("status of 422")
    await mo.page.goto("/surveys")
    await mo.page.get_by_role("button", name="New survey").click()
    sheet = mo.page.get_by_role("dialog", name="New survey")
    await write(sheet)
    # To the page these are two.
    await sheet.get_by_label("Option 1").fill("Straße")
    await sheet.get_by_label("Option 2").fill("STRASSE")
    await sheet.get_by_role("button", name="Open the survey").click()
    await expect(sheet.get_by_role("alert")).to_have_text("Two options of a question say the same. Make them differ.")
    await expect(sheet.get_by_label("Title")).to_have_value(TITLE)


async def write(sheet: Locator, title: str = TITLE) -> None:
    """A survey of ben's specialty and country."""
    await sheet.get_by_label("Title").fill(title)
    await sheet.get_by_label("What do you ask?").fill("How much do you take along?")
    await sheet.get_by_label("Option 1").fill("One cylinder")
    await sheet.get_by_label("Option 2").fill("Two cylinders")
    for box, name in (("Specialties", "Infectious disease"), ("Countries", "Kenya")):
        await sheet.get_by_role("combobox", name=box).fill(name)
        await sheet.get_by_role("combobox", name=box).press("Enter")
    await sheet.get_by_label("Infectious disease", exact=True).fill("40")


def row(page: Page, title: str = TITLE) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))


def first_line(file: Path) -> str:
    return file.read_text().splitlines()[0]


async def looks_well(page: Page, where: str) -> None:
    await assert_accessible(page, where)
    await assert_fits(page, where)
    await assert_for_thumbs(page, where)
