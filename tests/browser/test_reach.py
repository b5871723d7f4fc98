"""Being reached, and rosters, in a browser: what one says is kept, and counts for who is about to ask."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.endtoend.site import Embedded


@pytest.fixture
def site(paging_site: Embedded) -> Embedded:
    return paging_site


async def test_what_one_says_is_kept_and_taken_into_account(arrivals: Arrivals) -> None:
    page = (await arrivals.of("eve")).page
    await page.goto("/reach")
    await page.get_by_role("radio", name="In these hours only").check()
    await page.get_by_role("checkbox", name="Saturday").check()
    await page.get_by_role("checkbox", name="Quiet hours, every day").check()
    await page.get_by_label("Quiet from").fill("23:15")
    await page.get_by_label("Interruptions within an hour").select_option("1")
    await expect(page.get_by_text("Not kept yet.")).to_be_visible()
    await page.get_by_role("button", name="Keep", exact=True).click()
    await expect(page.get_by_text("Not kept yet.")).to_be_hidden()
    await page.reload()
    await expect(page.get_by_role("checkbox", name="Saturday")).to_be_checked()
    await expect(page.get_by_role("checkbox", name="Sunday")).not_to_be_checked()
    await expect(page.get_by_label("Quiet from")).to_have_value("23:15")
    await page.get_by_role("radio", name="At any time").check()
    await page.get_by_role("checkbox", name="Quiet hours, every day").uncheck()
    # Somebody may have been rung by other cases within the hour.
    await page.get_by_label("Interruptions within an hour").select_option("")
    await page.get_by_role("button", name="Keep", exact=True).click()
    await expect(page.get_by_text("Not kept yet.")).to_be_hidden()

    asking = (await arrivals.of("cleo")).page
    await ask_for_cardiology(asking)
    await expect(asking.get_by_text("Sent now, this rings one person.")).to_be_visible()
    await page.get_by_role("button", name="For 8 hours").click()
    await expect(page.get_by_text("On until").first).to_be_visible()
    await asking.get_by_label("ASAP", exact=True).check()
    await expect(asking.get_by_text("Not rung: one who is not to be disturbed.")).to_be_visible()
    await page.get_by_role("button", name="Let cases reach me").click()
    await asking.get_by_label("Urgent", exact=True).check()
    await expect(asking.get_by_text("Sent now, this rings one person.")).to_be_visible()


async def test_a_keeper_fills_a_roster_by_hand_and_from_a_file(arrivals: Arrivals, tmp_path: Path) -> None:
    moderator = await arrivals.of("mo")
    moderator.trouble.announce("status of 422")
    mo = moderator.page
    await mo.goto("/rosters")
    await mo.get_by_role("button", name="Add a roster").click()
    dialog = mo.get_by_role("dialog")
    await dialog.get_by_label("Institution").fill("Nowhere")
    await dialog.get_by_label("Name").fill("Hearts")
    await dialog.get_by_label("Specialty").select_option("cardiology")
    await dialog.get_by_role("button", name="Add a roster").click()
    await expect(dialog.get_by_text("No clinician is of that institution.")).to_be_visible()
    await dialog.get_by_label("Institution").fill("Lake hospital")
    await dialog.get_by_role("button", name="Add a roster").click()
    await expect(dialog).to_have_count(0)

    await mo.get_by_role("button", name="Shifts: Hearts").click()
    dialog = mo.get_by_role("dialog")
    await dialog.get_by_label("Handle").fill("eve")
    await dialog.get_by_label("From").fill("2030-03-04T20:00")
    await dialog.get_by_label("To").fill("2030-03-05T08:00")
    await dialog.get_by_label("Comes again").select_option("2")
    await dialog.get_by_role("button", name="Add a shift").click()
    await expect(dialog.get_by_text(re.compile("every 2 weeks"))).to_be_visible()
    file = tmp_path / "shifts.csv"
    file.write_text("handle,starts,ends\neve,2030-06-01 20:00,2030-06-02 08:00\n")
    await dialog.get_by_role("checkbox", name="Shifts that the file lacks go").check()
    await dialog.locator("input[type=file]").set_input_files(file)
    await expect(dialog.get_by_text("One shift is new.")).to_be_visible()
    await expect(dialog.get_by_text(re.compile("every 2 weeks"))).to_have_count(0)
    await dialog.get_by_role("button", name="Remove this roster").click()
    await dialog.get_by_role("button", name="Remove it, with all its shifts").click()
    await expect(mo.get_by_role("button", name="Shifts: Hearts")).to_have_count(0)


async def test_who_keeps_no_rosters_is_told_whom_to_ask(arrivals: Arrivals) -> None:
    page = (await arrivals.of("ana")).page
    await page.goto("/rosters")
    await expect(page.get_by_text("You keep no rosters.")).to_be_visible()
    await page.goto("/")
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("link", name="Being reached").click()
    await expect(page.get_by_role("heading", name="Being reached")).to_be_visible()
    await expect(page.get_by_role("link", name="Keep rosters")).to_have_count(0)


async def ask_for_cardiology(page: Page) -> None:
    await page.goto("/ask")
    await page.get_by_label("Urgent", exact=True).check()
    box = page.get_by_role("combobox", name="Who should answer?")
    await box.fill("cardiology")
    await box.press("Enter")
