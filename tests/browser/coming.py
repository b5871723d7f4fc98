"""People who come to a deployment by its name, and what they do there about how they sign in."""

from typing import Any

from playwright.async_api import Browser, CDPSession, Page, expect

from tests.browser.ageing import aged
from tests.browser.person import Person
from tests.browser.trouble import UNKNOWN
from tests.endtoend.site import PASSWORD, Embedded

REFUSED = r"status of (401|403|404|422)"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Coming:
    """People who come to `site` by a name: passkeys are bound to one."""

    def __init__(self, browser: Browser, site: Embedded) -> None:
        self._browser = browser
        self._site = site
        self._people: list[Person] = []

    @staticmethod
    def address_of(site: Embedded) -> str:
        """The name and port at which they come to it."""
        return site.web(0).address.replace("127.0.0.1", "localhost")

    async def stranger(self, **options: Any) -> Person:
        """Somebody who is not signed in; `options` are Playwright's for a context."""
        somebody = await Person.arrive(self._browser, "somebody", self.address_of(self._site), **options)
        somebody.trouble.announce(UNKNOWN, REFUSED, "WebSocket")
        self._people.append(somebody)
        await somebody.page.goto("/")
        return somebody

    async def of(self, name: str, **options: Any) -> Person:
        """`name`, who has signed in with a password."""
        person = await self.stranger(**options)
        await with_password(person.page, name)
        return person

    async def leave(self) -> None:
        """Close every browser; raises on anybody's trouble."""
        for person in self._people:
            await person.context.close()
        for person in self._people:
            person.trouble.check()

    async def age(self, person: Person) -> None:
        """It was an hour ago that the person proved who they are."""
        await aged(person, self._site)


class Device:
    """An authenticator of a browser, which its person touches or not."""

    def __init__(self, session: CDPSession, id: str) -> None:
        self._session = session
        self._id = id

    async def touched(self, enabled: bool) -> None:
        """Whether whoever is asked touches it."""
        whether: dict[str, Any] = {"authenticatorId": self._id, "enabled": enabled}
        await self._session.send("WebAuthn.setAutomaticPresenceSimulation", whether)

    async def verifies(self, verified: bool) -> None:
        """Whether it knows its person by their face, finger or PIN."""
        whether: dict[str, Any] = {"authenticatorId": self._id, "isUserVerified": verified}
        await self._session.send("WebAuthn.setUserVerified", whether)


async def with_authenticator(person: Person) -> Device:
    """The device of this person, from now on."""
    session = await person.context.new_cdp_session(person.page)
    await session.send("WebAuthn.enable")
    options: dict[str, Any] = {"options": AUTHENTICATOR}
    added = await session.send("WebAuthn.addVirtualAuthenticator", options)
    return Device(session, added["authenticatorId"])


async def fill(page: Page, name: str) -> None:
    """Handle and password, sent."""
    await page.get_by_label("Handle").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_label("Password").press("Enter")


async def with_password(page: Page, name: str) -> None:
    """Sign in, to the worklist."""
    await fill(page, name)
    await expect(page.get_by_role("heading", name="Worklist")).to_be_visible()


async def to_account(page: Page) -> None:
    """By the menu."""
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Sign-in and security").click()
    await expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()


async def sign_out(page: Page) -> None:
    """By the menu."""
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.get_by_label("Handle")).to_be_visible()
