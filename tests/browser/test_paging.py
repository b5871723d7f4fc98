"""Being called to a case and answering, on the phone and on the desk, and what the presenter sees of it."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.hearing import hears, listen
from tests.browser.keyboard import press, tab_to
from tests.browser.layout import assert_fits, assert_for_thumbs
from tests.browser.person import PHONE, Person
from tests.browser.pictures import SCHEMES, SEEN
from tests.browser.trouble import LINE_DOWN
from tests.browser.windows import resize
from tests.endtoend.callers import Callers, said
from tests.endtoend.raw import Raw
from tests.endtoend.site import Embedded

READ_BACK: Final = said("Drowsy toddler, purpura, you think of septic shock and ask what to give.")
TOUCH: Final[dict[str, Any]] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


@pytest.fixture
def site(paging_site: Embedded) -> Embedded:
    return paging_site


class Cases:
    """Cases that are closed after the test: open ones would go on calling people."""

    def __init__(self, callers: Callers) -> None:
        self._callers = callers
        self._open: list[str] = []

    async def open(self, acuity: str = "stat", **parts: Any) -> str:
        """The id of a case of cleo's, which calls people at once."""
        room = await self._callers.open_case("cleo", acuity=acuity, **parts)
        self._open.append(room)
        return room

    async def close(self) -> None:
        for room in self._open:
            cleo = await self._callers.seated("cleo", room)
            closed = await cleo.ask("close", room=room, disposition="advised", summary=said("Over."))
            assert closed["t"] == "ack", closed


@pytest_asyncio.fixture(loop_scope="session")
async def cases(callers: Callers) -> AsyncIterator[Cases]:
    cases = Cases(callers)
    yield cases
    await cases.close()


async def test_who_is_called_takes_a_stat_case_by_reading_it_back(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals, **TOUCH)
    room = await cases.open()
    await expect(called(ana)).to_contain_text("Stat case")
    await expect(called(ana)).to_contain_text(re.compile(r"[12]:\d\d left to answer"))
    await looks_well(ana, "called-360")
    await act(ana, "I have it").click()
    await expect(called(ana)).to_contain_text("Toddler, drowsy")
    await looks_well(ana, "reading-back-360")
    await write(ana, "ok")
    await act(ana, "Take the case").click()
    await expect(called(ana)).to_contain_text("Say its situation in a line of your own.")
    await write(ana, READ_BACK)
    await act(ana, "Take the case").click()
    await expect(ana.page).to_have_url(re.compile(f"/case/{room}$"))
    await expect(Consult(ana.page).feed).to_contain_text(f"ana accepted: {READ_BACK}")
    await expect(called(ana)).to_have_count(0)


async def test_who_cannot_says_why_with_one_tap_and_the_presenter_sees_it(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals, **TOUCH)
    room = await cases.open("asap")
    cleo = (await Consult.enter((await arrivals.of("cleo")).page, room)).page
    await act(ana, "I cannot").click()
    await looks_well(ana, "declining-360")
    await act(ana, "With a patient").click()
    await expect(called(ana)).to_have_count(0)
    await rung(cleo).get_by_text("Who was rung").click()
    row = rung(cleo).get_by_role("listitem").filter(has_text="ana").last
    await expect(row).to_contain_text("Cannot")
    await expect(row).to_contain_text("With a patient")
    await expect(Consult(cleo).feed).to_contain_text("ana declined: With a patient")


