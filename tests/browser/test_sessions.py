"""The sign-in ends while somebody is at work, on this server or by their own hand."""

import asyncio

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.person import KEPT, PATIENCE_MS, Person
from tests.browser.records import assert_agree
from tests.browser.trouble import LINE_DOWN, UNKNOWN
from tests.endtoend.callers import said
from tests.endtoend.site import PASSWORD

# So many looks in a row at the same number of files, and no fewer than these, are all there are.
CALM, FEW = 15, 100
SENT, UNFINISHED = said("Fluids are in."), said("What I was about to say.")


async def test_who_is_signed_out_in_mid_sentence_signs_in_over_the_page_and_goes_on(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await signed_in(arrivals)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write(UNFINISHED)
    await end_session(arrivals, ana)
    form = ana.page.get_by_role("dialog", name="Sign in")
    await expect(form.get_by_text("Your sign-in has ended.")).to_be_visible()
    await expect(form.get_by_label("Handle")).to_have_value("ana")
    await form.get_by_label("Password").fill(PASSWORD)
    await form.get_by_role("button", name="Sign in").click()
    await expect(form).to_be_hidden()
    await expect(at_ana.box).to_have_value(UNFINISHED)
    await at_ana.send()
    await at_ana.sees_on_record(UNFINISHED)
    await assert_agree(arrivals.callers, room, [UNFINISHED], at_ana)


async def test_who_signs_out_leaves_nothing_on_the_device(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await signed_in(arrivals)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write(UNFINISHED)
    await ana.page.get_by_role("button", name="Menu").click()
    await ana.page.get_by_role("button", name="Sign out").click()
    await expect(ana.page.get_by_label("Handle")).to_have_value("")
    state = await ana.context.storage_state(indexed_db=True)
    assert UNFINISHED not in str(state)
    assert "ana" not in str(state["origins"])


async def test_the_form_over_a_page_cannot_be_closed(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await signed_in(arrivals)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.write(UNFINISHED)
    await end_session(arrivals, ana)
    form = ana.page.get_by_role("dialog", name="Sign in")
    await expect(form.get_by_text("Your sign-in has ended.")).to_be_visible()
    for _ in range(3):
        await ana.page.keyboard.press("Escape")
    await ana.page.mouse.click(5, 5)
    await expect(form.get_by_role("button", name="Close")).to_have_count(0)
    await form.get_by_label("Password").fill(PASSWORD)
    await form.get_by_role("button", name="Sign in").click()
    await expect(at_ana.box).to_have_value(UNFINISHED)


async def test_who_signs_out_of_a_locked_page_is_asked_first_and_told_why_it_could_not_be(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.stranger(**KEPT)
    ana.trouble.announce(UNKNOWN, LINE_DOWN)
    await ana.page.clock.install()
    await sign_in(ana)
    at_ana = await Consult.enter(ana.page, room)
    async with ana.page.expect_response("**/api/signin"):
        await ana.page.clock.run_for(6_000)
    await kept(ana)
    await ana.context.set_offline(True)
    await at_ana.write(SENT)
    await at_ana.send()
    await expect(at_ana.post(SENT)).to_contain_text("not on record yet")
    await ana.page.clock.fast_forward("31:00")
    form = ana.page.get_by_role("dialog", name="Sign in")
    await expect(form.get_by_text("Nobody was here for a while.")).to_be_visible()
    await assert_accessible(ana.page, "locked")
    await form.get_by_role("button", name="Sign out").click()
    await expect(form.get_by_role("alert")).to_contain_text("One message is not on record yet.")
    await form.get_by_role("button", name="Sign out and drop them").click()
    await expect(form.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    await ana.context.set_offline(False)
    await form.get_by_label("Password").fill(PASSWORD)
    await form.get_by_role("button", name="Sign in").click()
    await expect(form).to_be_hidden()
    await at_ana.sees_on_record(SENT)


async def kept(person: Person) -> None:
    """Return once all of the page is on the device: it comes file by file, behind what is looked at."""
    script = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).length))).reduce((sum, count) => sum + count, 0)"""
    counts = [0]
    for _ in range(PATIENCE_MS // 100):
        counts.append(await person.page.evaluate(script))
        if len(counts) > CALM and counts[-CALM] == counts[-1] > FEW:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the page is not kept after {counts[-1]} files")


async def signed_in(arrivals: Arrivals) -> Person:
    """Ana with a session of her own, which a test may end."""
    ana = await arrivals.stranger()
    ana.trouble.announce(UNKNOWN)
    await sign_in(ana)
    return ana


async def sign_in(ana: Person) -> None:
    await ana.page.goto("/")
    await ana.page.get_by_label("Handle").fill("ana")
    await ana.page.get_by_label("Password").fill(PASSWORD)
    await ana.page.get_by_role("button", name="Sign in").click()
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def end_session(arrivals: Arrivals, person: Person) -> None:
    """As from another tab of theirs."""
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in await person.context.cookies())
    headers = {"Cookie": cookies, "Origin": f"http://{person.address}"}
    answer = await arrivals.callers.request("DELETE", "/api/sessions/current", headers=headers)
    assert answer.status_code == 204, answer.text
