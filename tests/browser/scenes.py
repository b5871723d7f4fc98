"""Every screen of the UI with something on it: how a person gets there, on a site where the story has been told."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import FilePayload, Page, Route, expect

from realtime.rooms.figures import MEASURES
from tests.browser import evidence, polling, scans
from tests.browser.asking import write_case
from tests.browser.awarded import BUDGET, GIVEN, PAYEES, RECEIVED
from tests.browser.consult import Consult
from tests.browser.night import NOW_MS
from tests.browser.person import DESK, PHONE, TABLET
from tests.browser.record import ITEMS, RECORD, SHORT
from tests.browser.rung import RUNG, rung_in
from tests.browser.stage import Stage
from tests.browser.story import BEATS, BETTER
from tests.browser.surveyed import ASKED, ELSE, HELD, RESULTS
from tests.browser.watched import REPORT
from tests.browser.whisper import Whisper
from tests.browser.windows import settle
from tests.browser.year import YEAR
from tests.endtoend.raw import Frame

NARROW: Final = (PHONE["width"], TABLET["width"])
ALL: Final = (*NARROW, DESK["width"])

DRAFT: Final = "Keep the leads on: bradycardia comes with the tube."
SHOWN: Final = "Her ECG, and the chest film from admission."
REASON: Final = "Her pupils decide it for me: look again before she is moved."
TALLIES_DRAWN: Final = 3
THIRDS_DRAWN: Final = 3
IDENTIFYING: Final = "Mrs Okafor, 92 years old, was admitted on 12/03/2024 and is in bed 4."
UNRECORDED: Final = "Then leave the neostigmine. How are her reflexes now, and do her pupils still answer to light?"
BEN: Final = {"person": "ben", "handle": "ben", "role": "physician", "specialty": "infectious_disease", "tier": 2}


DIAGNOSIS: Final = "Krait bite, from what the antivenom did."
PDF: Final = b"%PDF-1.7\nendobj\n%%EOF\n"


class Scene(NamedTuple):
    """`play` brings a page there; `widths` are those of windows in which there is such a screen, in px."""

    play: Callable[[Stage], Awaitable[Page]]
    widths: tuple[int, ...] = ALL


async def sign_in(stage: Stage) -> Page:
    page = await stage.stranger()
    await page.goto("/")
    await expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    return page


async def account(stage: Stage) -> Page:
    page = await stage.page("ben")
    await page.goto("/account")
    await expect(page.get_by_text("with a password").first).to_be_visible()
    return page


async def demo_sign_in(stage: Stage) -> Page:
    page = await stage.newcomer()
    await page.goto("/")
    await expect(page.get_by_text("Try it as")).to_be_visible()
    return page


async def worklist(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/")
    await expect(page.get_by_text("Fever that returns")).to_be_visible()
    return page


async def worklist_empty(stage: Stage) -> Page:
    page = await stage.page_elsewhere("ana")
    await page.goto("/")
    await expect(page.get_by_text("Nobody asks for help just now.")).to_be_visible()
    return page


async def ask(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto("/ask")
    await expect(page.get_by_label("Title")).to_be_visible()
    return page


async def ask_with_errors(stage: Stage) -> Page:
    page = await ask(stage)
    await page.get_by_label("Title").fill("Child with descending weakness")
    await page.get_by_role("button", name="Open the case").click()
    await expect(page.get_by_text("Say how urgent it is.").first).to_be_visible()
    return page


async def room_of_presenter(stage: Stage) -> Page:
    return (await stage.enter("cleo", stage.room)).page


async def room_disputing(stage: Stage) -> Page:
    consult = await stage.enter("ana", stage.room)
    await consult.begin_dispute(BETTER)
    await consult.page.keyboard.type(REASON)
    return consult.page


async def blacking_out(stage: Stage) -> Page:
    """A name is burned into the picture, and is blackened before it leaves."""
    page = await room_of_presenter(stage)
    chosen: FilePayload = {"name": "chest.png", "mimeType": "image/png", "buffer": scans.chest()}
    await page.locator(".composer-file").set_input_files([chosen])
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Add black box").click()
    await expect(dialog.locator("button.black-box")).to_be_visible()
    return page


async def room_with_pictures(stage: Stage) -> Page:
    """In a case that only its presenter sees, so that it is on nobody else's worklist."""
    consult = await stage.enter("ben", await stage.open_apart("ben"))
    page = consult.page
    for name, scan in (("ecg", scans.ecg()), ("chest", scans.chest())):
        chosen: FilePayload = {"name": f"{name}.png", "mimeType": "image/png", "buffer": scan}
        await page.locator(".composer-file").set_input_files([chosen])
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("checkbox").check()
        await dialog.get_by_role("button", name="Use this picture").click()
        await expect(dialog).to_have_count(0)
    await consult.say(SHOWN)
    previews = consult.post(SHOWN).get_by_role("button", name="open").locator("img")
    await expect(previews).to_have_count(2)
    for preview in await previews.all():
        await preview.evaluate("(img) => img.decode()")
    return page


