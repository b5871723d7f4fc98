"""What may tell who a patient is does not leave the page unseen."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.asking import write_case
from tests.browser.consult import Consult
from tests.browser.keyboard import press
from tests.browser.person import Person
from tests.endtoend.callers import said

DATED = said("Worse since last Tuesday, now febrile.")
ALREADY = said("Worse for five days, now febrile.")


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="This may tell who the patient is")


async def without_rules(person: Person) -> None:
    """The page's own rules cannot be fetched."""
    person.trouble.announce("/assets/finding-", "status of 422")
    await person.context.route(re.compile("/assets/finding-"), lambda route: route.abort())


async def test_one_key_says_that_it_identifies_nobody_and_that_is_on_record(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write(DATED)
    await press(ana.page, "Enter", panel(ana.page))
    await expect(panel(ana.page).get_by_text("Tuesday", exact=True)).to_be_visible()
    await expect(panel(ana.page)).to_contain_text("looks like a date")
    assert [event["kind"] for event in await arrivals.callers.log(room)] == ["opened"]
    await ana.page.keyboard.press("n")
    await at_ana.sees_on_record(DATED)
    start = DATED.index("Tuesday")
    body = (await arrivals.callers.log(room))[-1]["body"]
    assert body["not_identifying"] == [[start, start + 7, "date", "text"]]


async def test_one_key_goes_back_to_the_text_with_what_is_marked_chosen(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write("Since Tuesday, febrile.")
    await press(ana.page, "Enter", panel(ana.page))
    await press(ana.page, "e", at_ana.box)
    await ana.page.keyboard.type("five days ago")
    await expect(panel(ana.page)).to_have_count(0)
    await at_ana.send()
    await at_ana.sees_on_record("Since five days ago, febrile.")


async def test_what_the_server_finds_comes_back_into_the_composer(arrivals: Arrivals) -> None:
    """Here the page has no rules: they could not be fetched."""
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    await without_rules(ana)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write(DATED)
    await at_ana.send()
    await expect(panel(ana.page)).to_be_focused()
    await expect(at_ana.box).to_have_value(DATED)
    await ana.page.keyboard.press("n")
    await at_ana.sees_on_record(DATED)


async def test_a_case_is_looked_over_before_it_is_opened(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo")
    await cleo.page.goto("/ask")
    await write_case(cleo.page)
    await cleo.page.get_by_label("Situation").fill(DATED)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(panel(cleo.page)).to_contain_text("in Situation")
    await panel(cleo.page).get_by_role("button", name="Not an identifier").click()
    await expect(cleo.page).to_have_url(re.compile("/case/"))


async def test_a_case_that_the_server_does_not_open_shows_what_it_found(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo")
    await without_rules(cleo)
    await cleo.page.goto("/ask")
    await write_case(cleo.page)
    await cleo.page.get_by_label("Situation").fill(DATED)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(panel(cleo.page)).to_contain_text("in Situation")
    await cleo.page.get_by_label("Situation").fill(ALREADY)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(cleo.page).to_have_url(re.compile("/case/"))
