"""The machine's Chromium with somebody signed in, and what it says of itself."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from playwright.async_api import Browser, BrowserContext, CDPSession, async_playwright

from bench.failures import Failure

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser while the context lasts. Raises `Failure` where there is none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Failure("Chromium is not installed; `sh scripts/servers` installs it.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        await browser.close()


async def signed_in(browser: Browser, token: str, port: int) -> BrowserContext:
    """A browser of somebody's own, with an empty cache, whose server is at `port`.

    The token goes with each request. The cookie tells the page that it may try: it is set beside a session.
    """
    url = f"http://127.0.0.1:{port}"
    context = await browser.new_context(base_url=url, extra_http_headers={"Authorization": f"Bearer {token}"})
    await context.add_cookies([{"name": "curbside_signed_in", "value": "1", "url": url}])
    return context


async def received_bytes(session: CDPSession) -> list[int]:
    """A list that grows with what each response weighs on the wire."""
    weights: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        weights.append(int(event["encodedDataLength"]))

    session.on("Network.loadingFinished", finished)
    await session.send("Network.enable")
    return weights


async def heap_mib(session: CDPSession) -> float:
    """What JavaScript holds once all garbage is gone."""
    await session.send("HeapProfiler.collectGarbage")
    usage = await session.send("Runtime.getHeapUsage")
    return float(usage["usedSize"]) / 2**20
