"""Asking with what was measured: the score as one types, and a case that waits for a line."""

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.arrivals import Arrivals
from tests.browser.asking import write_case
from tests.browser.axe import assert_accessible
from tests.browser.layout import assert_fits
from tests.browser.person import KEPT, PHONE
from tests.browser.windows import resize
from tests.endtoend.callers import said

# They read temperatures in Celsius.
BRITISH: Final = {"locale": "en-GB"}
VALUES: Final = {
    "Respiratory rate": "25",
    "Oxygen saturation": "93",
    "Systolic pressure": "95",
    "Pulse": "112",
    "Temperature": "38.6",
}


async def measure(page: Page) -> None:
    """An adult who is ill, as read off the monitor."""
    await page.locator("select[name=age_band]").select_option("40-64")
    await page.get_by_text("Vital signs and triage").click()
    for name, value in VALUES.items():
        await page.get_by_label(name, exact=True).fill(value)
    await page.get_by_role("radio", name="Oxygen", exact=True).check()


async def read_case(page: Page) -> None:
    """See the case, which a narrow window has behind its title."""
    await expect(page.get_by_role("feed", name="Timeline")).to_be_visible()
    title = page.locator(".band-open")
    if await title.is_visible():
        await title.click()


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_score_stands_there_as_soon_as_nothing_is_missing(arrivals: Arrivals, width: int) -> None:
    cleo = await arrivals.of("cleo", **BRITISH)
    await resize(cleo.page, width, 800)
    await cleo.page.goto("/ask")
    await measure(cleo.page)
    await expect(cleo.page.get_by_text("Still missing for NEWS2: consciousness.")).to_be_visible()
    await cleo.page.get_by_role("radio", name="Alert").check()
    await expect(cleo.page.get_by_text("NEWS2 12 · emergency")).to_be_visible()
    await expect(cleo.page.get_by_role("radio", name="Stat")).not_to_be_checked()
    await cleo.page.get_by_role("button", name="Take Stat").click()
    await expect(cleo.page.get_by_role("radio", name="Stat")).to_be_checked()
    # What the bar at the foot lies over half would count as a small target.
    await cleo.page.get_by_role("heading", name="Ask for help").scroll_into_view_if_needed()
    await assert_accessible(cleo.page, "ask")
    await assert_fits(cleo.page, "ask")


