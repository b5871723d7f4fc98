"""Rooms in which a consult is further: plan, opinions, evidence, polls, hand-over."""

import re

from playwright.async_api import Page, expect

from tests.browser import evidence, polling
from tests.browser.stage import Stage


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