async def test_another_reason_is_given_in_words(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    room = await cases.open("asap")
    await act(ana, "I cannot").click()
    await act(ana, "Another reason").click()
    await act(ana, "Send").click()
    await expect(called(ana)).to_contain_text("Say in a word why.")
    await called(ana).get_by_label("Your reason").fill(said("On the road."))
    await act(ana, "Send").click()
    await expect(called(ana)).to_have_count(0)
    log = await arrivals.callers.log(room)
    assert [event["body"]["reason"] for event in log if event["kind"] == "responded"] == [said("On the road.")]


async def test_the_presenter_sees_how_far_everybody_is(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    room = await cases.open()
    cleo = await arrivals.of("cleo")
    await Consult.enter(cleo.page, room)
    strip = rung(cleo.page)
    await expect(strip).to_contain_text("Ringing one")
    await expect(strip).to_contain_text("1 reached")
    await expect(strip).to_contain_text(re.compile(r"next circle in [12]:\d\d"))
    await called(ana).get_by_text("Stat case").click()
    await expect(strip).to_contain_text("1 seen")
    await strip.get_by_text("Who was rung").click()
    await expect(strip).to_contain_text("Has seen it")
    for width in (360, 1280):
        await resize(cleo.page, width, 740)
        await looks_well(cleo, f"ringing-{width}")
    await act(ana, "I have it").click()
    await write(ana, READ_BACK)
    await act(ana, "Take the case").click()
    await expect(strip).to_contain_text("ana (Paediatric intensive care, Switzerland) has it")
    await expect(strip).to_contain_text(READ_BACK)
    await looks_well(cleo, "taken-1280")
    await strip.get_by_role("button", name="Close").click()
    await expect(strip).to_have_count(0)


async def test_what_one_takes_on_one_device_calls_on_no_other(arrivals: Arrivals, cases: Cases) -> None:
    phone, desk = await at_the_worklist(arrivals, **TOUCH), await at_the_worklist(arrivals)
    await cases.open("asap")
    await expect(act(desk, "I have it")).to_be_visible()
    await act(phone, "I have it").click()
    await expect(Consult(phone.page).feed).to_be_visible()
    await expect(act(desk, "I have it")).to_have_count(0)


async def test_who_was_about_to_answer_is_told_who_was_first(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    await arrivals.callers.call("ben")
    room = await cases.open()
    await act(ana, "I have it").click()
    ben = await arrivals.callers.seated("ben", room)
    page = await page_of(ben, room)
    taken = await ben.ask("respond", room=room, page=page, answer="accept", read_back=READ_BACK)
    assert taken["t"] == "ack", taken
    await expect(called(ana)).to_contain_text("ben has taken it.")
    await looks_well(ana, "taken-by-another")
    await act(ana, "Put away").click()
    await expect(called(ana)).to_have_count(0)


async def test_the_most_urgent_call_is_first_and_the_others_are_counted(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    await cases.open("asap")
    await expect(called(ana)).to_contain_text("Case that cannot wait")
    await cases.open("stat")
    await expect(called(ana)).to_contain_text("Stat case")
    await expect(called(ana)).to_contain_text("One more case calls you")
    await looks_well(ana, "called-twice")
    await act(ana, "I cannot").click()
    await act(ana, "Off duty").click()
    await expect(called(ana)).to_contain_text("Case that cannot wait")


async def test_a_second_call_leaves_what_one_writes_to_the_first(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    room = await cases.open("asap")
    await act(ana, "I cannot").click()
    await act(ana, "Another reason").click()
    reason = called(ana).get_by_label("Your reason")
    await reason.fill(said("On the road."))
    await cases.open("stat")
    await expect(called(ana)).to_contain_text("One more case calls you")
    await expect(reason).to_have_value(said("On the road."))
    await expect(reason).to_be_focused()
    await act(ana, "Send").click()
    await expect(called(ana)).to_contain_text("Stat case")
    log = await arrivals.callers.log(room)
    assert [event["body"]["reason"] for event in log if event["kind"] == "responded"] == [said("On the road.")]


async def test_a_call_that_interrupts_nobody_waits_in_its_room(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    room = await cases.open("urgent")
    await expect(ana.page.get_by_role("button", name="1 new notice")).to_be_visible()
    await expect(called(ana)).to_have_count(0)
    await Consult.enter(ana.page, room)
    await expect(act(ana, "I have it")).to_be_visible()


async def test_an_answer_without_a_line_goes_out_when_it_is_back(arrivals: Arrivals, cases: Cases) -> None:
    ana = await at_the_worklist(arrivals)
    room = await cases.open("asap")
    await expect(act(ana, "I have it")).to_be_visible()
    ana.trouble.announce(LINE_DOWN)
    await ana.context.set_offline(True)
    await expect(ana.page.get_by_text("You are offline.")).to_be_visible()
    await act(ana, "I have it").click()
    await expect(called(ana)).to_contain_text("Not taken yet")
    await ana.context.set_offline(False)
    await expect(ana.page).to_have_url(re.compile(f"/case/{room}$"))
    await expect(Consult(ana.page).feed).to_contain_text("ana accepted")


async def test_the_keyboard_alone_takes_a_case_and_who_listens_is_interrupted(arrivals: Arrivals, cases: Cases) -> None:
    ana = await arrivals.of("ana")
    await listen(ana.context)
    await ready(ana)
    room = await cases.open()
    await hears(ana.page, "You are called: Stat case")
    await tab_to(ana.page, act(ana, "I have it"))
    await press(ana.page, "Enter", field(ana))
    await press(ana.page, "Escape", act(ana, "I have it"))
    await press(ana.page, "Enter", field(ana))
    await ana.page.keyboard.type(READ_BACK)
    await ana.page.keyboard.press("Control+Enter")
    await expect(ana.page).to_have_url(re.compile(f"/case/{room}$"))
    await expect(ana.page.locator("#content")).to_be_focused()


async def test_a_contributor_rings_somebody_else(arrivals: Arrivals, cases: Cases) -> None:
    room = await cases.open("urgent", specialties=["neurology"])
    cleo = await arrivals.of("cleo", viewport=PHONE)
    await Consult.enter(cleo.page, room)
    await rung(cleo.page).get_by_role("button", name="Ring someone else").click()
    sheet = cleo.page.get_by_role("dialog", name="Ring someone else")
    await sheet.get_by_role("combobox", name="Which specialty").fill("infect")
    await sheet.get_by_role("option", name="Infectious disease", exact=True).click()
    await looks_well(cleo, "ring-someone-else-360")
    await arrivals.callers.call("ben")
    await sheet.get_by_role("button", name="Ring someone else").click()
    await expect(sheet).to_have_count(0)
    await expect(rung(cleo.page)).to_contain_text("Infectious disease")
    await expect(Consult(cleo.page).feed).to_contain_text("cleo calls more people: Infectious disease")
    await expect(Consult(cleo.page).feed).to_contain_text("One person is rung")


async def test_the_presenter_rings_somebody_by_name_who_was_never_there(arrivals: Arrivals, cases: Cases) -> None:
    room = await cases.open("urgent")
    cleo = await arrivals.of("cleo", **TOUCH)
    await Consult.enter(cleo.page, room)
    await rung(cleo.page).get_by_role("button", name="Ring someone else").click()
    sheet = cleo.page.get_by_role("dialog", name="Ring someone else")
    await sheet.get_by_role("radio", name="Somebody by name").check()
    handle, send = sheet.get_by_label("Their handle"), sheet.get_by_role("button", name="Ring someone else")
    await handle.fill("nobody at all")
    cleo.trouble.announce("404")
    await sheet.get_by_role("button", name="Look them up").click()
    await expect(handle).to_have_accessible_description(re.compile("Nobody here has this handle"))
    await handle.fill("@ben")
    await send.click()
    await expect(sheet.get_by_text("This rings ben")).to_be_visible()
    await looks_well(cleo, "ringing-by-name-360")
    await send.click()
    await expect(sheet).to_have_count(0)
    ben = await arrivals.callers.call("ben")
    assert (await ben.next("notice", kind="page", room=room))["room"] == room


async def at_the_worklist(arrivals: Arrivals, **options: Any) -> Person:
    """Ana, who looks at the worklist and is connected."""
    ana = await arrivals.of("ana", **options)
    await ready(ana)
    return ana


async def ready(person: Person) -> None:
    await person.page.goto("/")
    await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    await person.page.wait_for_load_state("networkidle")


def called(person: Person) -> Locator:
    return person.page.get_by_role("region", name="You are called")


def act(person: Person, name: str) -> Locator:
    return called(person).get_by_role("button", name=name)


def field(person: Person) -> Locator:
    return called(person).get_by_label("Read it back")


async def write(person: Person, text: str) -> None:
    await field(person).fill(text)


def rung(page: Page) -> Locator:
    """Who is called, as the room shows it."""
    return page.get_by_role("region", name="Who is called")


async def page_of(seat: Raw, room: str) -> str:
    """The page that rings."""
    await seat.until(lambda: any(event["kind"] == "paged" for event in seat.events(room)))
    return str(next(event["body"]["page"] for event in seat.events(room) if event["kind"] == "paged"))


async def looks_well(person: Person, name: str) -> None:
    """Axe finds nothing, nothing is cut off, thumbs reach all, and pictures of it lie in build/screens."""
    page = person.page
    SEEN.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await assert_accessible(page, f"{name}, {scheme}")
        await page.screenshot(path=SEEN / f"{name}-{scheme}.png", animations="disabled")
    await assert_fits(page, name)
    if await page.evaluate("matchMedia('(pointer: coarse)').matches"):
        await assert_for_thumbs(page, name)
    await page.emulate_media(color_scheme=None)
