"""Flags, warnings, notices and the moderators' screen, in a small and a large window, without a mouse."""

import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.keyboard import assert_focus_seen, press, tab_to
from tests.browser.layout import assert_fits
from tests.browser.pictures import SEEN
from tests.browser.slowness import slow_answers
from tests.browser.windows import resize
from tests.endtoend.callers import Callers, said

ADVICE, DRAFT, REASON = said("Ten vials at once."), said("What I was about to say."), said("Copied from a leaflet.")

every_width: Final = pytest.mark.parametrize("width", (360, 1280))


@every_width
async def test_a_physicians_flag_warns_the_room_at_once(arrivals: Arrivals, width: int) -> None:
    room = await advised(arrivals.callers)
    ana, cleo = await arrivals.of("ana"), await arrivals.of("cleo")
    at_ana, at_cleo = await Consult.enter(ana.page, room), await Consult.enter(cleo.page, room)
    await resize(ana.page, width, 800)
    form = await begin_flag(at_ana)
    await expect(form.get_by_text("Everybody here is warned at once, with your name.")).to_have_count(2)
    await looks_well(ana.page, f"flagging-{width}")
    await ana.page.keyboard.press("Space")
    await press(ana.page, "Control+Enter", at_ana.post(ADVICE))
    for consult in (at_ana, at_cleo):
        await expect(consult.post(ADVICE)).to_contain_text("Dangerous.")
    await expect(at_cleo.post(ADVICE)).to_contain_text("Warned by ana")
    await looks_well(ana.page, f"warned-{width}")


@every_width
async def test_a_post_that_two_warn_of_is_folded_away_and_opens_for_whoever_wants(
    arrivals: Arrivals, width: int
) -> None:
    room = await advised(arrivals.callers)
    cleo = await arrivals.of("cleo")
    await resize(cleo.page, width, 800)
    at_cleo = await Consult.enter(cleo.page, room)
    await flag(arrivals.callers, "ana", room)
    await flag(arrivals.callers, "writer0", room)
    folded = at_cleo.feed.get_by_role("article").filter(has_text="Folded away as dangerous by ana and")
    await expect(folded).to_be_visible()
    await expect(cleo.page.get_by_text(ADVICE, exact=True)).to_have_count(0)
    await looks_well(cleo.page, f"folded-{width}")
    show = folded.get_by_role("button", name="Show")
    await show.focus()
    await cleo.page.keyboard.press("Enter")
    await expect(cleo.page.get_by_text(ADVICE, exact=True)).to_be_visible()
    await expect(folded.get_by_role("button", name="Fold away")).to_be_focused()
    await assert_focus_seen(cleo.page)
    await looks_well(cleo.page, f"unfolded-{width}")


async def test_observers_are_shown_the_place_of_what_is_kept_from_them(arrivals: Arrivals) -> None:
    room = await advised(arrivals.callers)
    await flag(arrivals.callers, "ana", room, "identifying")
    obi = await arrivals.of("obi")
    at_obi = await Consult.enter(obi.page, room)
    await expect(at_obi.feed.get_by_text("Kept from observers.")).to_be_visible()
    await assert_accessible(obi.page, "what is kept from observers")


async def test_a_viewers_flag_goes_to_the_moderators_and_they_stay_a_viewer(arrivals: Arrivals) -> None:
    room = await advised(arrivals.callers)
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, room, "?as=follow")
    form = await begin_flag(at_ana)
    await expect(form.get_by_text("The moderators are told. The room is not.")).to_have_count(4)
    await ana.page.keyboard.press("Space")
    await press(ana.page, "Control+Enter", at_ana.post(ADVICE))
    await expect(ana.page.get_by_text("Your flag:")).to_have_count(0)
    await expect(ana.page.get_by_role("button", name="Step up")).to_be_visible()
    assert [event["kind"] for event in await arrivals.callers.log(room)] == ["opened", "post"]
    assert room in {post["room"] for post in (await arrivals.callers.get("/api/moderation/flags", "mo"))["posts"]}


@every_width
async def test_a_moderator_decides_on_flags_without_a_mouse(arrivals: Arrivals, width: int) -> None:
    room = await advised(arrivals.callers)
    await flag(arrivals.callers, "ana", room, note=REASON)
    mo = await arrivals.of("mo")
    await resize(mo.page, width, 800)
    await mo.page.goto("/")
    await tab_to(mo.page, mo.page.get_by_role("button", name="Menu"))
    await mo.page.keyboard.press("Enter")
    await mo.page.get_by_role("link", name="Moderation").press("Enter")
    card = (
        mo.page.get_by_role("region", name="Flags that wait")
        .get_by_role("listitem")
        .filter(has=mo.page.locator(f'a[href^="/case/{room}#"]'))
    )
    await expect(card).to_contain_text("dangerous")
    await expect(card).to_contain_text(REASON)
    await looks_well(mo.page, f"moderation-{width}")
    await card.get_by_role("button", name="Dismiss").press("Enter")
    await expect(card.get_by_role("textbox", name="Why do you dismiss these flags?")).to_be_focused()
    await looks_well(mo.page, f"deciding-{width}")
    await mo.page.keyboard.type("Sound advice.")
    await mo.page.keyboard.press("Control+Enter")
    await expect(card).to_have_count(0)
    await expect(mo.page.get_by_role("heading", name="Flags that wait")).to_be_focused()


