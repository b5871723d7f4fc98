"""What people do at their browsers in a consult whose word is scored later: opinions, claims, a poll, an award."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.consult import Consult
from tests.browser.person import Person
from tests.browser.trouble import UNKNOWN
from tests.endtoend.site import PASSWORD

# Of a page that is opened a week later: its clock goes as far ahead as the server's.
_AHEAD = """{
  const { now } = Date;
  globalThis.Date = class extends Date {
    constructor(...given) { super(...(given.length ? given : [now() + AHEAD_MS])); }
    static now() { return now() + AHEAD_MS; }
  };
}"""


async def opine(page: Page, typed: str, then: str = "") -> None:
    """Name the first diagnosis that is found by what is `typed`: half as likely as not.

    `then`: what is typed for another one, half as likely as what the first left.
    """
    await page.get_by_role("button", name=re.compile("^(Give yours|What do you think it is)")).first.click()
    sheet = page.get_by_role("dialog", name="What do you think it is?")
    for words in filter(None, (typed, then)):
        await sheet.get_by_role("searchbox", name="Find a diagnosis").fill(words)
        await sheet.locator(".diagnosis-hit").first.click()
    await sheet.get_by_role("button", name="Give it").click()
    await expect(sheet).to_be_hidden()


async def read_opinions(page: Page) -> Locator:
    """Open what all think; where each opinion stands."""
    await page.get_by_role("button", name=re.compile("^Most likely: ")).click()
    await expect(page.locator(".opinions-each")).to_be_visible()
    return page.locator(".opinions-each")


async def recommend(consult: Consult, text: str, pasted: str) -> None:
    """Recommend something that rests on what is `pasted`."""
    await consult.write(text)
    await consult.page.get_by_role("radio", name="Recommendation").check()
    await rest_on(consult.page.locator(".composer"), pasted)
    await consult.send()
    await consult.sees_on_record(text)


async def rest_on(place: Locator, pasted: str) -> None:
    await place.get_by_role("button", name="Evidence", exact=True).click()
    await place.get_by_label("Reference").fill(pasted)
    await place.get_by_label("Reference").blur()
    await expect(place.get_by_text("format valid, not resolved")).to_be_visible()


async def dispute(consult: Consult, text: str, reason: str, pasted: str) -> None:
    """Say why not, and what that rests on."""
    await consult.begin_dispute(text)
    await consult.page.keyboard.type(reason)
    form = consult.post(text).locator(".post-form")
    await rest_on(form, pasted)
    await form.get_by_role("button", name="Dispute").click()
    await expect(consult.post(text)).to_contain_text(reason)


async def ask_to_vote(page: Page, question: str, *options: str) -> None:
    await page.get_by_role("button", name="Poll", exact=True).click()
    sheet = page.get_by_role("dialog", name="Ask the room to vote")
    await sheet.get_by_label("Question").fill(question)
    for place, option in enumerate(options, 1):
        await sheet.get_by_label(f"Option {place}").fill(option)
    await sheet.get_by_role("button", name="Open the poll").click()
    await expect(sheet).to_be_hidden()


async def vote(page: Page, option: str) -> None:
    await page.get_by_role("region", name="Polls that are open").get_by_role("button", name=option).click()
    await expect(page.get_by_text("Your ballot is in.")).to_be_visible()


async def award(consult: Consult, text: str, sum_: str) -> None:
    """Award what was said with these words."""
    await consult.post(text).get_by_text(text, exact=True).click()
    await consult.post(text).get_by_role("button", name="Award", exact=True).click()
    await consult.post(text).get_by_role("button", name=sum_).click()
    await expect(consult.page.get_by_text("Sealed until the case is closed.", exact=True)).to_be_attached()


async def sign_in(person: Person, ahead_ms: int) -> None:
    """Come back when the session has ended, so much later."""
    person.trouble.announce(UNKNOWN)
    person.page = await person.context.new_page()
    await person.page.add_init_script(_AHEAD.replace("AHEAD_MS", str(ahead_ms)))
    await person.page.goto("/")
    await person.page.get_by_label("Handle").fill(person.name)
    await person.page.get_by_label("Password").fill(PASSWORD)
    await person.page.get_by_role("button", name="Sign in").click()
    await expect(person.page.get_by_role("heading", name="Worklist")).to_be_visible()
