"""How people come to a site with browsers, and how they leave it."""

import time
from collections.abc import Mapping
from typing import Any, Final

from playwright.async_api import Browser

from tests.browser.person import Person
from tests.browser.trouble import UNKNOWN
from tests.endtoend.callers import NODES, Callers
from tests.endtoend.site import PASSWORD, Site

PROVED_S: Final = 120
"""Grave acts need a proof of who one is that is no older than 5 minutes: a test has the rest to come to them."""

_cookies: Final[dict[tuple[Site, str], tuple[float, dict[str, str]]]] = {}


class Arrivals:
    """Everybody who comes to `site` during a test. At the end all leave, and none may have had trouble."""

    def __init__(self, browser: Browser, callers: Callers) -> None:
        self.callers = callers
        self._browser = browser
        self._people: list[Person] = []

    async def of(self, name: str, address: str = "", **options: Any) -> Person:
        """`name`, signed in, at their node or at another `address`; `options` are Playwright's for a context."""
        return await self._arrive(name, address, await self._signed_in(name), options)

    async def stranger(self, address: str = "", **options: Any) -> Person:
        """Somebody who is not signed in, at the site or at another `address`."""
        somebody = await self._arrive("somebody", address, {}, options)
        somebody.trouble.announce(UNKNOWN)
        return somebody

    async def leave(self) -> None:
        """Close every browser that is open; raises `AssertionError` with the first one's trouble."""
        for person in self._people:
            await person.context.close()
        for person in self._people:
            person.trouble.check()

    async def _arrive(self, name: str, address: str, cookies: Mapping[str, str], options: dict[str, Any]) -> Person:
        place = address or self.callers.site.web(NODES.get(name, 0)).address
        person = await Person.arrive(self._browser, name, place, cookies, **options)
        self._people.append(person)
        return person

    async def _signed_in(self, name: str) -> Mapping[str, str]:
        """Signing in takes half a second of a processor: once for each person of a site is enough for a while."""
        key = self.callers.site, name
        at_s, cookies = _cookies.get(key, (0.0, {}))
        if not cookies or time.monotonic() - at_s > PROVED_S:
            answer = await self.callers.request("POST", "/api/sessions", json={"handle": name, "password": PASSWORD})
            assert answer.status_code == 201, answer.text
            cookies = dict(answer.cookies)
            _cookies[key] = time.monotonic(), cookies
        return cookies