@pytest_asyncio.fixture(loop_scope="session")
async def nobody_muted(callers: Callers) -> AsyncIterator[None]:
    """Whatever comes of the test, who was muted in it may write in the next."""
    yield
    for sanction in (await callers.get("/api/moderation/sanctions", "mo"))["sanctions"]:
        path = f"/api/moderation/sanctions/{sanction['id']}/lifting"
        lifted = await callers.request("POST", path, "mo", json={"reason": REASON})
        assert lifted.status_code == 200, lifted.text


@every_width
@pytest.mark.usefixtures("nobody_muted")
async def test_who_is_muted_is_told_so_where_they_would_write(arrivals: Arrivals, width: int) -> None:
    room = await advised(arrivals.callers)
    writer = await arrivals.of("ben")
    await resize(writer.page, width, 800)
    at_ben = await Consult.enter(writer.page, room)
    await at_ben.write(DRAFT)
    mo = await arrivals.of("mo")
    await resize(mo.page, width, 800)
    await impose(mo.page, width)
    place = writer.page.get_by_text(re.compile("^A moderator has muted you until .*you may read, not write"))
    await expect(place).to_contain_text(REASON)
    await expect(at_ben.box).to_have_count(0)
    await looks_well(writer.page, f"muted-{width}")
    await reads_notices(writer.page, width)
    await lift(mo.page)
    await expect(at_ben.box).to_have_value(DRAFT)


@pytest.mark.usefixtures("nobody_muted")
async def test_what_is_sent_twice_is_done_once(arrivals: Arrivals) -> None:
    page = (await arrivals.of("mo")).page
    await page.goto("/moderation?person=ben")
    sheet = page.get_by_role("dialog", name="Impose a sanction")
    await sheet.get_by_role("radio", name=re.compile("^Mute")).check()
    await sheet.get_by_label("The reason").fill(REASON)
    async with slow_answers(page, "**/api/moderation/sanctions") as imposed:
        await sheet.get_by_role("button", name="Impose a sanction").dblclick()
    await expect(sheet).to_be_hidden()
    line = page.get_by_role("region", name="In force").get_by_role("listitem").filter(has_text=REASON)
    await line.get_by_role("button", name="Lift").click()
    await expect(line.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("Talked it over.")
    async with slow_answers(page, "**/api/moderation/sanctions/*/lifting") as lifted:
        await page.keyboard.press("Control+Enter")
        await page.keyboard.press("Control+Enter")
    await expect(line).to_have_count(0)
    assert [len(imposed), len(lifted)] == [1, 1]


async def advised(callers: Callers) -> str:
    """A room in which Ben has given advice."""
    room = await callers.open_case()
    ben = await callers.seated("ben", room)
    assert (await ben.ask("post", room=room, text=ADVICE))["t"] == "ack"
    return room


async def flag(callers: Callers, person: str, room: str, reason: str = "danger", note: str = "") -> None:
    """Flag the advice, from another seat."""
    target = next(event["id"] for event in await callers.log(room) if event["kind"] == "post")
    seat = await callers.seated(person, room)
    answer = await seat.ask("flag", room=room, target=target, reason=reason, **({"note": note} if note else {}))
    assert answer["t"] == "ack", answer


async def begin_flag(consult: Consult) -> Locator:
    """Open the form at the advice, by keyboard; the first reason has the focus."""
    post = consult.post(ADVICE)
    await post.focus()
    await post.get_by_role("button", name="More").press("Enter")
    await post.get_by_role("button", name="Flag").press("Enter")
    await expect(post.get_by_role("radio", name="It is dangerous")).to_be_focused()
    return post


async def impose(page: Page, width: int) -> None:
    """Mute Ben for a day."""
    await page.goto("/moderation?person=ben")
    sheet = page.get_by_role("dialog", name="Impose a sanction")
    await expect(sheet.get_by_label("On whom")).to_have_value("ben")
    await sheet.get_by_role("radio", name=re.compile("^Mute")).press("Space")
    await expect(sheet.get_by_role("radio", name="1 day")).to_be_checked()
    await sheet.get_by_label("The reason").fill(REASON)
    await looks_well(page, f"imposing-{width}")
    await sheet.get_by_role("button", name="Impose a sanction").press("Enter")
    await expect(sheet).to_be_hidden()
    await expect(page.get_by_role("region", name="In force")).to_contain_text(REASON)


async def lift(page: Page) -> None:
    region = page.get_by_role("region", name="In force")
    line = region.get_by_role("listitem").filter(has_text=REASON)
    await line.get_by_role("button", name="Lift").press("Enter")
    await expect(line.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("Talked it over.")
    await page.keyboard.press("Control+Enter")
    await expect(line).to_have_count(0)
    await expect(region).to_be_visible()


async def reads_notices(page: Page, width: int) -> None:
    """By the mark, which is gone afterwards; the focus is not."""
    await page.get_by_role("button", name=re.compile(r"^\d+ new notice")).press("Enter")
    sheet = page.get_by_role("dialog", name="Notices")
    await expect(sheet.get_by_role("listitem").first).to_contain_text("A moderator has muted you")
    await looks_well(page, f"notices-{width}")
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(page.get_by_role("button", name=re.compile("new notice"))).to_have_count(0)
    await expect(page.get_by_role("button", name="Menu")).to_be_focused()


async def looks_well(page: Page, name: str) -> None:
    """Axe finds nothing, nothing is cut off, and a picture of it lies in build/screens."""
    await assert_accessible(page, name)
    await assert_fits(page, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SEEN / f"{name}.png")
