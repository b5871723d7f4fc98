"""Where no WebSocket passes, a consult goes on over event streams and posts: nothing is lost, nothing is doubled."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.records import assert_agree
from tests.browser.strict import StrictLine
from tests.browser.trouble import LINE_DOWN
from tests.endtoend.callers import said
from tests.endtoend.site import Site

FIRST, SECOND, THIRD, FOURTH = said("Fluids are in."), said("Still cold."), said("And the lactate?"), said("Four.")

pytestmark = pytest.mark.parametrize("site", ["embedded", "cluster"], indirect=True)


@pytest_asyncio.fixture(loop_scope="session")
async def line(site: Site) -> AsyncIterator[StrictLine]:
    async with StrictLine([web.address for web in site.webs]) as line:
        yield line


def asked(page: Page, path: str) -> list[str]:
    """All requests that `page` is going to make at `path`, as they come."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if path in request.url else None)
    return found


async def test_a_consult_goes_on_with_a_cut_in_its_middle(arrivals: Arrivals, line: StrictLine) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", line.address), await arrivals.of("ben")
    ana.trouble.announce(LINE_DOWN)
    streams, posts = asked(ana.page, "/sse?"), asked(ana.page, "/frames")
    at_ana, at_ben = await Consult.enter(ana.page, room), await Consult.enter(ben.page, room)
    await at_ana.say(FIRST)
    await at_ben.say(SECOND)
    await at_ana.sees(SECOND)
    assert len(streams) == 1 and posts
    await line.cut()
    await at_ana.write(THIRD)
    await at_ana.send()
    await expect(at_ana.post(THIRD)).to_contain_text("not on record yet")
    await at_ben.say(FOURTH)
    line.mend()
    await at_ana.sees_on_record(THIRD)
    for at in (at_ana, at_ben):
        await at.sees(THIRD)
        await at.sees(FOURTH)
    await assert_agree(arrivals.callers, room, [FIRST, SECOND, FOURTH, THIRD], at_ana, at_ben)


async def test_the_tab_remembers_it_and_what_waited_is_sent_after_a_reload(
    arrivals: Arrivals, line: StrictLine
) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", line.address)
    ana.trouble.announce(LINE_DOWN)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.say(FIRST)
    await line.cut()
    await at_ana.write(SECOND)
    await at_ana.send()
    await expect(at_ana.post(SECOND)).to_contain_text("not on record yet")
    line.mend()
    sockets: list[str] = []
    ana.page.on("websocket", lambda socket: sockets.append(socket.url))
    await ana.page.reload()
    await at_ana.sees_on_record(SECOND)
    assert not sockets
    await assert_agree(arrivals.callers, room, [FIRST, SECOND], at_ana)
