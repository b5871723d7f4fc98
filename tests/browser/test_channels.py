"""Being called: an alarm in the page, a push while it is closed, and the channels on one's own page."""

from secrets import token_hex
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect
from sqlalchemy import update

from persistence.moderation.notices import notify
from persistence.moderation.tables import Notice as Row
from persistence.sqlite import Sqlite
from realtime.rooms.notices import Notice
from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits
from tests.browser.pictures import SCHEMES, SEEN
from tests.browser.windows import resize, settle
from tests.endtoend.callers import Callers
from web.clock import now_ms

every_width: Final = pytest.mark.parametrize("width", (360, 1280))
# Playwright looks at a page as if somebody touched it.
UNTOUCHED: Final = "Object.defineProperty(navigator, 'userActivation', {value: {hasBeenActive: false}})"
SOUND: Final = "Sound is off. Tap to turn it on."


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def nobody_called(callers: Callers) -> None:
    """Calls that earlier tests have left ring no more."""
    await written(callers, lambda sql: sql.execute(update(Row).values(seen_at=1)))


@every_width
async def test_a_stat_call_rings_until_it_is_opened(arrivals: Arrivals, width: int) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    await resize(ana.page, width, 800)
    await ana.page.add_init_script(UNTOUCHED)
    await ana.page.goto("/")
    called = await call(arrivals.callers, room)
    banner = alarm(ana.page)
    await expect(banner).to_contain_text("Stat case, paediatrics")
    await expect(banner.get_by_role("button", name=SOUND)).to_be_visible()
    await looks_well(ana.page, f"called-{width}")
    await banner.get_by_role("button", name=SOUND).press("Enter")
    await expect(banner.get_by_role("button", name=SOUND)).to_have_count(0)
    mute = banner.get_by_role("button", name="Mute")
    await expect(mute).to_be_visible()
    await banner.get_by_role("link", name="Open the case").press("Enter")
    await expect(ana.page).to_have_url(f"http://{ana.address}/case/{room}")
    await expect(mute).to_have_count(0)
    await expect(banner).to_contain_text("Stat case, paediatrics")
    assert await was_seen(arrivals.callers, ana.page, called)


async def test_a_call_that_is_muted_stays_and_rings_no_more(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana")
    await ana.page.goto("/")
    await call(arrivals.callers, room)
    mute = alarm(ana.page).get_by_role("button", name="Mute")
    await mute.click()
    await expect(mute).to_have_count(0)
    await expect(alarm(ana.page)).to_contain_text("Stat case")
    await call(arrivals.callers, room)
    await expect(mute).to_be_visible()


async def test_what_was_opened_on_one_device_is_silent_on_the_other(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    phone, desk = await arrivals.of("ana"), await arrivals.of("ana")
    for device in (phone, desk):
        await device.page.goto("/")
    await call(arrivals.callers, room)
    await expect(alarm(desk.page)).to_be_visible()
    await alarm(phone.page).get_by_role("link", name="Open the case").click()
    await expect(alarm(desk.page)).to_have_count(0)


@every_width
async def test_one_adds_a_way_to_be_reached(arrivals: Arrivals, width: int) -> None:
    ben = await arrivals.of("ben")
    await resize(ben.page, width, 800)
    await ben.page.goto("/reach")
    channels = ben.page.get_by_role("region", name="How you are reached")
    await channels.get_by_role("radio", name="Pager or another system").check()
    await channels.get_by_label("Address that is called").fill(f"https://pager{width}.invalid/page")
    await channels.get_by_label("Name").fill("Ward pager")
    await channels.get_by_role("button", name="Add", exact=True).click()
    await expect(channels).to_contain_text("Copy the secret now")
    await looks_well(ben.page, f"channel-added-{width}", channels)
    await channels.get_by_role("button", name="I have kept it").click()
    added = channels.get_by_role("listitem").filter(has_text=f"pager{width}.invalid")
    await added.get_by_role("button", name="Ring me now").click()
    await expect(added).to_contain_text("It did not go (unreachable)")
    await added.get_by_text("What it is for").click()
    await looks_well(ben.page, f"channels-{width}", channels)
    await added.get_by_role("button", name="Remove").click()
    await expect(added).to_have_count(0)


async def test_an_address_that_is_none_is_said(arrivals: Arrivals) -> None:
    ben = await arrivals.of("ben")
    ben.trouble.announce("status of 422")
    await ben.page.goto("/reach")
    channels = ben.page.get_by_role("region", name="How you are reached")
    await channels.get_by_role("radio", name="Pager or another system").check()
    await channels.get_by_label("Address that is called").fill("http://inside/")
    await channels.get_by_role("button", name="Add", exact=True).click()
    await expect(channels.get_by_role("alert")).to_contain_text("begins with https://")
    await expect(channels.get_by_label("Address that is called")).to_have_value("http://inside/")


def alarm(page: Page) -> Locator:
    return page.get_by_role("region", name="You are called")


async def call(callers: Callers, room: str, acuity: str = "stat") -> str:
    """Ana is called to a case; the id of the notice."""
    id, text, at = token_hex(8), "Stat case, paediatrics. You are asked to help.", now_ms()
    page = Notice(id=id, person=await ana_of(callers), kind="page", text=text, at=at, room=room, page=id, acuity=acuity)
    await written(callers, lambda sql: notify(sql, [page]))
    return id


async def ana_of(callers: Callers) -> str:
    me: str = (await callers.get("/api/sessions/current", "ana"))["person"]
    return me


async def was_seen(callers: Callers, page: Page, notice: str) -> bool:
    """Whether it comes on record within some seconds that this notice was looked at."""
    person = await ana_of(callers)
    for _ in range(100):
        if (await written(callers, lambda sql: sql.get_one(Row, (notice, person)))).seen_at is not None:
            return True
        await settle(page)
    return False


async def written(callers: Callers, fn: Any) -> Any:
    database = Sqlite(str(callers.site.var / "curbside.db"))
    try:
        return await database.write(fn)
    finally:
        await database.close()


async def looks_well(page: Page, name: str, part: Locator | None = None) -> None:
    """Axe finds nothing, nothing is cut off, and pictures of it lie in build/screens."""
    await assert_accessible(page, name)
    await assert_fits(page, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        await (part or page).screenshot(path=SEEN / f"{name}-{scheme}.png", animations="disabled")
    await page.emulate_media(color_scheme=None)
