"""What became of the patient: asked at the close, answered on a phone and by keyboard, read by those who helped."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE
from tests.endtoend.callers import said

DIAGNOSIS = said("Krait bite, by what the antivenom did.")
ADVICE = said("Antivenom now.")
OTHER_ADVICE = said("Neostigmine first.")
SUMMARY = said("Moved on.")


async def test_the_presenter_is_asked_at_once_and_may_answer_again_later(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", viewport=PHONE, has_touch=True, is_mobile=True)
    room = await arrivals.callers.open_case("cleo")
    consult = await Consult.enter(cleo.page, room)
    await consult.begin_close("Transferred", SUMMARY)
    await answer(consult.outcome, "After 24 hours", "Better")
    await answer(consult.outcome, "Was the patient harmed by anything that was done?", "No")
    await consult.outcome.get_by_role("button", name="Put on record").click()
    await expect(consult.outcome).to_be_hidden()

    ana = await arrivals.of("ana")
    await ana.page.goto(f"/archive/{room}")
    known = ana.page.get_by_role("region", name="What became of the patient")
    await expect(known).to_contain_text("Better")
    await expect(known).to_contain_text("Not known yet")
    await expect(known.get_by_role("button", name=re.compile("Say what"))).to_have_count(0)

    await cleo.page.goto("/")
    await (
        cleo.page.get_by_role("region", name=re.compile("for (its|their) outcome"))
        .locator(f"a[href$='{room}']")
        .click()
    )
    await by_keyboard(cleo.page, consult.outcome)
    await ana.page.reload()
    for words in (DIAGNOSIS, "Better", "The working assessment was right."):
        await expect(known).to_contain_text(words)
    await assert_accessible(ana.page, "an archived case with its outcome")


async def test_the_presenter_says_which_advice_was_right_and_its_author_reads_it(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", viewport=PHONE, has_touch=True, is_mobile=True)
    room = await arrivals.callers.open_case("cleo")
    seat = await arrivals.callers.seated("ana", room)
    for advice in (ADVICE, OTHER_ADVICE):
        await seat.ask("post", room=room, text=advice, kind="recommendation")
    consult = await Consult.enter(cleo.page, room)
    await consult.begin_close("Transferred", SUMMARY)
    await answer(consult.outcome, f"ana {ADVICE}", "Right")
    await answer(consult.outcome, f"ana {OTHER_ADVICE}", "Wrong")
    await assert_accessible(cleo.page, "an outcome that judges advice")
    await assert_fits(cleo.page, "an outcome that judges advice")
    await consult.outcome.get_by_role("button", name="Put on record").click()
    await expect(consult.outcome).to_be_hidden()

    ana = await arrivals.of("ana")
    await ana.page.goto(f"/archive/{room}")
    known = ana.page.get_by_role("region", name="What became of the patient")
    for words, advice in (("Turned out right", ADVICE), ("Turned out wrong", OTHER_ADVICE)):
        part = known.locator(".outcome-claims").filter(has_text=words)
        await expect(part.get_by_role("button", name=advice)).to_be_visible()


async def answer(sheet: Locator, question: str, option: str) -> None:
    await sheet.get_by_role("group", name=question).get_by_role("radio", name=option, exact=True).check()


async def by_keyboard(page: Page, sheet: Locator) -> None:
    """Say which diagnosis, and that the assessment was right; what was said before is there already."""
    await page.get_by_role("button", name="Say what is known now").press("Enter")
    better = sheet.get_by_role("group", name="After 24 hours").get_by_role("radio", name="Better")
    await expect(better).to_be_checked()
    await sheet.get_by_role("radio", name="Not known yet").first.press("ArrowRight")
    await sheet.get_by_label("Which diagnosis").focus()
    await page.keyboard.type(DIAGNOSIS)
    verdict = sheet.get_by_role("group", name="Was the working assessment right?")
    await verdict.get_by_role("radio", name="Not known").press("ArrowRight")
    await sheet.get_by_role("button", name="Put on record").press("Enter")
    await expect(sheet).to_be_hidden()