async def picture(stage: Stage) -> Page:
    page = await room_with_pictures(stage)
    await page.get_by_role("button", name="Picture 2 of 2: open").click()
    await expect(page.get_by_role("dialog").locator(".darkroom-wait")).to_have_count(0)
    return page


async def room_with_a_plan(stage: Stage) -> Page:
    page = (await stage.enter("cleo", await stage.open_planned())).page
    fold = page.get_by_role("button", name=re.compile("^Plan: "))
    if await fold.get_attribute("aria-expanded") == "false":
        await fold.click()
    await expect(page.get_by_text("INN:").first).to_be_visible()
    return page


async def room_before_one_s_opinion(stage: Stage) -> Page:
    page = (await stage.enter("cleo", await stage.open_opined())).page
    await expect(page.get_by_text("2 have said what they think it is.")).to_be_visible()
    return page


async def opinion_sheet(stage: Stage) -> Page:
    page = await room_before_one_s_opinion(stage)
    await page.get_by_role("button", name="Give yours").click()
    search = page.get_by_role("searchbox", name="Find a diagnosis")
    for words in ("snake", "botulism"):
        await search.fill(words)
        await search.press("Enter")
    await search.fill("guillain")
    await expect(page.get_by_role("button", name="Guillain-Barré")).to_be_visible()
    return page


async def room_with_opinions(stage: Stage) -> Page:
    page = (await stage.enter("ana", await stage.open_opined())).page
    await page.get_by_role("button", name=re.compile("^Most likely: ")).click()
    await expect(page.get_by_text("What each thinks")).to_be_visible()
    return page


async def room_with_weighed_opinions(stage: Stage) -> Page:
    page = await room_with_opinions(stage)
    await page.get_by_text("How it is computed").click()
    await expect(page.get_by_text("weighs 1, as too little is known yet")).to_be_visible()
    await page.get_by_text("What each thinks").evaluate("head => head.scrollIntoView()")
    return page


async def room_with_evidence(stage: Stage) -> Page:
    """One has begun to write a dose."""
    consult = await stage.enter("ben", await stage.open_argued())
    await expect(consult.feed).to_contain_text("A dose without evidence")
    await consult.write(evidence.WRITTEN)
    await expect(consult.page.get_by_role("button", name="A dose without evidence")).to_be_visible()
    return consult.page


async def room_adding_evidence(stage: Stage) -> Page:
    page = await room_with_evidence(stage)
    await page.get_by_role("button", name="A dose without evidence").click()
    reference = page.get_by_label("Reference")
    await expect(reference).to_be_focused()
    await reference.fill(evidence.PASTED)
    await reference.press("Tab")
    await page.get_by_label("About", exact=True).select_option("treatment")
    await page.get_by_label("Level", exact=True).select_option("1")
    await expect(reference).to_have_value(evidence.PASTED.removeprefix("https://doi.org/"))
    return page


async def room_to_take_over(stage: Stage) -> Page:
    page = (await stage.enter("ben", await stage.open_planned(handed_over=True))).page
    await page.get_by_role("button", name="Take the case over").click()
    await expect(page.get_by_role("textbox", name="Read the case back")).to_be_focused()
    return page


async def hand_over_sheet(stage: Stage) -> Page:
    page = (await stage.enter("cleo", await stage.open_planned())).page
    await page.get_by_role("button", name=re.compile(" here$")).click()
    await page.get_by_role("button", name="Hand the case over").click()
    await expect(page.get_by_label("What they must know")).to_be_visible()
    return page


async def room_with_a_poll(stage: Stage) -> Page:
    page = (await stage.enter("ben", await stage.open_polled())).page
    await expect(page.get_by_role("button", name=polling.OPEN["options"][0])).to_be_visible()
    await expect(page.get_by_text("4 have voted.")).to_be_visible()
    return page


