"""Adverse events, reported at a post and acknowledged by whoever makes the product, in windows of two sizes."""

import re
from typing import Final

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.axe import assert_accessible
from tests.browser.consult import Consult
from tests.browser.keyboard import assert_focus_seen, press, tab_to
from tests.browser.layout import assert_fits
from tests.browser.pictures import SEEN
from tests.browser.trouble import LINE_DOWN
from tests.browser.windows import resize, settle
from tests.endtoend.callers import Callers, said

ADVICE: Final = said("Itch and fever a week after the antivenin.")
EVENT: Final = said("Serum sickness eight days after ten vials; better under prednisolone.")
REFUSED: Final = "status of 422"

every_width: Final = pytest.mark.parametrize("width", (360, 1280))


@every_width
async def test_a_report_is_looked_over_sent_and_acknowledged_without_a_mouse(arrivals: Arrivals, width: int) -> None:
    product = f"Antivenin {width}"
    room = await advised(arrivals.callers, product)
    ana, obi = await arrivals.of("ana"), await arrivals.of("obi")
    await resize(ana.page, width, 900)
    at_ana = await Consult.enter(ana.page, room)
    post = await begin(at_ana)
    await expect(post.get_by_label("Age of the patient")).to_have_value("1-4")
    await looks_well(ana.page, f"adverse-report-{width}")
    await ana.page.keyboard.press("Control+Enter")
    sex = post.get_by_label("Sex of the patient")
    await expect(sex).to_be_focused()
    await looks_well(ana.page, f"adverse-report-empty-{width}")
    await sex.select_option("f")
    await tab_to(ana.page, post.get_by_label("Suspect product"))
    await ana.page.keyboard.type(product)
    await tab_to(ana.page, post.get_by_label("What happened"))
    await ana.page.keyboard.type(f"{EVENT} Seen on 12/03/2024.")
    doubts = ana.page.get_by_role("region", name="This may tell who the patient is")
    await press(ana.page, "Control+Enter", doubts)
    await expect(doubts).to_contain_text("in What happened")
    await looks_well(ana.page, f"adverse-report-doubts-{width}")
    await press(ana.page, "n", post.get_by_role("button", name="Close"))
    await expect(post).to_contain_text(re.compile(r"Reported\. One institution is told, and must acknowledge it by "))
    await looks_well(ana.page, f"adverse-reported-{width}")
    await press(ana.page, "Enter", post)
    await acknowledged(obi.page, width, product)


@every_width
async def test_what_was_written_is_kept_while_the_line_is_down(arrivals: Arrivals, width: int) -> None:
    product = f"Colchicine {width}"
    room = await advised(arrivals.callers, product)
    ana = await arrivals.of("ana")
    await resize(ana.page, width, 900)
    post = await begin(await Consult.enter(ana.page, room))
    await post.get_by_label("Sex of the patient").select_option("unknown")
    await post.get_by_label("Suspect product").fill(f"Nobody's {product}")
    await post.get_by_label("What happened").fill(EVENT)
    ana.trouble.announce(LINE_DOWN)
    await ana.context.set_offline(True)
    send = post.get_by_role("button", name="Send the report")
    await send.press("Enter")
    await expect(post.get_by_role("alert")).to_contain_text("What you wrote is kept on this device")
    await looks_well(ana.page, f"adverse-report-unreached-{width}")
    await ana.context.set_offline(False)
    await ana.page.reload()
    post = await begin(Consult(ana.page))
    await expect(post.get_by_label("What happened")).to_have_value(EVENT)
    await expect(post.get_by_label("Sex of the patient")).to_have_value("unknown")
    await post.get_by_role("button", name="Send the report").press("Enter")
    await expect(post).to_contain_text("Reported. One institution is told")


async def test_what_only_the_server_finds_comes_back_into_the_form(arrivals: Arrivals) -> None:
    """Here the page has no rules: they could not be fetched."""
    room = await advised(arrivals.callers, "Digoxin")
    ana = await arrivals.of("ana")
    ana.trouble.announce("/assets/rules-", REFUSED)
    await ana.context.route(re.compile("/assets/rules-"), lambda route: route.abort())
    post = await begin(await Consult.enter(ana.page, room))
    await post.get_by_label("Sex of the patient").select_option("f")
    await post.get_by_label("Suspect product").fill("Digoxin, lot of 12/03/2024")
    await post.get_by_label("What happened").fill(EVENT)
    doubts = ana.page.get_by_role("region", name="This may tell who the patient is")
    await press(ana.page, "Control+Enter", doubts)
    await expect(doubts).to_contain_text("in Suspect product")
    await press(ana.page, "n", post.get_by_role("button", name="Close"))


