"""The page in other languages: one that is longer and accented, where English shows, and one from right to left."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.layout import assert_fits, assert_uncovered
from tests.browser.person import PHONE
from tests.browser.windows import resize
from tests.browser.words import assert_translated
from tests.endtoend.callers import Callers, said

# None is found by name: the names are what is another here.
SCREENS = ("/", "/ask", "/reach", "/rosters", "/archive", "/case/{room}", "/case/{closed}", "/archive/{closed}")
WIDTHS = (PHONE["width"], 768, 1440)


@pytest.mark.parametrize("path", SCREENS)
async def test_no_plain_english_is_left_and_longer_words_have_room(arrivals: Arrivals, path: str) -> None:
    page = (await arrivals.of("cleo")).page
    await look(page, path, "en-XA", await rooms(arrivals.callers))
    await assert_translated(page, path)
    for width in WIDTHS:
        await resize(page, width, 800)
        await assert_fits(page, f"{path} at {width} px")
        await assert_uncovered(page, f"{path} at {width} px")


@pytest.mark.parametrize("path", SCREENS)
async def test_it_reads_from_right_to_left_and_nothing_stands_outside(arrivals: Arrivals, path: str) -> None:
    page = (await arrivals.of("ana")).page
    await look(page, path, "ar-XB", await rooms(arrivals.callers))
    assert await page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    for width in WIDTHS:
        await resize(page, width, 800)
        await assert_fits(page, f"{path} at {width} px")
        await assert_uncovered(page, f"{path} at {width} px")


async def test_the_sign_in_is_translated_too(arrivals: Arrivals) -> None:
    page = (await arrivals.stranger()).page
    await page.goto("/?lang=en-XA")
    await expect(page.get_by_role("form")).to_be_visible()
    await assert_translated(page, "sign-in")


async def look(page: Page, path: str, language: str, rooms: dict[str, str]) -> None:
    await page.goto(f"{path.format(**rooms)}?lang={language}")
    await expect(page.get_by_role("heading", level=1).first).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)


async def rooms(callers: Callers) -> dict[str, str]:
    """An open case with a dispute in it, and one that was closed and sealed."""
    room, closed = await callers.open_case(), await callers.open_case()
    for case in (room, closed):
        ana, ben = await callers.seated("ana", case), await callers.seated("ben", case)
        posted = await ana.ask("post", id="advice", room=case, text=said("Antibiotics now."), kind="recommendation")
        assert posted["t"] == "ack"
        await ben.ask("corroborate", room=case, target="advice", stance="disagree", note=said("Cultures first."))
    cleo = await callers.seated("cleo", closed)
    await cleo.ask("close", room=closed, disposition="transferred", summary=said("done"))
    await cleo.until(lambda: "sealed" in {event["kind"] for event in cleo.events(closed)})
    return {"room": room, "closed": closed}