async def room_that_has_voted(stage: Stage) -> Page:
    page = await room_with_a_poll(stage)
    choice = page.get_by_role("button", name=polling.OPEN["options"][0])
    await choice.click()
    await expect(choice).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text("Your ballot is in.")).to_be_visible()
    return page


async def poll_sheet(stage: Stage) -> Page:
    page = (await stage.enter("ben", await stage.open_polled())).page
    await page.get_by_role("textbox", name="Write to the room").focus()
    await page.get_by_role("button", name="Poll", exact=True).click()
    sheet = page.get_by_role("dialog", name="Ask the room to vote")
    await sheet.get_by_label("Question").fill("Antivenom without a bite mark?")
    await sheet.get_by_label("Option 1").fill("Yes, now")
    await sheet.get_by_label("Option 2").fill("Not before the clot")
    return page


async def survey_sheet(stage: Stage) -> Page:
    await stage.open_survey()
    page = await stage.page("ben")
    await page.goto("/")
    await page.get_by_role("region", name="A survey asks you").get_by_role("button", name="Answer").click()
    await page.get_by_label("Yes, polyvalent").check()
    await page.get_by_label("Adrenaline").check()
    await page.get_by_role("button", name="Send my answers").click()
    await expect(page.get_by_text("There are too few of others yet")).to_be_visible()
    return page


async def room_of_viewer(stage: Stage) -> Page:
    return (await stage.enter("ben", stage.room, "?as=follow")).page


async def waiting_is_told(page: Page) -> None:
    """Within a second of their arrival moderators are told of the flags, and who was muted while away of that."""
    await expect(page.get_by_role("button", name=re.compile("new notice"))).to_be_visible()


async def room_of_observer(stage: Stage) -> Page:
    page = (await stage.enter("obi", stage.room)).page
    await waiting_is_told(page)
    return page


async def room_closed(stage: Stage) -> Page:
    return (await stage.enter("ana", stage.closed_room)).page


async def room_offline(stage: Stage) -> Page:
    consult = await stage.enter("ana", stage.room)
    # What stands beside texts comes after them, and over the line.
    await expect(consult.page.get_by_text("A drug without evidence")).to_be_attached()
    await expect(consult.page.get_by_text("INN:").first).to_be_attached()
    await stage.go_offline(consult.page)
    await consult.write(DRAFT)
    await consult.send()
    await expect(consult.post(DRAFT)).to_contain_text("not on record yet")
    return consult.page


async def room_refused(stage: Stage) -> Page:
    """What was sent has a control character in it, as from a pasted monitor print-out."""
    consult = await stage.enter("ana", stage.room)
    await consult.box.fill(f"{DRAFT}\u0007")
    await consult.send()
    await expect(consult.page.get_by_text("The text has control characters.")).to_be_visible()
    return consult.page


async def room_identifiers(stage: Stage) -> Page:
    """What was written may tell who the patient is."""
    consult = await stage.enter("ana", stage.room)
    await consult.write(IDENTIFYING)
    await consult.send()
    await expect(consult.page.get_by_role("region", name="This may tell who the patient is")).to_be_focused()
    return consult.page


async def ask_identifiers(stage: Stage) -> Page:
    page = await ask(stage)
    await write_case(page, title="Fever, seen last Tuesday")
    await page.get_by_label("Situation").fill(IDENTIFYING)
    await page.get_by_role("button", name="Open the case").click()
    warning = page.get_by_role("region", name="This may tell who the patient is")
    await expect(warning).to_be_focused()
    await expect(page.get_by_text("Sent now, this rings nobody.")).to_be_visible()
    # Where it had scrolled to depends on which of the two came first.
    await warning.evaluate("(at) => at.scrollIntoView({ block: 'start', behavior: 'instant' })")
    return page


async def room_unrecorded(stage: Stage) -> Page:
    """Somebody else has said something that cannot be put on record."""
    page = await stage.page("ana")
    server = await Whisper.to(page)
    consult = await Consult.enter(page, stage.room)
    await consult.sees(BETTER)
    said = {"id": "reflexes", "by": BEN, "kind": "question", "text": UNRECORDED}
    server.say({"t": "provisional", "room": stage.room, **said})
    await expect(consult.post(UNRECORDED)).to_contain_text("not on record yet")
    return page


