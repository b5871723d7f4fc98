"""What the first screens weigh on the line."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.asking import write_case
from tests.browser.ground import embedded_ground
from tests.browser.person import KEPT, Person
from tests.endtoend.callers import said
from tests.endtoend.site import PASSWORD, Embedded

MOST_OF_WORKLIST_BYTES: Final = 50 * 1_024
MOST_OF_ROOM_BYTES: Final = 90 * 1_024
MOST_TO_ASK_BYTES: Final = 50 * 1_024
MOST_TO_SEND_BYTES: Final = 9 * 1_024


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A deployment of its own: what other tests' cases weigh in the worklist is not the page's weight."""
    ground = embedded_ground(tmp_path_factory.mktemp("ground"))
    with Embedded(ground, tmp_path_factory.mktemp("weighed")) as site:
        yield site


@pytest.mark.parametrize(("path", "most"), [("/", MOST_OF_WORKLIST_BYTES), ("/case/{room}", MOST_OF_ROOM_BYTES)])
async def test_the_first_useful_screen_weighs_no_more_than_it_may(arrivals: Arrivals, path: str, most: int) -> None:
    room = await arrivals.callers.open_case()
    ana = await arrivals.of("ana", **KEPT)
    weights = await weighed(ana)
    await ana.page.goto(path.format(room=room))
    await expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    await ana.page.wait_for_load_state("networkidle")
    assert sum(weights.values()) <= most, weights


async def test_signing_in_and_the_form_for_asking_weigh_at_most_50_kib(arrivals: Arrivals) -> None:
    cleo = await arrivals.stranger()
    weights = await weighed(cleo)
    await cleo.page.goto("/ask")
    await cleo.page.get_by_label("Handle").fill("cleo")
    await cleo.page.get_by_label("Password").fill(PASSWORD)
    await cleo.page.get_by_role("button", name="Sign in").click()
    await expect(cleo.page.get_by_label("Request")).to_be_visible()
    await cleo.page.wait_for_load_state("networkidle")
    assert sum(weights.values()) <= MOST_TO_ASK_BYTES, weights
    weights.clear()
    async with cleo.page.expect_request_finished(lambda request: "/assets/Interrupts-" in request.url):
        await write_case(cleo.page, said("A case on a narrow line"))
    assert any("/assets/open-" in address for address in weights)
    assert sum(weights.values()) <= MOST_TO_SEND_BYTES, weights


async def weighed(ana: Person) -> dict[str, int]:
    """The bytes of each response to the page, by address, as they come. A service worker's are not the page's."""
    session = await ana.context.new_cdp_session(ana.page)
    names: dict[str, str] = {}
    weights: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: weights.update({names[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    await session.send("Network.enable")
    return weights
