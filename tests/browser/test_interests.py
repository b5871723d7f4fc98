"""Interests in a browser: one declares them, and they stand beside what one says."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits
from tests.browser.windows import resize

PAYER = "Acme Pharma"


async def declare(page: Page, payer: str = PAYER, nature: str = "speaker") -> None:
    await page.goto("/interests")
    await page.get_by_role("button", name="Declare an interest").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Who pays").fill(payer)
    await form.get_by_label("What it is").select_option("drug")
    await form.get_by_label("Nature").select_option(nature)
    await form.get_by_label("Products").fill("fomepizole")
    await form.get_by_label("Since").fill("2024-03")
    await form.get_by_label("In the year that gave most").select_option("under_5000")
    await form.get_by_role("button", name="Keep").click()
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("region", name="Declared by you").get_by_text(payer)).to_be_visible()


async def test_one_declares_changes_and_withdraws(arrivals: Arrivals) -> None:
    ben = await arrivals.of("ben")
    ben.trouble.announce("status of 422")
    page = ben.page
    await declare(page)
    declared = page.get_by_role("region", name="Declared by you")
    await page.get_by_role("button", name=f"Change the interest with {PAYER}").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Until").fill("2023")
    await form.get_by_role("button", name="Keep").click()
    await expect(form.get_by_role("alert")).to_contain_text("It ends before it begins.")
    await form.get_by_label("Until").fill("2025-06")
    await form.get_by_role("button", name="Keep").click()
    await expect(declared.get_by_text("2024-03 to 2025-06")).to_be_visible()
    await page.get_by_role("button", name=f"Withdraw the interest with {PAYER}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    await expect(declared.get_by_text("You have declared none.")).to_be_visible()
    await page.get_by_text("History", exact=True).click()
    await expect(page.get_by_role("listitem").filter(has_text="Withdrawn")).to_be_visible()


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_the_page_and_its_form_look_well(arrivals: Arrivals, width: int) -> None:
    page = (await arrivals.of("cleo")).page
    await resize(page, width, 900)
    await declare(page, f"{PAYER} {width}")
    await assert_fits(page, f"interests at {width} px")
    await assert_accessible(page, f"interests at {width} px")
    await page.get_by_role("button", name="Declare an interest").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await assert_fits(page, f"declaring at {width} px")
    await assert_accessible(page, f"declaring at {width} px")


async def test_it_stands_beside_what_one_says_and_on_the_list_of_who_is_here(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case(reach="world", observers="live")
    page = (await arrivals.of("eve")).page
    await declare(page)
    await page.goto(f"/case/{room}")
    await page.get_by_role("textbox", name="Write").first.fill("Fomepizole, 15 mg/kg.")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text(f"Interest: {PAYER}, speaker")).to_be_visible()
    await page.get_by_role("button", name="Interests of eve").click()
    register = page.get_by_role("dialog")
    await expect(register.get_by_text(PAYER)).to_be_visible()
    await assert_accessible(page, "interests of a person")
    await register.get_by_role("button", name="Close").click()

    watching = (await arrivals.of("obi")).page
    await watching.goto(f"/case/{room}")
    await expect(watching.get_by_text("Interest: speaker")).to_be_visible()
    assert PAYER not in await watching.content()
