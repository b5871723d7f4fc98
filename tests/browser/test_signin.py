"""Signing in through the page, as everybody does once a shift."""

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.endtoend.site import PASSWORD


async def test_who_signs_in_is_shown_the_worklist(arrivals: Arrivals) -> None:
    ana = await arrivals.stranger()
    await ana.page.goto("/")
    await ana.page.get_by_label("Handle").fill("ana")
    await ana.page.get_by_label("Password").fill(PASSWORD)
    await ana.page.get_by_role("button", name="Sign in").click()
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_a_wrong_password_is_said_where_it_was_typed_and_the_handle_stays(arrivals: Arrivals) -> None:
    ana = await arrivals.stranger()
    await ana.page.goto("/")
    await ana.page.get_by_label("Handle").fill("ana")
    await ana.page.get_by_label("Password").fill("not the password of ana")
    await ana.page.get_by_label("Password").press("Enter")
    password = ana.page.get_by_label("Password")
    await expect(password).to_have_accessible_description("Handle or password is wrong. Check both.")
    await expect(password).to_be_focused()
    await expect(ana.page.get_by_label("Handle")).to_have_value("ana")
