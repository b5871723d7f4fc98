"""Signing in through a hospital, and with a code of an operator's, in the page of a phone."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.coming import Coming, sign_out, to_account, with_password
from tests.browser.ground import embedded_ground
from tests.browser.layout import assert_fits
from tests.browser.person import PHONE, Person
from tests.endtoend.site import PASSWORD, Embedded
from tests.provider.server import Provider


@pytest.fixture(scope="module")
def hospital() -> Provider:
    """It is not running yet: first it must know where to send people back."""
    return Provider()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, hospital: Provider) -> Iterator[Embedded]:
    """A deployment of its own, which this hospital's people may enter."""
    site = Embedded(embedded_ground(tmp_path_factory.mktemp("ground")), tmp_path_factory.mktemp("hospitals"))
    file = site.var / "hospitals.toml"
    file.write_text(hospital.settings())
    site.environment["CURBSIDE_HOSPITALS"] = str(file)
    hospital.redirects = (f"http://{Coming.address_of(site)}/api/signin/back",)
    with hospital, site:
        yield site


@pytest_asyncio.fixture(loop_scope="session")
async def coming(chromium: Browser, site: Embedded) -> AsyncIterator[Coming]:
    coming = Coming(chromium, site)
    yield coming
    await coming.leave()


async def test_a_newcomer_comes_through_their_hospital_and_finds_the_way_again(
    coming: Coming, hospital: Provider
) -> None:
    nora = await at_a_phone(coming, hospital, "nora")
    await through(nora.page)
    await expect(nora.page.get_by_role("heading", name="Welcome")).to_be_visible()
    await expect(nora.page.get_by_text("St. Olav vouches for you.")).to_be_visible()
    await expect(nora.page.get_by_label("Choose a handle")).to_have_value("dr_nora")
    await assert_accessible(nora.page, "newcomer")
    await assert_fits(nora.page, "newcomer")
    await nora.page.get_by_label("Choose a handle").fill("ana")
    await nora.page.get_by_role("button", name="Begin with this handle").click()
    await expect(nora.page.get_by_text("Choose another", exact=False)).to_be_visible()
    await nora.page.get_by_label("Choose a handle").fill("nora_at_night")
    await nora.page.get_by_label("Choose a handle").press("Enter")
    await expect(nora.page.get_by_role("heading", name="Worklist")).to_be_visible()
    await out_of_both(nora.page)
    await through(nora.page)
    await expect(nora.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def test_who_has_an_account_links_their_hospitals_to_it(coming: Coming, hospital: Provider) -> None:
    ben = await at_a_phone(coming, hospital, "ben")
    await through(ben.page)
    await expect(ben.page.get_by_role("heading", name="Welcome")).to_be_visible()
    await ben.page.get_by_label("Handle", exact=True).fill("ben")
    await ben.page.get_by_label("Password").fill(PASSWORD)
    await ben.page.get_by_label("Password").press("Enter")
    await expect(ben.page.get_by_role("heading", name="Worklist")).to_be_visible()
    await to_account(ben.page)
    hospitals = ben.page.get_by_role("region", name="Hospitals")
    await expect(hospitals.get_by_text("St. Olav")).to_be_visible()
    await assert_accessible(ben.page, "account")
    await sign_out(ben.page)
    await through(ben.page)
    await expect(ben.page.get_by_role("heading", name="Worklist")).to_be_visible()
    await to_account(ben.page)
    await hospitals.get_by_role("button", name="Remove").click()
    await expect(hospitals).to_have_count(0)


async def test_a_hospital_that_does_not_answer_is_said_and_other_ways_are_open(
    coming: Coming, hospital: Provider
) -> None:
    cleo = await at_a_phone(coming, hospital, "cleo")
    await cleo.page.goto("/signin?hospital=away")
    await expect(cleo.page.get_by_role("alert")).to_have_text(
        "Your hospital's sign-in did not answer. Try again, or sign in another way."
    )
    await with_password(cleo.page, "cleo")


async def test_a_code_of_an_operators_sets_up_the_sign_in_anew(coming: Coming, site: Embedded) -> None:
    said = site.curbside("person", "reset", "ana")
    assert said.returncode == 0, said.stderr
    code = re.search(r"\b([0-9a-z]{4}(?:-[0-9a-z]{1,4}){4,})\b", said.stdout)
    assert code is not None, said.stdout
    ana = await coming.stranger()
    await ana.page.set_viewport_size(PHONE)
    await ana.page.get_by_role("button", name="I have a setup code").click()
    await expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    await assert_accessible(ana.page, "setup")
    await assert_fits(ana.page, "setup")
    await ana.page.get_by_label("Handle").fill("ana")
    await ana.page.get_by_label("Setup code").fill(code[1].upper())
    await ana.page.get_by_label("New password").fill("short")
    await ana.page.get_by_role("button", name="Set it and sign in").click()
    await expect(ana.page.get_by_text("A password has at least 15 characters: choose a longer one.")).to_be_visible()
    await ana.page.get_by_label("New password").fill("other words of ana's")
    await ana.page.get_by_label("New password").press("Enter")
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()


async def at_a_phone(coming: Coming, hospital: Provider, sub: str) -> Person:
    """Somebody who is this account of the hospital's."""
    person = await coming.stranger()
    person.trouble.announce(hospital.url, "status of 409")
    await person.page.set_viewport_size(PHONE)
    hospital.knows(sub, preferred_username=f"dr_{sub}", email=f"{sub}@stolav.example", email_verified=True)
    return person


async def through(page: Page) -> None:
    """There; whoever has an account there is sent back at once."""
    await page.get_by_role("button", name="Continue with St. Olav").click()


async def out_of_both(page: Page) -> None:
    """Sign out here, and then there, where one is asked."""
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_role("button", name="Yes").click()
    await expect(page.get_by_role("button", name="Continue with St. Olav")).to_be_visible()
