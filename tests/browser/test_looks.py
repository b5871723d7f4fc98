"""The presenter looks up who has read the case."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.layout import assert_fits
from tests.browser.person import Person
from tests.browser.pictures import SEEN
from tests.browser.windows import resize

WIDTHS: Final = (360, 1280)


@pytest.mark.parametrize("width", WIDTHS)
async def test_the_presenter_sees_who_has_read_the_case(arrivals: Arrivals, width: int) -> None:
    room = await arrivals.callers.open_case()
    for name in ("ana", "ben", "obi"):
        await Consult.enter((await arrivals.of(name)).page, room)
    cleo = await arrivals.of("cleo")
    await resize(cleo.page, width, 800)
    await Consult.enter(cleo.page, room)
    await open_looks(cleo, narrow=width < 1000)
    sheet = cleo.page.get_by_role("dialog", name="Who has read this case")
    for who in ("ana", "ben", "research"):
        await expect(sheet.get_by_role("listitem").filter(has_text=who).first).to_contain_text("came into the room")
    await expect(sheet.get_by_text("obi", exact=True)).to_have_count(0)
    await looks_well(cleo.page, f"looks-{width}")
    await cleo.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_moderator_says_why_they_enter_and_the_presenter_sees_it(arrivals: Arrivals, width: int) -> None:
    room = await arrivals.callers.open_case(reach="team")
    mo = await arrivals.of("mo")
    await resize(mo.page, width, 800)
    await mo.page.goto(f"/case/{room}")
    await expect(mo.page.get_by_role("heading", name="This case is not open to you")).to_be_visible()
    await expect(mo.page.get_by_label("Why you enter")).to_be_focused()
    await looks_well(mo.page, f"entering-{width}")
    await mo.page.keyboard.press("Control+Enter")
    await expect(mo.page.get_by_text("Give a reason of at least three characters.")).to_be_visible()
    await mo.page.keyboard.type("A complaint of a colleague")
    await mo.page.keyboard.press("Control+Enter")
    await expect(Consult(mo.page).feed).to_be_visible()
    await mo.page.reload()
    await expect(Consult(mo.page).feed).to_be_visible()
    cleo = await arrivals.of("cleo")
    await resize(cleo.page, width, 800)
    await Consult.enter(cleo.page, room)
    await open_looks(cleo, narrow=width < 1000)
    sheet = cleo.page.get_by_role("dialog", name="Who has read this case")
    await expect(sheet.get_by_text("may enter by office: “A complaint of a colleague”")).to_be_visible()


async def looks_well(page: Page, name: str) -> None:
    """Axe finds nothing, nothing is cut off, and a picture of it lies in build/screens."""
    await assert_accessible(page, name)
    await assert_fits(page, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SEEN / f"{name}.png")


async def open_looks(cleo: Person, *, narrow: bool) -> None:
    """By keyboard alone."""
    if narrow:
        await cleo.page.get_by_role("button", name="People").press("Enter")
    await cleo.page.get_by_role("button", name="Who has read it").press("Enter")
