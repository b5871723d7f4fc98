"""The machine's own Chromium."""

from typing import Final

from playwright.async_api import Browser, Playwright, expect

from tests.browser.person import PATIENCE_MS
from tests.programs import chromium_program

_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


async def launched(playwright: Playwright) -> Browser:
    """A browser, to be closed; `expect` is as patient as its contexts are."""
    expect.set_options(timeout=PATIENCE_MS)
    return await playwright.chromium.launch(executable_path=chromium_program(), args=_ARGUMENTS)
