"""The presenter looks up who has read the case."""

from typing import Final

import pytest
from playwright.async_api import expect

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
    await assert_accessible(cleo.page, f"who has read it at {width} px")
    await assert_fits(cleo.page, f"who has read it at {width} px")
    SEEN.mkdir(parents=True, exist_ok=True)
    await cleo.page.screenshot(path=SEEN / f"looks-{width}.png")
    await cleo.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()


async def open_looks(cleo: Person, *, narrow: bool) -> None:
    """By keyboard alone."""
    if narrow:
        await cleo.page.get_by_role("button", name="People").press("Enter")
    await cleo.page.get_by_role("button", name="Who has read it").press("Enter")
