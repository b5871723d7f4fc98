"""Ways into a room, as each of those who may be in it, and what may stand in the way of a post."""

import re
from typing import Final

from playwright.async_api import Page, expect

from tests.browser.consult import Consult
from tests.browser.plays.cases import IDENTIFYING, worklist
from tests.browser.stage import Stage
from tests.browser.story import BETTER
from tests.browser.whisper import Whisper
from tests.browser.windows import settle

DRAFT: Final = "Keep the leads on: bradycardia comes with the tube."
REASON: Final = "Her pupils decide it for me: look again before she is moved."
UNRECORDED: Final = "Then leave the neostigmine. How are her reflexes now, and do her pupils still answer to light?"
BEN: Final = {"person": "ben", "handle": "ben", "role": "physician", "specialty": "infectious_disease", "tier": 2}


async def room_of_presenter(stage: Stage) -> Page:
    return (await stage.enter("cleo", stage.room)).page


async def room_disputing(stage: Stage) -> Page:
    consult = await stage.enter("ana", stage.room)
    await consult.begin_dispute(BETTER)
    await consult.page.keyboard.type(REASON)
    return consult.page


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


async def keys_help(stage: Stage) -> Page:
    page = await worklist(stage)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    return page


async def room_flagging(stage: Stage) -> Page:
    """How far the list scrolled as the form took the focus hangs on the machine's pace: the form is put in place."""
    consult = await stage.enter("ana", stage.room)
    await consult.begin_flag(BETTER)
    await settle(consult.page)
    first = consult.page.get_by_role("radio", name="It is dangerous")
    await first.evaluate("(radio) => radio.closest('form').scrollIntoView({ block: 'start' })")
    return consult.page
