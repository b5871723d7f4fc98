"""The line, the node, the tab, the record or a tier goes away: nothing that was typed is lost, nor anything doubled."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.asking import write_case
from tests.browser.consult import Consult
from tests.browser.line import Line
from tests.browser.person import KEPT
from tests.browser.records import assert_agree, said_in
from tests.browser.trouble import LINE_DOWN
from tests.browser.whisper import Whisper
from tests.endtoend.callers import said
from tests.endtoend.site import Cluster, Site

BEFORE, FIRST, SECOND = said("Pulse 140."), said("Fluids are in."), said("Still cold to the knee.")
UNSENT = "not on record yet"
OUTBOX: Final = "**/assets/open-*.js"


@pytest_asyncio.fixture(loop_scope="session")
async def line(site: Site) -> AsyncIterator[Line]:
    async with Line(site.web(0).address) as line:
        yield line


async def test_what_is_sent_offline_is_marked_and_goes_on_record_when_the_line_is_back(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", **KEPT), await arrivals.of("ben", **KEPT)
    at_ana, at_ben = await Consult.enter(ana.page, room), await Consult.enter(ben.page, room)
    ana.trouble.announce(LINE_DOWN)
    await ana.context.set_offline(True)
    await expect(ana.page.get_by_text("You are offline.")).to_be_visible()
    for text in (FIRST, SECOND):
        await at_ana.write(text)
        await at_ana.send()
        await expect(at_ana.post(text)).to_contain_text(UNSENT)
    await ana.context.set_offline(False)
    for text in (FIRST, SECOND):
        await at_ana.sees_on_record(text)
        await at_ben.sees(text)
    await expect(ana.page.get_by_text("You are offline.")).to_be_hidden()
    await assert_agree(arrivals.callers, room, [FIRST, SECOND], at_ana, at_ben)


async def test_a_case_that_is_written_offline_is_opened_when_the_line_is_back(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", **KEPT)
    cleo.trouble.announce(LINE_DOWN)
    await cleo.page.goto("/ask")
    title = said("A case from a valley without a line")
    await expect(cleo.page.get_by_label("Title")).to_be_visible()
    await cleo.context.set_offline(True)
    await write_case(cleo.page, title)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(cleo.page.get_by_text("Kept on this device. It is sent when the line is back.")).to_be_visible()
    await cleo.context.set_offline(False)
    await expect(cleo.page).to_have_url(re.compile("/case/"))
    cases = (await arrivals.callers.get("/api/cases", "cleo", status="open"))["cases"]
    assert [case["title"] for case in cases].count(title) == 1


async def test_a_sentence_that_is_half_written_is_there_after_a_reload(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", **KEPT)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write("Half a sen")
    await ana.page.reload()
    await expect(at_ana.box).to_have_value("Half a sen")
    await at_ana.write("tence.")
    await expect(at_ana.box).to_have_value("Half a sentence.")
    assert await said_in(arrivals.callers, room) == []


async def test_a_sentence_that_is_half_written_stays_when_its_writer_gets_another_tier(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    me = (await arrivals.callers.call("ana")).me
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    await ben.ask("post", room=room, text=BEFORE)
    server = await Whisper.to(ana.page)
    at_ana = await Consult.enter(ana.page, room)
    corroborate = at_ana.post(BEFORE).get_by_role("button", name="Corroborate", exact=True)
    await expect(corroborate).to_have_count(1)
    await at_ana.write("Half a sen")
    server.say({"t": "me", "me": me | {"tier": 1}})
    await expect(corroborate).to_have_count(0)
    await at_ana.write("tence.")
    await expect(at_ana.box).to_have_value("Half a sentence.")


async def test_a_post_whose_ack_was_lost_is_there_once_after_a_reload(arrivals: Arrivals, line: Line) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", line.address, **KEPT), await arrivals.callers.seated("ben", room)
    at_ana = await Consult.enter(ana.page, room)
    ana.trouble.announce(LINE_DOWN)
    # The outbox is fetched with the first that is said.
    await at_ana.say(BEFORE)
    await ben.next("event", kind="post")
    line.swallow()
    await at_ana.write(FIRST)
    await at_ana.send()
    await ben.next("event", kind="post")
    await expect(at_ana.post(FIRST)).not_to_contain_text("On record")
    line.mend()
    await ana.page.reload()
    await at_ana.sees_on_record(FIRST)
    await at_ana.say(SECOND)
    await assert_agree(arrivals.callers, room, [BEFORE, FIRST, SECOND], at_ana)


async def test_two_tabs_of_one_person_show_both_posts_once(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", **KEPT)
    one, other = await Consult.enter(ana.page, room), await Consult.enter(await ana.tab(), room)
    ana.trouble.announce(LINE_DOWN)
    await ana.context.set_offline(True)
    for tab, text in ((one, FIRST), (other, SECOND)):
        await tab.write(text)
        await tab.send()
        await expect(tab.post(text)).to_contain_text(UNSENT)
    await ana.context.set_offline(False)
    for tab in (one, other):
        for text in (FIRST, SECOND):
            await tab.sees_on_record(text)
    texts = await said_in(arrivals.callers, room)
    assert sorted(texts) == sorted([FIRST, SECOND])
    await assert_agree(arrivals.callers, room, texts, one, other)


async def test_what_a_closed_tab_had_sent_is_sent_by_the_next_tab(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", **KEPT), await arrivals.callers.seated("ben", room)
    ana.trouble.announce(LINE_DOWN)
    at_ana = await Consult.enter(ana.page, room)
    await ana.context.set_offline(True)
    await at_ana.write(FIRST)
    await at_ana.send()
    await expect(at_ana.post(FIRST)).to_contain_text(UNSENT)
    await ana.page.close()
    await ana.context.set_offline(False)
    tab = await ana.tab()
    await tab.goto("/")
    await ben.next("event", kind="post")
    await assert_agree(arrivals.callers, room, [FIRST], await Consult.enter(tab, room))


async def test_words_outlive_a_tab_that_had_no_outbox_yet(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    ana.trouble.announce(LINE_DOWN)
    await ana.page.route(OUTBOX, lambda route: route.abort("connectionrefused"))
    at_ana = await Consult.enter(ana.page, room)
    await ana.context.set_offline(True)
    for text in (FIRST, SECOND):
        await at_ana.write(text)
        await at_ana.send()
        await expect(at_ana.post(text)).to_contain_text(UNSENT)
    await ana.page.close()
    await ana.context.set_offline(False)
    tab = await ana.tab()
    await tab.goto("/")
    for _ in (FIRST, SECOND):
        await ben.next("event", kind="post")
    await assert_agree(arrivals.callers, room, [FIRST, SECOND], await Consult.enter(tab, room))


async def test_a_case_outlives_a_tab_that_had_no_outbox_yet(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo")
    cleo.trouble.announce(LINE_DOWN)
    await cleo.page.route(OUTBOX, lambda route: route.abort("connectionrefused"))
    await cleo.page.goto("/ask")
    await expect(cleo.page.get_by_label("Title")).to_be_visible()
    await cleo.context.set_offline(True)
    title = said("A case from a tab that was closed")
    await write_case(cleo.page, title)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(cleo.page.get_by_text("Kept on this device. It is sent when the line is back.")).to_be_visible()
    await cleo.page.close()
    await cleo.context.set_offline(False)
    tab = await cleo.tab()
    await tab.goto("/ask")
    await expect(tab).to_have_url(re.compile("/case/"))
    cases = (await arrivals.callers.get("/api/cases", "cleo", status="open"))["cases"]
    assert [case["title"] for case in cases].count(title) == 1


async def test_a_page_comes_back_to_its_node_after_a_crash(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", **KEPT)
    ana.trouble.announce(LINE_DOWN)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.say(FIRST)
    node = arrivals.callers.site.web(0)
    await asyncio.to_thread(node.kill)
    await at_ana.write(SECOND)
    await at_ana.send()
    await expect(at_ana.post(SECOND)).to_contain_text(UNSENT)
    await asyncio.to_thread(node.start)
    await at_ana.sees_on_record(SECOND)
    await assert_agree(arrivals.callers, room, [FIRST, SECOND], at_ana)


@pytest.mark.parametrize("site", ["cluster"], indirect=True)
async def test_a_page_goes_on_at_another_node_when_its_own_is_killed(
    arrivals: Arrivals, line: Line, site: Site
) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", line.address, **KEPT), await arrivals.of("ben", site.web(1).address, **KEPT)
    ana.trouble.announce(LINE_DOWN)
    at_ana, at_ben = await Consult.enter(ana.page, room), await Consult.enter(ben.page, room)
    await at_ana.say(FIRST)
    await asyncio.to_thread(site.web(0).kill)
    await at_ana.write(SECOND)
    await at_ana.send()
    line.to = site.web(1).address
    await at_ana.sees_on_record(SECOND)
    await at_ben.sees(SECOND)
    await asyncio.to_thread(site.web(0).start)
    await assert_agree(arrivals.callers, room, [FIRST, SECOND], at_ana, at_ben)


@pytest.mark.parametrize("site", ["cluster"], indirect=True)
async def test_posts_wait_while_the_record_cannot_be_written_and_go_on_it_when_it_can(
    arrivals: Arrivals, site: Cluster
) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana", **KEPT), await arrivals.of("ben", **KEPT)
    ana.trouble.announce("status of 503")
    ben.trouble.announce("status of 503")
    at_ana, at_ben = await Consult.enter(ana.page, room), await Consult.enter(ben.page, room)
    await asyncio.to_thread(site.postgres.kill)
    for at, text in ((at_ana, FIRST), (at_ben, SECOND)):
        await at.write(text)
        await at.send()
        await expect(at.page.get_by_text("The record cannot be written just now.")).to_be_visible()
        await expect(at.post(text)).not_to_contain_text("On record")
    for at, text in ((at_ana, SECOND), (at_ben, FIRST)):
        await at.sees(text)
        await expect(at.post(text)).to_contain_text(UNSENT)
    await asyncio.to_thread(site.postgres.start)
    for at, text in ((at_ana, FIRST), (at_ben, SECOND)):
        await at.sees_on_record(text)
    await at_ana.sees(SECOND)
    await at_ben.sees(FIRST)
    await assert_agree(arrivals.callers, room, await said_in(arrivals.callers, room), at_ana, at_ben)
    assert len(await said_in(arrivals.callers, room)) == 2
