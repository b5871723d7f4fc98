"""What could not be loaded or done is said, with the way on; it never looks like nothing."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits
from tests.browser.person import Person
from tests.browser.pictures import SEEN
from tests.browser.windows import resize

UNREACHED: Final = r"net::ERR_FAILED"

every_width: Final = pytest.mark.parametrize("width", (360, 1280))


@every_width
async def test_adverse_events_that_could_not_be_loaded_do_not_look_like_none(arrivals: Arrivals, width: int) -> None:
    mo = await arrivals.of("mo")
    await resize(mo.page, width, 800)
    await away(mo, "**/api/adverse-events")
    await mo.page.goto("/institutions")
    overdue = mo.page.get_by_role("region", name="Adverse events that nobody acknowledged")
    await expect(overdue).to_contain_text("were not reached.")
    await looks_well(mo.page, f"overdue-unreached-{width}")
    await back(mo, "**/api/adverse-events")
    await overdue.get_by_role("button", name="Try again").press("Enter")
    await expect(mo.page.get_by_text("were not reached.")).to_have_count(0)


@every_width
async def test_an_institution_that_could_not_be_let_observe_again_says_why(arrivals: Arrivals, width: int) -> None:
    mo = await arrivals.of("mo")
    await resize(mo.page, width, 800)
    await mo.page.goto("/institutions")
    one = mo.page.get_by_role("listitem").filter(has=mo.page.get_by_role("heading", name="Research institute"))
    await one.get_by_role("button", name="Suspend").press("Enter")
    sheet = mo.page.get_by_role("dialog")
    await sheet.get_by_role("textbox").fill("Asked by its director.")
    await sheet.get_by_role("button", name="Suspend").press("Enter")
    resume = one.get_by_role("button", name="Let it observe again")
    await away(mo, "**/api/institutions/*/resume")
    await resume.press("Enter")
    await expect(one.get_by_role("alert")).to_have_text("The institutions were not reached.")
    await looks_well(mo.page, f"resume-unreached-{width}")
    await back(mo, "**/api/institutions/*/resume")
    await resume.press("Enter")
    await expect(one.get_by_role("button", name="Suspend")).to_be_focused()
    await expect(one.get_by_role("alert")).to_have_count(0)


@every_width
async def test_sanctions_that_could_not_be_loaded_do_not_look_like_none(arrivals: Arrivals, width: int) -> None:
    ana = await arrivals.of("ana")
    await resize(ana.page, width, 800)
    await away(ana, "**/api/me/sanctions")
    await ana.page.goto("/sanctions")
    await expect(ana.page.get_by_role("alert")).to_contain_text("This could not be loaded.")
    await looks_well(ana.page, f"sanctions-unreached-{width}")
    await back(ana, "**/api/me/sanctions")
    await ana.page.get_by_role("button", name="Try again").press("Enter")
    await expect(ana.page.get_by_text("Moderators have imposed nothing on you.")).to_be_visible()
    await expect(ana.page.get_by_role("alert")).to_have_count(0)


async def test_a_screen_whose_script_could_not_be_fetched_comes_once_the_line_is_back(arrivals: Arrivals) -> None:
    ana = await arrivals.of("ana")
    await away(ana, "**/assets/ArchiveList-*.js")
    await ana.page.goto("/archive")
    await expect(ana.page.get_by_role("button", name="Try again")).to_be_visible()
    await back(ana, "**/assets/ArchiveList-*.js")
    await ana.page.evaluate("() => dispatchEvent(new Event('online'))")
    await expect(ana.page.get_by_role("heading", name="Archive", level=1)).to_be_visible()


async def away(person: Person, address: str) -> None:
    """No server is at `address`."""
    person.trouble.announce(UNREACHED)
    await person.page.route(address, lambda route: route.abort())


async def back(person: Person, address: str) -> None:
    await person.page.unroute(address)


async def looks_well(page: Page, name: str) -> None:
    """Axe finds nothing, nothing is cut off, and a picture of it lies in build/screens."""
    await assert_accessible(page, name)
    await assert_fits(page, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SEEN / f"{name}.png")