async def called(stage: Stage) -> Page:
    """Ana is called while she looks at the worklist."""
    page = await stage.page("ana")
    server = await Whisper.to(page)
    await page.goto("/")
    await expect(page.get_by_text("Fever that returns")).to_be_visible()
    server.say(call(stage.room, "stat", "Stat case, paediatric intensive care. Open Curbside."))
    server.say(call(stage.room, "asap", "Case that cannot wait, cardiology. Open Curbside."))
    await expect(page.get_by_role("region", name="You are called")).to_contain_text("One more case calls you")
    return page


async def reading_back(stage: Stage) -> Page:
    page = await called(stage)
    await page.get_by_role("button", name="I have it").click()
    await expect(page.get_by_text("Woke at 01:00")).to_be_visible()
    return page


async def declining(stage: Stage) -> Page:
    page = await called(stage)
    await page.get_by_role("button", name="I cannot").click()
    await expect(page.get_by_role("group", name="Why not?")).to_be_visible()
    return page


def call(room: str, acuity: str, text: str) -> Frame:
    """What somebody is told whom a page rings."""
    about = {"kind": "page", "text": text, "room": room, "page": f"{acuity}-page", "acuity": acuity}
    return {"t": "notice", "notice": acuity, "at": NOW_MS - 40_000, "deadline_at": NOW_MS + 80_000, **about}


async def room_ringing(stage: Stage) -> Page:
    """The first circle is over, and the second rings."""
    page = await stage.page("cleo")
    server = await Whisper.to(page)
    await page.route(f"**/api/cases/{stage.room}/pages", lambda route: route.fulfill(json=RUNG))
    consult = await Consult.enter(page, stage.room)
    await consult.sees(BETTER)
    for event in rung_in(stage.room, 1 + len(BEATS) + 1):
        server.say(event)
    strip = page.get_by_role("region", name="Who is called")
    await expect(strip).to_contain_text("2 seen")
    await strip.get_by_text("Who was rung").click()
    await expect(strip).to_contain_text("In theatre")
    return page


async def ring_sheet(stage: Stage) -> Page:
    page = await room_ringing(stage)
    await page.get_by_role("button", name="Ring someone else").first.click()
    sheet = page.get_by_role("dialog", name="Ring someone else")
    await sheet.get_by_role("combobox", name="Which specialty").fill("neurol")
    await sheet.get_by_role("option", name="Neurology", exact=True).click()
    await expect(sheet.get_by_text("Sent now, this rings nobody.")).to_be_visible()
    return page


async def people_sheet(stage: Stage) -> Page:
    page = await room_of_presenter(stage)
    await page.get_by_role("button", name=re.compile("^People")).click()
    await expect(page.get_by_role("dialog", name="People")).to_be_visible()
    return page


async def case_sheet(stage: Stage) -> Page:
    page = await room_of_presenter(stage)
    await page.get_by_role("heading", level=1).get_by_role("button").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def closing_sheet(stage: Stage) -> Page:
    page = await people_sheet(stage)
    await page.get_by_role("button", name="Close the case").click()
    await expect(page.get_by_role("dialog", name="Close the case")).to_be_visible()
    return page


async def observers_sheet(stage: Stage) -> Page:
    page = await people_sheet(stage)
    await page.get_by_role("button", name="Observers").click()
    await expect(page.get_by_role("dialog", name="Observers").get_by_text("Research institute")).to_be_visible()
    return page


async def agreement(stage: Stage) -> Page:
    page = await stage.page("obi")
    await page.goto("/agreement")
    await expect(page.get_by_text("You have accepted this version.")).to_be_visible()
    await waiting_is_told(page)
    return page


async def agreement_to_accept(stage: Stage) -> Page:
    page = await stage.page("oda")
    await page.goto("/")
    await expect(page.get_by_role("button", name="I accept this agreement")).to_be_visible()
    return page


