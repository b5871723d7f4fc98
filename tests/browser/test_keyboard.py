"""Consults by those who use no mouse: the focus is always somewhere, and can be seen."""

import re

from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.flood import flood
from tests.browser.keyboard import assert_focus_seen, press, tab_to
from tests.browser.person import DESK
from tests.endtoend.callers import said
from tests.endtoend.site import PASSWORD

QUESTION, ADVICE, REASON = said("How much fluid?"), said("Ten per kilo."), said("She has crackles.")
UP = 30


async def test_a_physician_signs_in_opens_a_case_and_consults_without_a_mouse(arrivals: Arrivals) -> None:
    title = said("A case for the keyboard")
    room = await arrivals.callers.open_case(title=title, acuity="stat")
    ben = await arrivals.callers.seated("ben", room)
    await ben.ask("post", room=room, text=ADVICE)
    ana = await arrivals.stranger(viewport=DESK)
    await sign_in(ana.page)
    await go_down_to(ana.page, title)
    await ana.page.keyboard.press("Enter")

    at_ana = Consult(ana.page)
    await at_ana.sees(ADVICE)
    await press(ana.page, "i", at_ana.box)
    await ana.page.keyboard.type(QUESTION)
    await press(ana.page, "Enter", at_ana.box)
    await at_ana.sees_on_record(QUESTION)
    await press(ana.page, "Escape", at_ana.post(QUESTION))
    await press(ana.page, "k", at_ana.post(ADVICE))
    await press(ana.page, "a", at_ana.post(ADVICE))
    await expect(at_ana.post(ADVICE).get_by_role("button", name=re.compile("1 agrees"))).to_be_visible()
    await assert_focus_seen(ana.page)
    await press(ana.page, "d", ana.page.get_by_role("textbox", name="Why do you dispute this?"))
    await ana.page.keyboard.type(REASON)
    await press(ana.page, "Control+Enter", at_ana.post(ADVICE))
    await expect(at_ana.post(ADVICE)).to_contain_text(REASON)


async def test_one_key_jumps_to_an_answer_that_is_out_of_sight(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    await flood(arrivals.callers, room, UP)
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.say(QUESTION)
    await press(ana.page, "Escape", at_ana.post(QUESTION))
    for number in range(UP, 0, -1):
        await press(ana.page, "k", at_ana.post(f"Post {number}"))
    asked = (await arrivals.callers.log(room))[-1]["id"]
    await ben.ask("post", room=room, text=ADVICE, reply_to=asked)
    await expect(ana.page.get_by_role("button", name=re.compile("1 concerns you"))).to_be_visible()
    await press(ana.page, "n", at_ana.post(ADVICE))
    await press(ana.page, "r", at_ana.box)


async def test_a_presenter_closes_the_case_without_a_mouse(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    cleo = await arrivals.of("cleo")
    await Consult.enter(cleo.page, room)
    close = cleo.page.get_by_role("button", name="Close the case")
    await tab_to(cleo.page, close)
    await cleo.page.keyboard.press("Enter")
    sheet = cleo.page.get_by_role("dialog", name="Close the case")
    await tab_to(cleo.page, sheet.get_by_role("radio").first)
    await cleo.page.keyboard.press("Space")
    await tab_to(cleo.page, sheet.get_by_label("Summary"))
    await cleo.page.keyboard.type(said("Better."))
    await tab_to(cleo.page, sheet.get_by_role("button", name="Close the case"))
    await cleo.page.keyboard.press("Enter")
    await expect(cleo.page.get_by_text("This case is closed.")).to_be_visible()
    await expect(sheet).to_be_hidden()
    await expect(cleo.page.locator(":focus")).to_be_attached()
    await assert_focus_seen(cleo.page)


async def sign_in(page: Page) -> None:
    await page.goto("/")
    await tab_to(page, page.get_by_label("Handle"))
    await page.keyboard.type("ana")
    await tab_to(page, page.get_by_label("Password"))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Worklist")).to_be_visible()


async def go_down_to(page: Page, title: str) -> None:
    """With j, from the first case on."""
    row = page.get_by_role("link", name=title)
    await expect(row).to_be_visible()
    for _ in range(await page.get_by_role("main").get_by_role("listitem").count()):
        await page.keyboard.press("j")
        await assert_focus_seen(page)
        if await row.evaluate("(at) => at === document.activeElement"):
            return
    raise AssertionError("the case is not reached with j")
