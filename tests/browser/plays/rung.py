"""Being called, answering, ringing others, and by what one is reached."""

from playwright.async_api import Page, expect

from tests.browser.consult import Consult
from tests.browser.night import NOW_MS
from tests.browser.plays.rooms import waiting_is_told
from tests.browser.rung import RUNG, rung_in
from tests.browser.stage import Stage
from tests.browser.story import BEATS, BETTER
from tests.browser.whisper import Whisper
from tests.endtoend.raw import Frame


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
