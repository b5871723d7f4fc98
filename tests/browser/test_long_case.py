"""A case with 10,000 posts: little of it is drawn, all of it can be reached, and nobody's place is lost."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import pytest_asyncio
from playwright.async_api import Route, expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.flood import flood
from tests.endtoend.callers import Callers, said
from tests.endtoend.site import Embedded

POSTS: Final = 10_000
MOST_DRAWN: Final = 60
MOST_TURNS: Final = 600
UP_PX: Final = -4_000

# The first post that is wholly in sight, and how far from the top of the window it is.
_IN_SIGHT: Final = """(feed) => {
  const top = feed.parentElement.getBoundingClientRect().top;
  const first = [...feed.querySelectorAll("article")].map((at) => [at, at.getBoundingClientRect()])
    .filter(([, box]) => box.top >= top).sort(([, one], [, other]) => one.top - other.top)[0];
  return first ? [first[0].textContent.match(/Post \\d+/)?.[0] ?? "", Math.round(first[1].top)] : ["", 0];
}"""

_HEIGHT: Final = "(feed) => feed.offsetHeight"
_GROWN: Final = "([feed, before]) => feed.offsetHeight > before"
_TO_TOP: Final = "(feed) => { feed.parentElement.scrollTop = 0; }"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def long_room(embedded: Embedded) -> AsyncIterator[str]:
    async with Callers(embedded) as callers:
        room = await callers.open_case()
        await flood(callers, room, POSTS)
        yield room


async def test_it_opens_at_its_end_and_draws_only_what_is_in_sight(arrivals: Arrivals, long_room: str) -> None:
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, long_room)
    await at_ana.sees(f"Post {POSTS}")
    assert await at_ana.feed.get_by_role("article").count() < MOST_DRAWN


async def test_one_scrolls_from_the_last_to_the_first_and_what_is_drawn_stays_little(
    arrivals: Arrivals, long_room: str
) -> None:
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, long_room)
    await at_ana.sees(f"Post {POSTS}")
    await at_ana.feed.hover(position={"x": 20, "y": 20}, force=True)
    for _ in range(MOST_TURNS):
        if await at_ana.post("Post 1").count():
            break
        await ana.page.mouse.wheel(0, 100 * UP_PX)
        await ana.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    await at_ana.sees("Post 1")
    assert await at_ana.feed.get_by_role("article").count() < MOST_DRAWN


async def test_the_place_is_kept_while_older_posts_are_loaded(arrivals: Arrivals, long_room: str) -> None:
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, long_room)
    await at_ana.sees(f"Post {POSTS}")
    gate = asyncio.Event()

    async def held_back(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    await ana.page.route("**/events?*", held_back)
    async with ana.page.expect_request("**/events?*"):
        await at_ana.feed.evaluate(_TO_TOP)
    # The page comes while one reads a little below the top.
    await at_ana.feed.evaluate("(feed) => { feed.parentElement.scrollTop += 150; }")
    place, height = await at_ana.feed.evaluate(_IN_SIGHT), await at_ana.feed.evaluate(_HEIGHT)
    async with ana.page.expect_response("**/events?*"):
        gate.set()
    await ana.page.wait_for_function(_GROWN, arg=[await at_ana.feed.element_handle(), height])
    assert await at_ana.feed.evaluate(_IN_SIGHT) == place


async def test_what_came_meanwhile_stands_below_a_line_and_can_be_jumped_to(arrivals: Arrivals, long_room: str) -> None:
    ana = await arrivals.of("ana")
    at_ana = await Consult.enter(ana.page, long_room)
    await at_ana.sees(f"Post {POSTS}")
    await ana.page.get_by_role("link", name="Worklist").click()
    await expect(ana.page.get_by_role("heading", name="Worklist")).to_be_visible()
    ben = await arrivals.callers.seated("ben", long_room)
    for text in ("One more.", "And one."):
        await ben.ask("post", room=long_room, text=said(text))
    at_ana = await Consult.enter(ana.page, long_room)
    await expect(at_ana.post(said("One more."))).to_contain_text("New")
    await expect(at_ana.post(said("And one."))).not_to_contain_text("New")
