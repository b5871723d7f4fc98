"""Saying what one thinks it is, on a phone and without a mouse, before one reads the others."""

import re

from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.keyboard import assert_focus_seen
from tests.browser.person import DESK, PHONE
from tests.endtoend.callers import said

BITE, NERVES = said("krait bite"), said("polyneuropathy")


async def test_on_a_phone_one_gives_theirs_and_reads_the_others(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ben = await arrivals.callers.seated("ben", room)
    await ben.ask("opine", room=room, differential=[{"dx": BITE, "probability": 0.8}])
    ana = await arrivals.of("ana", viewport=PHONE, has_touch=True, is_mobile=True)
    await Consult.enter(ana.page, room)
    await expect(ana.page.get_by_text("One has said what they think it is.")).to_be_visible()
    await expect(ana.page.get_by_text("krait")).to_have_count(0)
    await ana.page.get_by_role("button", name="Give yours").tap()
    await ana.page.get_by_role("searchbox", name="Find a diagnosis").fill("guillain")
    await ana.page.get_by_role("button", name="Guillain-Barré").tap()
    await expect(ana.page.get_by_text("Something else: 50 %")).to_be_visible()
    await ana.page.get_by_role("button", name="Give it").tap()
    await reads(ana.page, BITE)
    await expect(ana.page.get_by_text("named by one, 80 %")).to_be_visible()


async def test_without_a_mouse_one_says_two_and_how_likely_each_is(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    cleo = await arrivals.of("cleo", viewport=DESK)
    await Consult.enter(cleo.page, room)
    await cleo.page.get_by_role("button", name="What do you think it is?").focus()
    keys = cleo.page.keyboard
    await keys.press("Enter")
    search = cleo.page.get_by_role("searchbox", name="Find a diagnosis")
    await search.focus()
    await keys.type("septic")
    await keys.press("ArrowDown")
    await assert_focus_seen(cleo.page)
    await expect(cleo.page.get_by_role("button", name="Sepsis A41")).to_be_focused()
    await keys.press("Enter")
    await expect(search).to_be_focused()
    await keys.type(NERVES)
    await keys.press("Enter")
    slider = cleo.page.get_by_role("slider", name=re.compile("polyneuropathy"))
    await slider.focus()
    for _ in range(20):
        await keys.press("ArrowRight")
    await expect(slider).to_have_value("50")
    await expect(cleo.page.get_by_text("Something else: 0 %")).to_be_visible()
    await cleo.page.get_by_role("button", name="Give it").focus()
    await keys.press("Enter")
    await reads(cleo.page, NERVES)
    await cleo.page.get_by_role("button", name="Show to all").focus()
    await keys.press("Enter")
    await expect(cleo.page.get_by_text("cleo showed to all what each thinks it is")).to_be_visible()
    await expect(cleo.page.get_by_role("button", name="Show to all")).to_have_count(0)


async def reads(page: Page, words: str) -> None:
    """Open what all think, and find these words there."""
    await page.get_by_role("button", name=re.compile("^Most likely: ")).click()
    await expect(page.locator(".opinions-pool").get_by_text(words)).to_be_visible()
