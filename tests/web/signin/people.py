"""People at browsers of the tests' house, and what they do there about their own sign-in."""

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec
import pyotp

from realtime.rooms.people import Person
from tests.web.house import ORIGIN, PASSWORD, House
from tests.web.signin.keyring import Keyring
from web.clock import now_ms
from web.secret import secret
from web.signin.beginning import HOUR_MS
from web.signin.cookies import SESSION
from web.signin.signing import Signing


class Browser:
    """A browser of `person`, whose pages are ours: its cookies count."""

    def __init__(self, home: House, person: Person, address: str = "192.0.2.1") -> None:
        self.person = person
        self.http = home.client(address=address)
        self.http.headers["origin"] = ORIGIN

    async def sign_in(self, **more: str) -> httpx.Response:
        """With handle and password, and `more`."""
        return await self.post("/api/sessions", handle=self.person.handle, **({"password": PASSWORD} | more))

    async def post(self, path: str, **content: Any) -> httpx.Response:
        """The answer to this content as JSON."""
        return await self.http.post(path, json=content)

    async def get(self, path: str) -> Mapping[str, Any]:
        """What is there."""
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        found: Mapping[str, Any] = answer.json()
        return found

    async def delete(self, path: str) -> int:
        """The status of the answer."""
        return (await self.http.delete(path)).status_code

    async def make_passkey(self, keyring: Keyring, name: str = "laptop") -> httpx.Response:
        """The answer to a new passkey."""
        options = await self.post("/api/passkeys/options")
        assert options.status_code == 200, options.text
        return await self.post("/api/passkeys", name=name, credential=keyring.made(options.json()))

    async def sign_in_with(self, keyring: Keyring) -> httpx.Response:
        """The answer to a passkey, without a handle."""
        options = await self.post("/api/sessions/passkey/options")
        return await self.post("/api/sessions/passkey", credential=keyring.used(options.json()))

    async def set_up_app(self) -> tuple[pyotp.TOTP, list[str]]:
        """Their authenticator app, confirmed, and the recovery codes."""
        app = pyotp.TOTP((await self.post("/api/authenticator")).json()["secret"])
        codes = await self.post("/api/authenticator/confirm", code=app.now())
        assert codes.status_code == 201, codes.text
        return app, codes.json()["codes"]


async def at_browser(home: House, person: Person, address: str = "192.0.2.1") -> Browser:
    """A browser at which `person` has just signed in."""
    browser = Browser(home, person, address)
    assert (await browser.sign_in()).status_code == 201
    return browser


def aged(home: House, browser: Browser) -> None:
    """It is an hour ago that the person at `browser` proved who they are."""
    signing = Signing(secret(home.settings), "cookie")
    session = signing.read(browser.http.cookies[SESSION].strip('"'), now_ms())
    assert session is not None
    older = msgspec.structs.replace(session, proved_at=session.proved_at - HOUR_MS)
    browser.http.cookies.set(SESSION, signing.signed(older), domain="testserver.local", path="/")
