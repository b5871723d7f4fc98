"""Awards in the page: a moderator sets a budget, an observer awards the question, its author takes it."""

from typing import Any, Final

from playwright.async_api import expect

from tests.browser.ageing import aged
from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.layout import assert_fits, assert_for_thumbs
from tests.browser.person import PHONE
from tests.endtoend.callers import said
from tests.endtoend.site import PASSWORD

TOUCH: Final[dict[str, Any]] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


async def test_a_moderator_sets_a_budget_and_an_observer_awards_the_question(arrivals: Arrivals) -> None:
    mo = await arrivals.of("mo", **TOUCH)
    mo.trouble.announce("status of 422")
    await mo.page.goto("/institutions")
    await mo.page.get_by_role("button", name="Awards: Research institute").tap()
    sheet = mo.page.get_by_role("dialog", name="Awards of Research institute")
    await expect(sheet.get_by_text("No budget was set: its observers cannot award.")).to_be_visible()
    box, keep = sheet.get_by_label("Budget of each calendar year"), sheet.get_by_role("button", name="Set the budget")
    for typed, says in (
        ("plenty", "Write a sum, such as 2500 or 2500.50."),
        ("9999999999", "A budget is a whole number of cents from 0 to"),
    ):
        await box.fill(typed)
        await keep.tap()
        await expect(sheet.get_by_text(says)).to_be_visible()
    await box.fill("2500")
    await keep.tap()
    await expect(sheet.get_by_text("It may award $2,500.00 in each calendar year.")).to_be_visible()
    await assert_accessible(mo.page, "a budget of awards")
    await assert_fits(mo.page, "a budget of awards")
    await assert_for_thumbs(mo.page, "a budget of awards")

    room = await arrivals.callers.open_case("cleo")
    obi = await arrivals.of("obi", **TOUCH)
    await Consult.enter(obi.page, room)
    await obi.page.get_by_role("heading", level=1).get_by_role("button").tap()
    case = obi.page.get_by_role("dialog")
    award = case.get_by_role("button", name="Award the question")
    await award.tap()
    await assert_accessible(obi.page, "awarding the question")
    await assert_for_thumbs(obi.page, "awarding the question")
    await obi.page.keyboard.press("Escape")
    await expect(award).to_be_focused()
    await award.tap()
    await case.get_by_role("button", name="$15.00").tap()
    await expect(award).to_be_focused()
    # It was given: another one is refused, in the server's words.
    await award.tap()
    await case.get_by_role("button", name="$5.00").tap()
    await expect(case.get_by_text("Your institution has awarded that post already.")).to_be_visible()
    await obi.page.goto("/")
    await obi.page.get_by_text("1 award", exact=True).tap()
    await expect(obi.page.get_by_text("Sealed until the case is closed")).to_be_visible()

    cleo = await arrivals.callers.seated("cleo", room)
    await cleo.ask("close", room=room, disposition="advised", summary=said("Over."))
    await cleo.until(lambda: "award" in {one["kind"] for one in cleo.of("notice")})
    author = await arrivals.of("cleo", **TOUCH)
    await author.page.goto("/awards")
    sum_ = author.page.get_by_role("listitem").filter(has_text="$15.00")
    await sum_.get_by_role("button", name="Accept, blind").tap()
    await expect(sum_).to_contain_text("It waits for the outcome of the case.")


async def test_whoever_has_been_here_for_long_proves_who_they_are_before_a_budget_is_set(arrivals: Arrivals) -> None:
    mo = await arrivals.of("mo")
    mo.trouble.announce("status of 403")
    await mo.page.goto("/institutions")
    await mo.page.get_by_role("button", name="Awards: Research institute").click()
    sheet = mo.page.get_by_role("dialog", name="Awards of Research institute")
    await sheet.get_by_label("Budget of each calendar year").fill("1200.50")
    await aged(mo, arrivals.callers.site)
    await sheet.get_by_role("button", name="Set the budget").click()
    proof = mo.page.get_by_role("dialog", name="Is it you?")
    await proof.get_by_label("Password").fill(PASSWORD)
    await proof.get_by_label("Password").press("Enter")
    await expect(sheet.get_by_text("It may award $1,200.50 in each calendar year.")).to_be_visible()
