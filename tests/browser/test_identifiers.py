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


async def rest_on_experience(place: Locator, words: str) -> None:
    """Rest what is written at `place` on one's own experience."""
    await place.get_by_role("button", name="Evidence", exact=True).click()
    await place.get_by_label("Kind of evidence").select_option("experience")
    await place.get_by_label("Reference").fill(words)


async def without_rules(person: Person) -> None:
    """The page's own rules cannot be fetched."""
    person.trouble.announce("/assets/rules-", "status of 422")
    await person.context.route(re.compile("/assets/rules-"), lambda route: route.abort())


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


async def test_what_is_marked_in_the_evidence_is_chosen_there(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write("Ten vials worked here before.")
    await rest_on_experience(ana.page.locator(".composer"), "Two cases, the last on Tuesday")
    await at_ana.send()
    await expect(panel(ana.page)).to_contain_text("in Reference")
    await expect(panel(ana.page)).to_be_focused()
    await press(ana.page, "e", ana.page.get_by_label("Reference"))
    await ana.page.keyboard.type("one day")
    await expect(ana.page.get_by_label("Reference")).to_have_value("Two cases, the last on one day")
    await at_ana.send()
    await at_ana.sees_on_record("Ten vials worked here before.")


async def test_on_a_phone_the_folded_evidence_opens_for_what_is_marked_in_it(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write("Ten vials worked here before.")
    await rest_on_experience(ana.page.locator(".composer"), "Two cases, the last on Tuesday")
    await ana.page.set_viewport_size({"width": 360, "height": 740})
    await ana.page.get_by_role("button", name="Comment", exact=True).click()
    await expect(ana.page.get_by_label("Reference")).to_be_hidden()
    await at_ana.send()
    await expect(panel(ana.page)).to_be_focused()
    await press(ana.page, "e", ana.page.get_by_label("Reference"))


async def test_at_a_post_what_is_marked_is_chosen_in_its_field(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ben = await arrivals.callers.seated("ben", room)
    await ben.ask("post", room=room, text="Give five vials.")
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.begin_dispute("Give five vials.")
    await ana.page.keyboard.type("Five failed since Tuesday here.")
    form = at_ana.post("Give five vials.")
    await form.get_by_role("button", name="Dispute").click()
    await expect(panel(ana.page)).to_be_focused()
    await press(ana.page, "e", ana.page.get_by_label("Why do you dispute this?"))
    await ana.page.keyboard.type("five days")
    await expect(ana.page.get_by_label("Why do you dispute this?")).to_have_value("Five failed since five days here.")
    await rest_on_experience(form, "Two cases, the last on Tuesday")
    await form.get_by_role("button", name="Dispute").click()
    await expect(panel(ana.page)).to_be_focused()
    await press(ana.page, "e", form.get_by_label("Reference"))


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


async def test_what_was_refused_at_a_post_waits_while_its_form_is_open(arrivals: Arrivals) -> None:
    """Here the page has no rules: they could not be fetched."""
    room = await arrivals.callers.open_case()
    ben = await arrivals.callers.seated("ben", room)
    await ben.ask("post", room=room, text="Give five vials.")
    ana = await arrivals.of("ana")
    await without_rules(ana)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.dispute("Give five vials.", DATED)
    edit = at_ana.post("Give five vials.").get_by_role("button", name="Edit")
    await expect(edit).to_be_visible()
    await at_ana.begin_dispute("Give five vials.")
    await expect(edit).to_have_count(0)
    await ana.page.keyboard.press("Escape")
    await edit.click()
    await expect(ana.page.get_by_label("Why do you dispute this?")).to_have_value(DATED)
    await expect(panel(ana.page)).to_be_visible()


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
