"""A consult from a phone with one bar: 20 kbit/s, a round trip of 800 ms, and a line that breaks."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bench.browser_line import RURAL, slow_line
from tests.browser.arrivals import Arrivals
from tests.browser.asking import open_case
from tests.browser.consult import Consult
from tests.browser.line import Line
from tests.browser.person import KEPT, PATIENCE_MS, PHONE
from tests.browser.records import said_in
from tests.browser.trouble import LINE_DOWN
from tests.endtoend.callers import said
from tests.endtoend.site import PASSWORD, Site

RURAL_PATIENCE_MS: Final = 120_000
GIVE, GIVEN = said("Give noradrenaline through the cubital vein."), said("Running at 4 ml an hour.")


@pytest_asyncio.fixture(loop_scope="session")
async def valley(site: Site) -> AsyncIterator[Line]:
    """The way to the site from where there is one bar; it may be cut."""
    async with slow_line(int(site.web(0).address.rpartition(":")[2]), RURAL) as port, Line(f"127.0.0.1:{port}") as line:
        yield line


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A page of 50 KiB is 20 s on this line."""
    expect.set_options(timeout=RURAL_PATIENCE_MS)
    yield
    expect.set_options(timeout=PATIENCE_MS)


async def test_a_case_is_opened_answered_and_closed_from_a_phone_with_one_bar(arrivals: Arrivals, valley: Line) -> None:
    page = await _phone(arrivals, valley)
    room = await open_case(page)
    consult = Consult(page)
    await expect(consult.feed).to_be_visible()
    ana = await arrivals.callers.seated("ana", room)
    await ana.ask("post", room=room, text=GIVE, kind="recommendation")
    await consult.sees(GIVE)
    await consult.say(GIVEN)
    await consult.close("Transferred", said("Stable, on her way."))
    assert await said_in(arrivals.callers, room) == [GIVE, GIVEN]


async def test_what_is_said_while_the_line_breaks_is_on_record_once_it_is_back(
    arrivals: Arrivals, valley: Line
) -> None:
    room = await arrivals.callers.open_case()
    cleo = await arrivals.of("cleo", valley.address, viewport=PHONE, **KEPT)
    cleo.trouble.announce(LINE_DOWN)
    cleo.context.set_default_timeout(RURAL_PATIENCE_MS)
    consult = await Consult.enter(cleo.page, room)
    await valley.cut()
    await consult.write(GIVEN)
    await consult.send()
    await expect(consult.post(GIVEN)).to_contain_text("not on record yet")
    ana = await arrivals.callers.seated("ana", room)
    await ana.ask("post", room=room, text=GIVE)
    valley.mend()
    await consult.sees_on_record(GIVEN)
    await consult.sees(GIVE)
    assert await said_in(arrivals.callers, room) == [GIVE, GIVEN]


async def _phone(arrivals: Arrivals, valley: Line) -> Page:
    """Cleo signs in on her phone."""
    cleo = await arrivals.stranger(valley.address, viewport=PHONE, **KEPT)
    cleo.trouble.announce(LINE_DOWN)
    cleo.context.set_default_timeout(RURAL_PATIENCE_MS)
    await cleo.page.goto("/")
    await cleo.page.get_by_label("Handle").fill("cleo")
    await cleo.page.get_by_label("Password").fill(PASSWORD)
    await cleo.page.get_by_role("button", name=re.compile("^Sign in")).click()
    await expect(cleo.page.get_by_role("banner").get_by_role("link", name=re.compile("^Ask"))).to_be_visible()
    return cleo.page