@every_width
async def test_moderators_see_what_nobody_declared_and_observers_no_button_for_it(
    arrivals: Arrivals, width: int
) -> None:
    room = await advised(arrivals.callers, "Antivenin")
    event = said(f"A reaction to what nobody makes, {width}.")
    await report(arrivals.callers, room, f"Homemade {width}", event)
    mo, obi = await arrivals.of("mo"), await arrivals.of("obi")
    await resize(mo.page, width, 900)
    await mo.page.goto("/institutions")
    overdue = mo.page.get_by_role("region", name="Adverse events that nobody acknowledged")
    one = overdue.get_by_role("listitem").filter(has_text=event)
    await expect(one).to_contain_text("No institution has declared this product.")
    await expect(one).to_contain_text("physician")
    await looks_well(mo.page, f"adverse-overdue-{width}")
    await one.get_by_role("link", name="See the case").press("Enter")
    await expect(mo.page).to_have_url(re.compile(f"/case/{room}"))
    await Consult.enter(obi.page, room)
    await expect(obi.page.get_by_role("feed", name="Timeline")).to_contain_text(ADVICE)
    at_obi = Consult(obi.page).post(ADVICE)
    await at_obi.focus()
    await at_obi.get_by_role("button", name="More").press("Enter")
    await expect(at_obi.get_by_role("button", name="Copy")).to_be_visible()
    await expect(at_obi.get_by_role("button", name="Report an adverse event")).to_have_count(0)


async def advised(callers: Callers, product: str) -> str:
    """A room in which Ben has written, where the institution of Obi makes `product`."""
    path = "/api/institutions/Research institute/products"
    answer = await callers.request("POST", path, "mo", json={"products": [product]})
    assert answer.status_code == 200, answer.text
    room = await callers.open_case()
    ben = await callers.seated("ben", room)
    assert (await ben.ask("post", room=room, text=ADVICE))["t"] == "ack"
    return room


async def report(callers: Callers, room: str, product: str, event: str) -> None:
    post = next(event["id"] for event in await callers.log(room) if event["kind"] == "post")
    wish = {"post": post, "age_band": "1-4", "sex": "f", "product": product, "event": event}
    answer = await callers.request("POST", f"/api/cases/{room}/adverse-events", "ana", json=wish)
    assert answer.status_code == 201, answer.text


async def begin(consult: Consult) -> Locator:
    """Open the form at the advice, by keyboard."""
    post = consult.post(ADVICE)
    await post.focus()
    await post.get_by_role("button", name="More").press("Enter")
    await post.get_by_role("button", name="Report an adverse event").press("Enter")
    await expect(post.get_by_label("Age of the patient")).to_be_focused()
    return post


async def acknowledged(page: Page, width: int, product: str) -> None:
    """An observer answers, and the focus stays where they answered."""
    await resize(page, width, 900)
    await page.goto("/")
    yours = page.get_by_role("region", name="Adverse events of your products")
    one = yours.get_by_role("listitem").filter(has_text=product)
    await expect(one).to_contain_text(re.compile("Patient: 1.4 years, female"))
    await expect(one).to_contain_text("Acknowledge by ")
    await looks_well(page, f"adverse-yours-{width}")
    await tab_to(page, one.get_by_role("button", name=f"Acknowledge: {product}"))
    await assert_focus_seen(page)
    await press(page, "Enter", one.get_by_text(re.compile("Acknowledged ")))
    await looks_well(page, f"adverse-acknowledged-{width}")
    await page.reload()
    await expect(yours).to_contain_text("None waits for you.")
    await yours.get_by_text(re.compile("^Acknowledged: ")).click()
    await expect(one).to_be_visible()
    await looks_well(page, f"adverse-settled-{width}")


async def looks_well(page: Page, name: str) -> None:
    """Axe finds nothing, nothing is cut off, and a picture of it lies in build/screens."""
    await settle(page)
    await assert_accessible(page, name)
    await assert_fits(page, name)
    SEEN.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SEEN / f"{name}.png")
