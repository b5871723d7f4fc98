"""How people sign in and keep their account, in a browser with an authenticator of its own."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.axe import assert_accessible
from tests.browser.coming import Coming, fill, sign_out, to_account, with_authenticator, with_password
from tests.browser.ground import embedded_ground
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE
from tests.browser.slowness import slow_answers
from tests.browser.windows import resize
from tests.endtoend.site import Embedded

COUNTED = """globalThis.asked = 0;
const asks = navigator.credentials.get.bind(navigator.credentials);
navigator.credentials.get = (options) => { globalThis.asked += 1; return asks(options); };"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A deployment of its own: what is changed here is how its people sign in."""
    ground = embedded_ground(tmp_path_factory.mktemp("ground"))
    with Embedded(ground, tmp_path_factory.mktemp("security")) as site:
        yield site


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A deployment where a password alone does not do."""
    ground = embedded_ground(tmp_path_factory.mktemp("ground"))
    site = Embedded(ground, tmp_path_factory.mktemp("strict"))
    site.environment["CURBSIDE_SECOND_FACTOR"] = "required"
    with site:
        yield site


@pytest_asyncio.fixture(loop_scope="session")
async def coming(whole_chromium: Browser, own: Embedded) -> AsyncIterator[Coming]:
    coming = Coming(whole_chromium, own)
    yield coming
    await coming.leave()


async def test_a_passkey_is_added_and_signs_in_with_one_tap(coming: Coming) -> None:
    ben = await coming.of("ben")
    device = await with_authenticator(ben)
    await to_account(ben.page)
    await ben.page.get_by_role("textbox", name="Name", exact=True).fill("ward phone")
    await ben.page.get_by_role("button", name="Add a passkey").click()
    await expect(ben.page.get_by_text("ward phone", exact=True)).to_be_visible()
    await assert_accessible(ben.page, "account")
    await device.touched(False)
    await ben.page.add_init_script(COUNTED)
    await sign_out(ben.page)
    # Asked where the handle is typed, nobody touches the device; then somebody takes the button.
    await ben.page.wait_for_function("() => globalThis.asked === 1")
    await device.touched(True)
    await ben.page.get_by_role("button", name="Use a passkey").click()
    await expect(ben.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_a_passkey_that_is_offered_where_the_handle_is_typed_signs_in(coming: Coming) -> None:
    ana = await coming.of("ana")
    await with_authenticator(ana)
    await to_account(ana.page)
    await ana.page.get_by_role("button", name="Add a passkey").click()
    await expect(ana.page.get_by_text("Not used yet")).to_be_visible()
    await ana.page.get_by_role("button", name="Menu").click()
    await ana.page.get_by_role("button", name="Sign out").click()
    # The browser's own list of passkeys is answered by the authenticator of the test.
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_a_newcomer_registers_with_a_passkey_and_comes_again_with_it(coming: Coming) -> None:
    zoe = await coming.stranger()
    device = await with_authenticator(zoe)
    await zoe.page.goto("/register")
    await expect(zoe.page.get_by_role("radio", name="With a passkey")).to_be_checked()
    await assert_accessible(zoe.page, "register")
    await assert_fits(zoe.page, "register")
    await zoe.page.get_by_label("Handle").fill("zoe_at_night")
    await zoe.page.get_by_label("Family name").fill("Gübeli")
    await zoe.page.get_by_label("Country of your licence").select_option("CH")
    await device.verifies(False)
    await zoe.page.get_by_role("button", name="Register").click()
    await expect(zoe.page.get_by_role("alert")).to_have_text("No passkey was made. Try again, or choose a password.")
    await device.verifies(True)
    await zoe.page.get_by_role("button", name="Register").click()
    await expect(zoe.page.get_by_role("heading", name="Your verification")).to_be_visible()
    await zoe.page.get_by_role("button", name="Menu").click()
    await zoe.page.get_by_role("button", name="Sign out").click()
    # Where the handle is typed the browser offers the passkey, and the authenticator of the test takes it.
    await expect(zoe.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_an_old_proof_is_renewed_with_a_passkey_and_the_act_goes_on(coming: Coming) -> None:
    mo = await coming.of("mo")
    await with_authenticator(mo)
    await to_account(mo.page)
    await mo.page.get_by_role("button", name="Add a passkey").click()
    await expect(mo.page.get_by_text("Not used yet")).to_be_visible()
    await coming.age(mo)
    await mo.page.get_by_label("What it is for").fill("relay")
    await mo.page.get_by_role("button", name="Make a token for 90 days").click()
    sheet = mo.page.get_by_role("dialog", name="Is it you?")
    await expect(sheet).to_be_visible()
    await assert_accessible(mo.page, "proof")
    await sheet.get_by_role("button", name="Use a passkey").click()
    await expect(sheet).to_be_hidden()
    await expect(mo.page.get_by_text("Copy the token now.")).to_be_visible()


async def test_a_token_that_is_asked_for_twice_is_made_once(coming: Coming) -> None:
    mo = await coming.of("mo")
    await to_account(mo.page)
    await mo.page.get_by_label("What it is for").fill("relay once")
    async with slow_answers(mo.page, "**/api/tokens") as made:
        await mo.page.get_by_role("button", name="Make a token for 90 days").dblclick()
    await expect(mo.page.get_by_text("Copy the token now.")).to_be_visible()
    await expect(mo.page.get_by_text("relay once")).to_have_count(1)
    assert len(made) == 1


async def test_an_authenticator_app_is_set_up_and_asked_for(coming: Coming) -> None:
    cleo = await coming.of("cleo")
    await to_account(cleo.page)
    await cleo.page.get_by_role("button", name="Set up an app").click()
    app = pyotp.TOTP(re.sub(r"\s", "", await cleo.page.locator(".security-secret").inner_text()))
    await resize(cleo.page, **PHONE)
    await assert_fits(cleo.page, "setting up an app")
    await assert_accessible(cleo.page, "setting up an app")
    await cleo.page.get_by_label("Code that the app shows").fill(app.now())
    await cleo.page.get_by_role("button", name="Confirm").click()
    await expect(cleo.page.locator(".security-codes li")).to_have_count(10)
    await cleo.page.get_by_role("button", name="I have kept it").click()
    await expect(cleo.page.get_by_text("10 recovery codes are left")).to_be_visible()
    await sign_out(cleo.page)
    await fill(cleo.page, "cleo")
    code = cleo.page.get_by_label("Code", exact=True)
    await expect(code).to_be_focused()
    await code.fill("000000")
    await code.press("Enter")
    await expect(code).to_have_accessible_description(re.compile("This code is wrong or was used"))
    await code.fill(app.at(datetime.now(UTC), counter_offset=1))
    await code.press("Enter")
    await expect(cleo.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_a_session_that_is_ended_elsewhere_is_masked_at_once(coming: Coming) -> None:
    here, there = await coming.of("obi"), await coming.of("obi")
    await to_account(here.page)
    await expect(here.page.get_by_text("This browser")).to_be_visible()
    await here.page.get_by_role("button", name="Sign out everywhere else").click()
    await expect(there.page.get_by_role("dialog", name="Sign in")).to_be_visible()
    await expect(there.page.get_by_role("heading", name="Worklist")).to_be_hidden()
    await expect(here.page.get_by_role("button", name="Sign out everywhere else")).to_be_hidden()


async def test_a_screen_that_nobody_uses_is_locked(coming: Coming) -> None:
    somebody = await coming.stranger()
    await somebody.page.clock.install()
    await somebody.page.reload()
    await with_password(somebody.page, "obi")
    async with somebody.page.expect_response("**/api/signin"):
        await somebody.page.clock.run_for(6_000)
    await somebody.page.clock.run_for(31 * 60_000)
    sheet = somebody.page.get_by_role("dialog", name="Sign in")
    await expect(sheet.get_by_text("Nobody was here for a while.")).to_be_visible()
    await expect(somebody.page.get_by_role("heading", name="Worklist")).to_be_hidden()


async def test_a_locked_page_begins_anew_for_another_who_signs_in_over_it(coming: Coming) -> None:
    ward = await coming.of("ben")
    device = await with_authenticator(ward)
    await to_account(ward.page)
    await ward.page.get_by_role("button", name="Add a passkey").click()
    await expect(ward.page.get_by_text("Not used yet")).to_be_visible()
    await device.touched(False)
    await sign_out(ward.page)
    await ward.page.clock.install()
    await ward.page.reload()
    await with_password(ward.page, "obi")
    async with ward.page.expect_response("**/api/signin"):
        await ward.page.clock.run_for(6_000)
    await ward.page.clock.run_for(31 * 60_000)
    sheet = ward.page.get_by_role("dialog", name="Sign in")
    await expect(sheet.get_by_label("Handle")).to_have_value("obi")
    await device.touched(True)
    await sheet.get_by_role("button", name="Use a passkey").click()
    await expect(sheet).to_be_hidden()
    await expect(ward.page.get_by_role("heading", name="Worklist")).to_be_visible()
    await ward.page.wait_for_function("() => JSON.parse(localStorage['curbside.me']).handle === 'ben'")


@pytest_asyncio.fixture(loop_scope="session")
async def coming_there(whole_chromium: Browser, strict: Embedded) -> AsyncIterator[Coming]:
    coming = Coming(whole_chromium, strict)
    yield coming
    await coming.leave()


async def test_where_a_second_factor_is_required_it_is_set_up_first(coming_there: Coming) -> None:
    ana = await coming_there.stranger()
    await with_authenticator(ana)
    await fill(ana.page, "ana")
    await expect(ana.page.get_by_role("heading", name="One thing first")).to_be_visible()
    go_on = ana.page.get_by_role("button", name="Go on to the worklist")
    await expect(go_on).to_be_disabled()
    await assert_accessible(ana.page, "enrolling")
    await ana.page.reload()
    await ana.page.get_by_role("button", name="Add a passkey").click()
    await go_on.click()
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()