async def institutions(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.goto("/institutions")
    await expect(page.get_by_role("heading", name="Research institute")).to_be_visible()
    await waiting_is_told(page)
    return page


async def suspending(stage: Stage) -> Page:
    page = await institutions(stage)
    await page.get_by_role("button", name="Suspend: Research institute").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def being_reached(stage: Stage) -> Page:
    page = await stage.page("eve")
    await page.goto("/reach")
    await expect(page.get_by_text("Heart at night").first).to_be_visible()
    return page


async def undisturbed(stage: Stage) -> Page:
    """Nothing has been said before, and a case may come at any time."""
    page = await stage.page("ben")
    await page.goto("/reach")
    await page.get_by_role("button", name="Until I say").click()
    await expect(page.get_by_text("On until you say.").first).to_be_visible()
    return page


async def interests(stage: Stage) -> Page:
    """One who says nothing in any case: what stands here stands beside no post."""
    page = await stage.page("eve")
    await page.goto("/interests")
    await expect(page.get_by_text("Acme Pharma").first).to_be_visible()
    return page


async def declaring(stage: Stage) -> Page:
    page = await interests(stage)
    await page.get_by_role("button", name="Change the interest with Acme Pharma").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    return page


async def rosters(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.goto("/rosters")
    await expect(page.get_by_role("heading", name="Lake hospital")).to_be_visible()
    await waiting_is_told(page)
    return page


async def shifts(stage: Stage) -> Page:
    page = await stage.page("eve")
    await page.goto("/rosters")
    await page.get_by_role("button", name="Shifts: Heart at night").click()
    await expect(page.get_by_role("dialog").get_by_text("every 3 weeks").first).to_be_visible()
    return page


async def ask_interrupting(stage: Stage) -> Page:
    """Whom the case would ring stands above the button that sends it."""
    page = await ask(stage)
    await page.get_by_label("Urgent", exact=True).check()
    box = page.get_by_role("combobox", name="Who should answer?")
    await box.fill("cardiology")
    await box.press("Enter")
    await expect(page.get_by_text("rings").first).to_be_visible()
    await page.get_by_text("rings").first.scroll_into_view_if_needed()
    return page


async def menu(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.get_by_role("button", name="Menu").click()
    await expect(page.get_by_role("dialog", name="Menu")).to_be_visible()
    return page


async def keys_help(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    return page


async def archive(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/archive")
    await expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    return page


async def archived_case(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto(f"/archive/{stage.closed_room}")
    await expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    return page


async def outcome_sheet(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto(f"/archive/{stage.closed_room}")
    await page.get_by_role("button", name="Say what became of the patient").click()
    sheet = page.get_by_role("dialog", name="What became of the patient?")
    await sheet.get_by_role("group", name="Final diagnosis").get_by_role("radio", name="Known", exact=True).check()
    await sheet.get_by_label("Which diagnosis").fill(DIAGNOSIS)
    return page


async def own_awards(stage: Stage) -> Page:
    page = await stage.page("ben")
    await page.route("**/api/me/awards", lambda route: route.fulfill(json=RECEIVED))
    await page.goto("/awards")
    await expect(page.get_by_role("button", name="Accept, by name")).to_be_visible()
    await page.get_by_text("The proof").first.click()
    return page


async def may_award(stage: Stage) -> Page:
    """Obi's page as if their institution had a budget, and nobody had muted them. Nothing is given in a scene."""
    page = await stage.page("obi")
    await page.route("**/api/awards", lambda route: route.fulfill(json=GIVEN))
    await page.route("**/api/me/sanctions", lambda route: route.fulfill(json={"sanctions": []}))
    return page


async def room_awarding(stage: Stage) -> Page:
    page = await may_award(stage)
    consult = await Consult.enter(page, stage.room)
    await waiting_is_told(page)
    await consult.post(BETTER).get_by_text(BETTER, exact=True).click()
    await consult.post(BETTER).get_by_role("button", name="Award", exact=True).click()
    form = page.get_by_role("group", name="Award this with")
    await expect(form.get_by_role("button", name="$15.00")).to_be_visible()
    await settle(page)
    await form.evaluate("(form) => form.scrollIntoView({ block: 'center' })")
    return page


async def awarding_the_question(stage: Stage) -> Page:
    page = await may_award(stage)
    await Consult.enter(page, stage.room)
    await waiting_is_told(page)
    await page.get_by_role("heading", level=1).get_by_role("button").click()
    await page.get_by_role("dialog").get_by_role("button", name="Award the question").click()
    await expect(page.get_by_role("group", name="Award this with")).to_be_visible()
    return page


async def awards_given(stage: Stage) -> Page:
    page = await may_award(stage)
    await page.goto("/")
    await waiting_is_told(page)
    await page.get_by_text("7 awards").click()
    await expect(page.get_by_text("Sealed until the case is closed").first).to_be_visible()
    return page


async def award_desk(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/award-budget", lambda route: route.fulfill(json=BUDGET))
    await page.route("**/award-exports/*", lambda route: route.fulfill(json=PAYEES))
    await page.goto("/institutions")
    await waiting_is_told(page)
    await page.get_by_role("button", name="Awards: Research institute").click()
    sheet = page.get_by_role("dialog", name="Awards of Research institute")
    await sheet.get_by_label("Budget of each calendar year").fill("2,500")
    await sheet.get_by_role("button", name="Set the budget").click()
    await expect(sheet.get_by_text("Write a sum")).to_be_visible()
    await sheet.get_by_role("button", name=re.compile("^Whom it pays")).click()
    await expect(sheet.get_by_role("list", name="Whom it pays")).to_be_visible()
    await sheet.locator(".sheet-body").evaluate("(body) => body.scrollTo(0, 0)")
    return page


async def surveys_asked(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/api/surveys", lambda route: route.fulfill(json=ASKED))
    await page.route("**/api/surveys/*/results", lambda route: route.fulfill(json=RESULTS))
    await page.goto("/surveys")
    await waiting_is_told(page)
    await page.get_by_role("button", name="Results").click()
    await expect(page.get_by_role("heading", name=ELSE)).to_be_visible()
    await page.get_by_role("heading", name=HELD).evaluate("(heading) => heading.scrollIntoView({ block: 'center' })")
    return page


async def asking_a_survey(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.route("**/api/surveys", lambda route: route.fulfill(json=ASKED))
    await page.goto("/surveys")
    await waiting_is_told(page)
    await page.get_by_role("button", name="New survey").click()
    sheet = page.get_by_role("dialog", name="New survey")
    await sheet.get_by_label("Title").fill("Antivenom at hand")
    await sheet.get_by_label("What do you ask?").fill("Which antivenom do you have at hand?")
    await sheet.get_by_label("Option 1").fill("Polyvalent")
    await sheet.get_by_role("combobox", name="Specialties").fill("toxicol")
    await sheet.get_by_role("option", name="Toxicology").first.click()
    await sheet.get_by_label("Toxicology", exact=True).fill("5")
    await sheet.get_by_role("button", name="Open the survey").click()
    await expect(sheet.get_by_label("Option 2")).to_be_focused()
    return page


async def bias_watch(stage: Stage) -> Page:
    """A year of awards, of which the story has one."""
    page = await stage.page("mo")
    await page.route("**/api/moderation/bias-watch?*", lambda route: route.fulfill(json=REPORT))
    await page.goto("/moderation/bias")
    await expect(page.get_by_role("heading", name="Reads beside awards")).to_be_visible()
    await waiting_is_told(page)
    return page


async def bias_history(stage: Stage) -> Page:
    """Further down: the test, and what it can not tell."""
    page = await bias_watch(stage)
    heading = page.get_by_role("heading", name="Does an award predict a later stance?")
    await heading.evaluate("(at) => at.scrollIntoView()")
    return page


async def insights(stage: Stage) -> Page:
    """A year of figures; the story is of two nights."""
    page = await stage.page("ana")
    await _tell_the_year(page)
    await page.goto("/insights")
    await expect(page.get_by_role("heading", name="Until the first answer")).to_be_visible()
    await expect(page.locator("canvas")).to_have_count(len(MEASURES) + TALLIES_DRAWN + THIRDS_DRAWN)
    return page


async def who_answers(stage: Stage) -> Page:
    """The end of the same page, with a table opened further down."""
    page = await insights(stage)
    right = page.get_by_role("region", name="How often they were right")
    await right.get_by_text("As a table").click()
    await expect(right.get_by_role("columnheader", name="asked least")).to_be_visible()
    await page.get_by_role("heading", name="Who answers").evaluate("heading => heading.scrollIntoView()")
    return page


async def calibration(stage: Stage) -> Page:
    """The middle of it, on a phone."""
    page = await insights(stage)
    await page.get_by_role("heading", name="How opinions held").evaluate("heading => heading.scrollIntoView()")
    return page


async def _tell_the_year(page: Page) -> None:
    async def tell(route: Route) -> None:
        kind = urlsplit(route.request.url).path.rpartition("/")[2]
        await route.fulfill(json=YEAR[kind])

    await page.route("**/api/insights/*?*", tell)


async def own_record(stage: Stage) -> Page:
    """What many cases have come to; the story is of two nights."""
    page = await stage.page("ana")
    await page.route("**/api/me/credibility", lambda route: route.fulfill(json=RECORD))
    await page.route("**/api/me/credibility/items", lambda route: route.fulfill(json=ITEMS))
    await page.goto("/credibility")
    await expect(page.get_by_role("heading", name="What it rests on")).to_be_visible()
    await expect(page.get_by_role("button", name="Earlier ones")).to_be_visible()
    return page


async def own_claims(stage: Stage) -> Page:
    page = await own_record(stage)
    await page.get_by_role("heading", name="What it rests on").evaluate("head => head.scrollIntoView()")
    return page


async def record_of_colleague(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.route("**/api/credibility/*", lambda route: route.fulfill(json=SHORT))
    await page.goto("/credibility/ben")
    await expect(page.get_by_role("heading", name="Independent opinions")).to_be_visible()
    return page


async def narrowing(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.get_by_role("button", name="Filter", exact=True).click()
    sheet = page.get_by_role("dialog", name="Which cases")
    await sheet.get_by_role("combobox", name="Specialties").fill("cardio")
    await sheet.get_by_role("option", name="Cardiology").first.click()
    return page


async def registering(stage: Stage) -> Page:
    page = await stage.stranger()
    await page.goto("/register")
    await page.get_by_label("Country of your licence").select_option("US")
    await expect(page.get_by_label("National Provider Identifier")).to_be_visible()
    return page


async def own_verification(stage: Stage) -> Page:
    """Cleo has given a document and asked a moderator to look, at the latest by now."""
    page = await stage.page("cleo")
    await page.goto("/verification")
    ask = page.get_by_role("button", name="Ask a moderator to look")
    waits = page.get_by_text("A moderator will look at it.")
    await expect(ask.or_(waits)).to_be_visible()
    if await ask.is_visible():
        await page.get_by_label("Give a document").set_input_files(
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        await expect(page.get_by_role("button", name="Remove")).to_be_visible()
        await ask.click()
        await expect(waits).to_be_visible()
    return page


async def verifications(stage: Stage) -> Page:
    await own_verification(stage)
    page = await stage.page("mo")
    await page.goto("/moderation/verifications")
    await expect(page.get_by_text("One request waits.")).to_be_visible()
    await waiting_is_told(page)
    return page


async def worklist_counts(stage: Stage) -> Page:
    page = await stage.page("cleo")
    await page.goto("/")
    await expect(page.get_by_role("heading", name="cases are open here")).to_be_visible()
    await expect(page.get_by_role("heading", name=re.compile("for (its|their) outcome"))).to_be_visible()
    return page


async def nowhere(stage: Stage) -> Page:
    page = await stage.page("ana")
    await page.goto("/case/nowhere-at-all")
    await expect(page.get_by_text("There is no such case")).to_be_visible()
    await expect(page.locator(".room-band, .room-case, .room-people")).to_have_count(0)
    return page


async def room_flagging(stage: Stage) -> Page:
    """How far the list scrolled as the form took the focus hangs on the machine's pace: the form is put in place."""
    consult = await stage.enter("ana", stage.room)
    await consult.begin_flag(BETTER)
    await settle(consult.page)
    first = consult.page.get_by_role("radio", name="It is dangerous")
    await first.evaluate("(radio) => radio.closest('form').scrollIntoView({ block: 'start' })")
    return consult.page


async def moderation(stage: Stage) -> Page:
    page = await stage.page("mo")
    await page.goto("/moderation")
    await expect(page.get_by_role("region", name="Flags that wait").get_by_role("listitem").first).to_be_visible()
    await waiting_is_told(page)
    return page


async def imposing_sheet(stage: Stage) -> Page:
    page = await moderation(stage)
    await page.get_by_role("button", name="Impose a sanction").click()
    await page.get_by_role("dialog").get_by_role("radio", name=re.compile("^Mute")).check()
    return page


SCENES: Final[dict[str, Scene]] = {
    "sign-in": Scene(sign_in),
    "demo-sign-in": Scene(demo_sign_in),
    "worklist": Scene(worklist),
    "worklist-empty": Scene(worklist_empty),
    "ask": Scene(ask),
    "ask-with-errors": Scene(ask_with_errors),
    "room-presenter": Scene(room_of_presenter),
    "room-disputing": Scene(room_disputing),
    # A form that is open scrolls as the window is made another: each width is played by itself.
    "room-flagging": Scene(room_flagging, (360,)),
    "room-flagging-wide": Scene(room_flagging, (1440,)),
    "room-viewer": Scene(room_of_viewer),
    "room-observer": Scene(room_of_observer),
    "room-closed": Scene(room_closed),
    "room-offline": Scene(room_offline),
    "room-refused": Scene(room_refused),
    "room-identifiers": Scene(room_identifiers),
    "ask-identifiers": Scene(ask_identifiers),
    "room-unrecorded": Scene(room_unrecorded),
    "room-nowhere": Scene(nowhere),
    "called": Scene(called),
    "reading-back": Scene(reading_back),
    "declining": Scene(declining, NARROW),
    "room-ringing": Scene(room_ringing),
    "ring-someone-else": Scene(ring_sheet, NARROW),
    "black-out": Scene(blacking_out),
    "room-pictures": Scene(room_with_pictures),
    "picture": Scene(picture),
    "people": Scene(people_sheet, NARROW),
    "case": Scene(case_sheet, NARROW),
    "closing": Scene(closing_sheet, NARROW),
    "observers": Scene(observers_sheet, NARROW),
    "agreement": Scene(agreement),
    "agreement-to-accept": Scene(agreement_to_accept),
    "institutions": Scene(institutions),
    "suspending": Scene(suspending),
    "reach": Scene(being_reached),
    "reach-undisturbed": Scene(undisturbed, NARROW),
    "interests": Scene(interests),
    "declaring": Scene(declaring, NARROW),
    "rosters": Scene(rosters),
    "roster-shifts": Scene(shifts),
    "ask-interrupting": Scene(ask_interrupting),
    "menu": Scene(menu),
    # Wider, there is a token in sight, and when it ends.
    "account": Scene(account, (PHONE["width"],)),
    "keys": Scene(keys_help),
    "moderation": Scene(moderation),
    "imposing": Scene(imposing_sheet, NARROW),
    "archive": Scene(archive),
    "archived-case": Scene(archived_case),
    "outcome": Scene(outcome_sheet, NARROW),
    "awards": Scene(own_awards),
    "insights": Scene(insights),
    "who-answers": Scene(who_answers, (DESK["width"],)),
    "calibration": Scene(calibration, (PHONE["width"],)),
    "bias-watch": Scene(bias_watch),
    "bias-history": Scene(bias_history),
    "record": Scene(own_record),
    "record-claims": Scene(own_claims),
    "record-of-colleague": Scene(record_of_colleague, NARROW),
    "narrowing": Scene(narrowing, NARROW),
    "register": Scene(registering),
    "verification": Scene(own_verification),
    "verifications": Scene(verifications),
    "worklist-counts": Scene(worklist_counts),
    # Cases of their own, which are in the archive afterwards.
    "room-blind": Scene(room_before_one_s_opinion),
    "opinion-sheet": Scene(opinion_sheet),
    "room-opinions": Scene(room_with_opinions),
    "room-opinions-weighed": Scene(room_with_weighed_opinions),
    "room-plan": Scene(room_with_a_plan),
    "room-evidence": Scene(room_with_evidence),
    "room-adding-evidence": Scene(room_adding_evidence),
    "room-taking-over": Scene(room_to_take_over),
    "handing-over": Scene(hand_over_sheet, NARROW),
    "room-poll": Scene(room_with_a_poll, NARROW),
    "room-voted": Scene(room_that_has_voted),
    "poll-sheet": Scene(poll_sheet, NARROW),
    "survey": Scene(survey_sheet, NARROW),
    "room-awarding": Scene(room_awarding),
    "awarding-question": Scene(awarding_the_question, (PHONE["width"],)),
    "awards-given": Scene(awards_given),
    "award-desk": Scene(award_desk, (PHONE["width"], DESK["width"])),
    "surveys-asked": Scene(surveys_asked, (PHONE["width"], DESK["width"])),
    "asking-a-survey": Scene(asking_a_survey, (PHONE["width"], DESK["width"])),
}


def narrowest(name: str) -> dict[str, Any]:
    """Of a stage: in the smallest window that has this scene, for somebody who wants no motion."""
    viewport = {"width": SCENES[name].widths[0], "height": PHONE["height"]}
    return {"viewport": viewport, "reduced_motion": "reduce"}
