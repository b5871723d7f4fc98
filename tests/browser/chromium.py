"""The machine's own Chromium."""

import shutil
from typing import Final

from playwright.async_api import Browser, Playwright, expect

from drill.programs import Missing
from tests.browser.person import PATIENCE_MS

_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--in-process-gpu"]
_SHELL: Final = "chromium-headless-shell"
"""The same engine without what is round a page: a new person's window takes a third of the time."""


async def launched(playwright: Playwright, *, whole: bool = False) -> Browser:
    """A browser, to be closed, a `whole` one where that matters; `expect` is as patient as its contexts are."""
    expect.set_options(timeout=PATIENCE_MS)
    program = None if whole else shutil.which(_SHELL)
    return await playwright.chromium.launch(executable_path=program or chromium_program(), args=_ARGUMENTS)


def chromium_program() -> str:
    """Return Chromium, or Chrome where that is what there is."""
    names = (
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
