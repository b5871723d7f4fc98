"""The worklist narrowed to a specialty: what is listed and what comes, also on the next visit with the same device."""

from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.endtoend.callers import said

HEART = said("Narrow complexes, wide eyes.")
POISON = said("A child and a bottle of paraffin.")
LATER = said("Two more from the same well.")


async def test_one_sees_the_cases_of_a_specialty_until_one_wants_all(arrivals: Arrivals) -> None:
    await arrivals.callers.open_case("cleo", title=HEART, specialties=["cardiology"])
    await arrivals.callers.open_case("cleo", title=POISON, specialties=["toxicology"])
    page = (await arrivals.of("ana")).page
    await page.goto("/")
    await expect(row(page, POISON)).to_be_visible()
    await narrow(page, "cardio", "Cardiology")
    await expect(page.get_by_text("Only cases for Cardiology.")).to_be_visible()
    await expect(row(page, HEART)).to_be_visible()
    await expect(row(page, POISON)).to_have_count(0)

    await page.reload()
    await expect(row(page, HEART)).to_be_visible()
    await arrivals.callers.open_case("cleo", title=LATER, specialties=["toxicology", "paediatrics"])
    await expect(row(page, POISON)).to_have_count(0)
    await page.get_by_role("button", name="Show all").click()
    for title in (HEART, POISON, LATER):
        await expect(row(page, title)).to_be_visible()


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("link", name=title)


async def narrow(page: Page, typed: str, specialty: str) -> None:
    """By keyboard: the first that answers to what is typed."""
    await page.get_by_role("button", name="Filter", exact=True).press("Enter")
    sheet = page.get_by_role("dialog", name="Which cases")
    await sheet.get_by_role("combobox", name="Specialties").fill(typed)
    await expect(sheet.get_by_role("option", name=specialty, exact=True)).to_be_visible()
    await page.keyboard.press("Enter")
    await sheet.get_by_role("button", name="Show these").press("Enter")
