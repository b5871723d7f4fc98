"""The consult that Curbside is for, by four people at four browsers, from the first word to the archive."""

import re
from contextlib import suppress

import pytest
from playwright.async_api import Locator, Page, TimeoutError, expect

from tests.browser.arrivals import Arrivals
from tests.browser.asking import open_case
from tests.browser.consult import Consult
from tests.browser.person import KEPT, PHONE, Person
from tests.endtoend.callers import said
from tests.endtoend.raw import Frame

QUESTION = said("How long is the refill?")
ANSWER = said("Five seconds.")
ADVICE = said("Adrenaline through the peripheral line, now.")
REASON = said("Noradrenaline first, I would say.")
SUMMARY = said("Adrenaline helped. Transferred awake.")


@pytest.mark.parametrize("site", ["embedded", "cluster"], indirect=True)
async def test_four_people_consult_and_all_find_the_case_again_in_the_archive(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", viewport=PHONE, has_touch=True, is_mobile=True, **KEPT)
    ana, ben, obi = await arrivals.of("ana", **KEPT), await arrivals.of("ben"), await arrivals.of("obi", viewport=PHONE)
    title = said(f"Fever and a rash on {type(arrivals.callers.site).__name__}")
    await cleo.page.goto("/")
    room = await open_case(cleo.page, title)
    at_cleo = Consult(cleo.page)
    await at_cleo.let_observers_in()

    await ana.page.goto("/")
    await pick(ana.page.get_by_role("link", name=title))
    at_ana = Consult(ana.page)
    await at_ana.say(QUESTION)
    await at_cleo.sees(QUESTION)
    await at_cleo.answer(QUESTION, ANSWER)
    await at_ana.sees(ANSWER)
    await at_ana.say(ADVICE)

    at_ben = await follows(ben.page, title)
    await at_ben.sees(ADVICE)
    await expect(at_ben.box).to_have_count(0)
    await at_ben.step_up()
    await expect(ben.page).to_have_url(re.compile(f"/case/{room}$"))
    await ben.page.reload()
    await at_ben.dispute(ADVICE, REASON)
    await expect(at_ana.post(ADVICE)).to_contain_text(REASON)
    await at_ben.corroborate(ADVICE)
    await expect(at_cleo.post(ADVICE).get_by_role("button", name=re.compile("1 agrees.*ben"))).to_be_visible()
    await expect(at_cleo.post(ADVICE)).not_to_contain_text(REASON)

    await observes(await Consult.enter(obi.page, room))
    await at_cleo.close("Transferred", SUMMARY)
    for person in (cleo, ana, ben, obi):
        await finds_again(person, room, title)
    assert kinds(await arrivals.callers.log(room)) == [
        "opened", "observers_changed", "post", "post", "post", "corroborated", "corroborated", "closed", "sealed",
    ]  # fmt: skip


async def follows(page: Page, title: str) -> Consult:
    """From the worklist, in one tap."""
    await page.goto("/")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title))
    await pick(row.get_by_role("link", name="Follow"))
    return Consult(page)


async def pick(link: Locator) -> None:
    """A row that has just moved under the finger takes no tap: then it is tapped again, as a person would."""
    for _ in range(3):
        await link.click()
        with suppress(TimeoutError):
            return await link.page.wait_for_url(re.compile("/case/"), timeout=2_000)
    raise AssertionError("three taps did not open the case")


async def observes(consult: Consult) -> None:
    """Everything is read, under pseudonyms, and there is nothing to write in and nothing to press on a post."""
    await consult.sees(ADVICE)
    await expect(consult.page.get_by_text("under pseudonyms")).to_be_visible()
    await expect(consult.page.get_by_role("textbox")).to_have_count(0)
    for name in ("Corroborate", "Dispute", "Reply", "Close the case"):
        await expect(consult.page.get_by_role("button", name=name)).to_have_count(0)
    for person in ("ana", "ben", "cleo"):
        await expect(consult.feed.get_by_text(person, exact=True)).to_have_count(0)


async def finds_again(person: Person, room: str, title: str) -> None:
    """From the archive's list to what was said and how it ended. Observers are told another title."""
    await expect(person.page.get_by_role("link", name="Read it in the archive")).to_be_visible()
    await person.page.get_by_role("link", name="Archive", exact=True).click()
    await person.page.locator("main").get_by_role("link").filter(visible=True).first.click()
    await expect(person.page).to_have_url(re.compile(f"/archive/{room}"))
    for text in (SUMMARY, ANSWER, ADVICE):
        await expect(person.page.get_by_text(text, exact=True).first).to_be_visible()


def kinds(log: list[Frame]) -> list[str]:
    return [event["kind"] for event in log]
