"""Asking for help, as a clinician does it."""

import re
from typing import Final

from playwright.async_api import Page, expect

from tests.endtoend.callers import said

TITLE: Final = said("Fever and a purpuric rash")


async def write_case(page: Page, title: str = TITLE, acuity: str = "Urgent") -> None:
    """Fill in the form that is open, all that is needed."""
    await page.get_by_label("Title").fill(title)
    await page.get_by_role("radio", name=acuity).check()
    specialties = page.get_by_role("combobox", name="Who should answer?")
    await specialties.fill("paediatric intensive")
    await specialties.press("Enter")
    await page.get_by_label("Situation").fill(said("Toddler, drowsy, rash that does not fade."))
    await page.get_by_label("Assessment").fill(said("Septic shock?"))
    await page.get_by_label("Request").fill(said("Which vasoactive drug through a peripheral line?"))


async def open_case(page: Page, title: str = TITLE, acuity: str = "Urgent") -> str:
    """From wherever one is to the room of a new case; its id."""
    await page.get_by_role("banner").get_by_role("link", name=re.compile("^Ask")).click()
    await write_case(page, title, acuity)
    await page.get_by_role("button", name="Open the case").click()
    await expect(page).to_have_url(re.compile("/case/"))
    return page.url.rpartition("/")[2]
