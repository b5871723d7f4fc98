"""`python -m tests.browser.screens [SCENE…]`: keep pictures of these scenes, or of all, in docs/screens."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.chromium import launched
from tests.browser.night import Houses, houses, night
from tests.browser.pictures import KEPT, keep, taken
from tests.browser.scenes import SCENES, narrowest
from tests.browser.stage import Stage


def main(names: Sequence[str]) -> None:
    """Keep the pictures of these scenes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, houses(Path(folder)) as running:
        asyncio.run(_keep(running, names))


async def _keep(running: Houses, names: Sequence[str]) -> None:
    async with async_playwright() as playwright, night(running) as story:
        browser = await launched(playwright)
        for name in names:
            scene = SCENES[name]
            stage = Stage(story, browser, **narrowest(name))
            async for one in taken(await scene.play(stage), name, scene.widths):
                keep(one.picture, KEPT / one.file)
                print(f"{one.file}  {(KEPT / one.file).stat().st_size / 1_024:.0f} KiB")
            await stage.leave()
        await browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or list(SCENES))
