"""One human at a browser of their own: their cookies, their storage, their tabs."""

from collections.abc import Mapping
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.trouble import Trouble

PATIENCE_MS: Final = 15_000
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
TABLET: Final[ViewportSize] = {"width": 768, "height": 1024}
DESK: Final[ViewportSize] = {"width": 1440, "height": 900}
KEPT: Final[dict[str, Any]] = {"service_workers": "allow"}
"""For a context that keeps the page for when there is no line, which takes some 400 requests."""


class Person:
    """`page` is the tab in front of them; `address` is where their server is."""

    def __init__(self, name: str, address: str, context: BrowserContext, page: Page, trouble: Trouble) -> None:
        self.name = name
        self.address = address
        self.context = context
        self.page = page
        self.trouble = trouble

    @classmethod
    async def arrive(
        cls, browser: Browser, name: str, address: str, cookies: Mapping[str, str] = {}, **options: Any
    ) -> "Person":
        """A person with an empty tab, signed in where the `cookies` of a session are given."""
        context = await browser.new_context(
            base_url=f"http://{address}", **{"viewport": DESK, "service_workers": "block", **options}
        )
        context.set_default_timeout(PATIENCE_MS)
        trouble = Trouble(address)
        trouble.watch(context)
        if options.get("service_workers") != "allow":
            trouble.announce("Service Worker registration blocked")
        url = f"http://{address}"
        await context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        return cls(name, address, context, await context.new_page(), trouble)

    async def tab(self) -> Page:
        """Another tab of theirs, which is empty."""
        return await self.context.new_page()
