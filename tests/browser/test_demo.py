"""The demonstration, as somebody meets it who has read nothing: one tap, and a consult is under way."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from drill.process import Process
from drill.servers import Port
from tests.browser.consult import Consult
from tests.browser.person import KEPT, PHONE, Person
from tests.browser.trouble import UNKNOWN


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Process]:
    port = Port()
    process = Process(["serve", "--demo"], {"CURBSIDE_VAR": str(tmp_path / "var")}, tmp_path / "log", port)
    process.start()
    yield process
    process.stop()
    port.release()


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(demo: Process, chromium: Browser) -> AsyncIterator[Person]:
    phone: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    newcomer = await Person.arrive(chromium, "newcomer", demo.address, **phone, **KEPT)
    newcomer.trouble.announce(UNKNOWN)
    yield newcomer
    await newcomer.context.close()
    newcomer.trouble.check()


async def test_a_newcomer_signs_in_with_one_tap_sees_others_at_work_and_joins_in(newcomer: Person) -> None:
    page = newcomer.page
    await page.goto("/")
    await page.get_by_role("button", name=re.compile("^ana")).tap()
    await expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
    await page.get_by_role("main").get_by_role("listitem").filter(has_text="Stat").get_by_role("link").first.tap()
    consult = Consult(page)
    await expect(page.get_by_text(re.compile("is typing|are typing"))).to_be_visible()
    posts = consult.feed.get_by_role("article").filter(has_text="Verified")
    await expect(posts.first).to_be_visible()
    await consult.say("I can take the airway.")
    await expect(page.get_by_role("button", name=re.compile("agree")).first).to_be_visible(timeout=60_000)
    await page.get_by_role("button", name="Pause").tap()
    await expect(page.get_by_role("button", name="Play")).to_be_visible()