async def test_beside_a_colour_stands_by_when_it_is_first_seen(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", viewport=PHONE)
    await cleo.page.goto("/ask")
    await cleo.page.get_by_text("Vital signs and triage").click()
    await cleo.page.get_by_role("radio", name="Manchester").check()
    await expect(cleo.page.get_by_role("radio", name="Orange first seen within 10 minutes")).to_be_visible()
    await expect(cleo.page.get_by_role("radio", name="Red seen at once")).to_be_visible()
    await assert_accessible(cleo.page, "ask")
    await assert_fits(cleo.page, "ask")


async def test_a_value_that_no_patient_has_is_said_with_its_limits(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", **BRITISH)
    await cleo.page.goto("/ask")
    await measure(cleo.page)
    temperature = cleo.page.get_by_label("Temperature", exact=True)
    await temperature.fill("98.6")
    await expect(temperature).to_have_accessible_description("No patient has that: from 12 to 46 °C.")
    await cleo.page.get_by_label("Unit of Temperature").select_option("[degF]")
    await expect(temperature).to_have_accessible_description("")


async def test_a_template_suggests_whom_to_ask_and_writes_nothing(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", viewport=PHONE)
    await cleo.page.goto("/ask")
    await cleo.page.get_by_text("Start from a complaint").click()
    await cleo.page.get_by_role("button", name="Snake bite").click()
    await expect(cleo.page.get_by_role("button", name="Remove Medical toxicology")).to_be_visible()
    await expect(cleo.page.get_by_text("20-minute clotting test?")).to_be_visible()
    for name in ("Title", "Situation", "Assessment", "Request"):
        await expect(cleo.page.get_by_role("textbox", name=name)).to_have_value("")


async def test_a_case_without_a_line_waits_over_a_reload_and_opens_when_there_is_one(arrivals: Arrivals) -> None:
    cleo = await arrivals.of("cleo", **BRITISH, **KEPT)
    await cleo.page.goto("/ask")
    await cleo.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await measure(cleo.page)
    await write_case(cleo.page, acuity="ASAP")
    cleo.trouble.announce("net::ERR_INTERNET_DISCONNECTED")
    await cleo.context.set_offline(True)
    await cleo.page.get_by_role("button", name="Open the case").click()
    await expect(cleo.page.get_by_text("It is sent when the line is back.")).to_be_visible()
    await cleo.page.reload()
    await expect(cleo.page.get_by_text("It is sent when the line is back.")).to_be_visible()
    await cleo.context.set_offline(False)
    await cleo.page.wait_for_url("**/case/*")
    await expect(cleo.page.get_by_text("112 /min")).to_be_visible()


async def test_the_presenter_adds_vital_signs_and_everybody_sees_the_trend(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case(
        vitals=[
            {"name": "heart_rate", "value": 112, "unit": "/min"},
            {"name": "temperature", "value": 38.6, "unit": "Cel"},
        ]
    )
    cleo, ana = await arrivals.of("cleo"), await arrivals.of("ana", locale="en-US")
    for person in (cleo, ana):
        await person.page.goto(f"/case/{room}")
    await expect(ana.page.get_by_text("101.5 °F")).to_be_visible()
    await expect(ana.page.get_by_text("(38.6 °C)")).to_be_visible()
    await cleo.page.get_by_role("button", name="Add vital signs").click()
    await cleo.page.get_by_label("Pulse", exact=True).fill("98")
    await cleo.page.get_by_role("button", name="Add", exact=True).click()
    await expect(ana.page.get_by_role("img", name="Pulse: 112 and 98")).to_be_visible()
    await assert_accessible(ana.page, "room")


@pytest.mark.parametrize("width", [360, 1280])
async def test_what_was_done_meanwhile_stands_below_the_trend_and_is_named(arrivals: Arrivals, width: int) -> None:
    vitals = [{"name": "heart_rate", "value": 112, "unit": "/min"}]
    room = await arrivals.callers.open_case(acuity="urgent", vitals=vitals)
    cleo, ana = await arrivals.callers.seated("cleo", room), await arrivals.callers.seated("ana", room)
    advice = said("Adrenaline into the thigh.")
    post = await ana.ask("post", room=room, text=advice, kind="recommendation")
    for state in ("accepted", "done"):
        assert (await cleo.ask("act", room=room, target=post["re"], state=state))["t"] == "ack"
    values = [{"name": "heart_rate", "value": 98, "unit": "/min"}]
    assert (await cleo.ask("vitals", room=room, taken_at=post["at"], values=values))["t"] == "ack"
    page = (await arrivals.of("cleo")).page
    await resize(page, width, 800)
    await page.goto(f"/case/{room}")
    await read_case(page)
    act = page.get_by_role("list", name="What was done meanwhile").get_by_role("button")
    await expect(act).to_have_accessible_name(re.compile(rf"^\d\d:\d\d.*, done: {re.escape(advice)}$"))
    await act.focus()
    await expect(act).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text(re.compile(rf", done: {re.escape(advice)}")).last).to_be_visible()
    await assert_accessible(page, "trend")
    await assert_fits(page, "trend")


async def test_a_revised_case_is_told_and_stands_elsewhere_on_the_list(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case(acuity="routine")
    cleo, ana = await arrivals.of("cleo"), await arrivals.of("ana")
    for person in (cleo, ana):
        await person.page.goto(f"/case/{room}")
    await cleo.page.get_by_role("button", name="Revise the case").click()
    await cleo.page.get_by_role("dialog").get_by_role("radio", name="Urgent").check()
    await cleo.page.get_by_role("button", name="Revise", exact=True).click()
    await expect(ana.page.get_by_text("revised the case: it is Urgent now")).to_be_visible()
    await expect(cleo.page.get_by_role("dialog")).to_have_count(0)
