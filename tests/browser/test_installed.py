"""What only a whole browser has: notifications that are pushed, and pages that are installed."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.arrivals import Arrivals
from tests.browser.person import KEPT
from tests.endtoend.callers import Callers

PUSHES: Final = 3

# The worker of the present build takes over from one before: which earlier builds are kept then, and what a page still
# gets of the last one.
UPGRADED: Final = """async () => {
  const of = async () => (await caches.keys()).filter((name) => name.startsWith("curbside-"));
  const put = async (name) => (await caches.open(name)).put("/assets/Called-before.js", new Response("called"));
  const [present] = await of();
  const registration = await navigator.serviceWorker.ready;
  await caches.delete(present);
  await put("curbside-first");
  await put("curbside-before");
  const { installing: worker } = await navigator.serviceWorker.register(`${registration.active.scriptURL}?again`);
  while (worker.state !== "activated") await new Promise((done) => worker.addEventListener("statechange", done));
  const kept = await of();
  const got = await (await fetch("/assets/Called-before.js")).text();
  return [kept.includes("curbside-first"), kept.includes("curbside-before"), got];
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def arrivals(whole_chromium: Browser, callers: Callers) -> AsyncIterator[Arrivals]:
    arrivals = Arrivals(whole_chromium, callers)
    yield arrivals
    await arrivals.leave()


async def test_a_push_is_shown_and_leads_to_its_case_in_the_page_that_is_open(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", permissions=["notifications"], **KEPT)
    await ana.page.goto("/")
    await ana.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    said = {"title": "Stat case", "body": "Open Curbside.", "path": f"/case/{room}", "tag": "t1", "acuity": "stat"}
    # DevTools drops what it is given for a worker that is active, but not on disk yet.
    found: list[list[str]] = []
    for _ in range(PUSHES):
        if not found:
            await pushed(ana.page, ana.address, json.dumps(said))
            found = await shown(ana.page)
    assert found == [["Stat case", "Open Curbside.", f"/case/{room}"]]


async def test_the_page_can_be_installed(arrivals: Arrivals) -> None:
    ana = await arrivals.of("ana", **KEPT)
    await ana.page.goto("/")
    session = await ana.context.new_cdp_session(ana.page)
    found = await session.send("Page.getAppManifest")
    assert found["errors"] == [] and json.loads(found["data"])["display"] == "standalone"
    errors = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    # Contexts of tests are incognito, where nothing is installed.
    assert [error["errorId"] for error in errors] == ["in-incognito"]


async def test_a_page_that_an_upgrade_finds_open_goes_on_with_what_it_was_made_of(arrivals: Arrivals) -> None:
    # A page may register none but its own worker.
    ana = await arrivals.of("ana", bypass_csp=True, **KEPT)
    await ana.page.goto("/")
    await ana.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    before = await ana.page.evaluate(UPGRADED)
    assert before[:2] == [False, True], "of two earlier builds the last is kept"
    assert before[2] == "called"


async def pushed(page: Page, address: str, data: str) -> None:
    """Have the browser's push service deliver this."""
    session = await page.context.new_cdp_session(page)
    versions: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if not versions.done():
                versions.set_result(registration["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", updated)
    await session.send("ServiceWorker.enable")
    given = {"origin": f"http://{address}", "registrationId": await versions, "data": data}
    await session.send("ServiceWorker.deliverPushMessage", given)


async def shown(page: Page) -> list[list[str]]:
    """What stands among the device's notifications."""
    found: list[list[str]] = await page.evaluate(
        """async () => {
          for (let tries = 0; tries < 300; tries += 1) {
            const all = await (await navigator.serviceWorker.ready).getNotifications();
            if (all.length > 0) return all.map(({ title, body, data }) => [title, body, data.path]);
            await new Promise(requestAnimationFrame);
          }
          return [];
        }"""
    )
    return found
