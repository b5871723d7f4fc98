"""The machine's own Chromium, without its window's own parts where it can be had so: they take two thirds of the time
that a new person's window takes."""

import shutil
from typing import Final

from playwright.async_api import Browser, Playwright, expect

from drill.programs import Missing
from tests.browser.person import PATIENCE_MS

_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


async def launched(playwright: Playwright) -> Browser:
    """A browser, to be closed; `expect` is as patient as its contexts are."""
    expect.set_options(timeout=PATIENCE_MS)
    return await playwright.chromium.launch(executable_path=chromium_program(), args=_ARGUMENTS)


def chromium_program() -> str:
    """Return Chromium, or Chrome where that is what there is."""
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    )
    for found in map(shutil.which, names):
        if found is not None:
            return found
    raise Missing("Chromium is not installed; `sh scripts/servers` installs it")
