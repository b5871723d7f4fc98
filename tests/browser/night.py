"""The night of the story on servers of its own, whose clock stands still: there scenes are played."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from drill.process import Process
from drill.servers import Port
from tests.browser import story
from tests.browser.clock import SetClock
from tests.browser.ground import embedded_ground
from tests.browser.interested import declare_interests
from tests.browser.known import has_record
from tests.browser.on_call import keep_rosters
from tests.endtoend.callers import Callers
from tests.endtoend.site import Embedded, Ground, Site

DAY_MS: Final = 23 * 3_600_000
"""From night to night: a day after its close the presenter of a case would be reminded of its outcome."""
VIEWERS: Final = 7
NOW_MS: Final = story.NIGHT_MS + 720_000


class Houses(NamedTuple):
    """A site for the story, one where nothing has happened, and the demo."""

    clock: SetClock
    site: Site
    quiet: Site
    demo: Process


class Night(NamedTuple):
    """The story has been told in `room`, and the night before, to its end, in `closed_room`."""

    houses: Houses
    callers: Callers
    quiet_callers: Callers
    room: str
    closed_room: str


@contextmanager
def houses(folder: Path) -> Iterator[Houses]:
    """All servers, running."""
    clock = SetClock(folder / "clock", story.NIGHT_MS - DAY_MS)
    (folder / "ground").mkdir()
    ground = embedded_ground(folder / "ground")
    with ExitStack() as stack:
        site, quiet = (stack.enter_context(_site(ground, folder / name, clock)) for name in ("story", "quiet"))
        yield Houses(clock, site, quiet, stack.enter_context(_demo(folder / "demo", clock)))


@asynccontextmanager
async def night(houses: Houses) -> AsyncIterator[Night]:
    """Tell the story; who takes part, follows and observes stays for as long as the context lasts."""
    clock = houses.clock
    async with Callers(houses.site) as callers, Callers(houses.quiet) as quiet_callers:
        closed_room = await story.tell(callers, clock, story.NIGHT_MS - DAY_MS)
        await story.end(callers, clock, closed_room)
        await _sealed(callers, closed_room)
        await story.open_others(callers, clock)
        await keep_rosters(callers)
        await declare_interests(callers)
        room = await story.tell(callers, clock, story.NIGHT_MS)
        for number in range(VIEWERS):
            viewer = await callers.call(f"writer{number}")
            await viewer.ask("join", room=room, **{"as": "follow"})
        obi = await callers.seated("obi", room)
        clock.set(NOW_MS - story.MINUTE_MS)
        await story.moderate(callers, room, obi)
        clock.set(NOW_MS)
        yield Night(houses, callers, quiet_callers, room, closed_room)


@contextmanager
def _site(ground: Ground, folder: Path, clock: SetClock) -> Iterator[Site]:
    folder.mkdir()
    site = Embedded(ground, folder)
    site.environment |= clock.environment
    has_record(site, "ana", *[700, 850] * 12)
    with site:
        yield site


@contextmanager
def _demo(folder: Path, clock: SetClock) -> Iterator[Process]:
    folder.mkdir()
    environment = {"CURBSIDE_VAR": str(folder / "var"), **clock.environment}
    demo = Process(["serve", "--demo"], environment, folder / "log", Port())
    demo.start()
    try:
        yield demo
    finally:
        demo.stop()
        assert demo.port is not None
        demo.port.release()


async def _sealed(callers: Callers, room: str) -> None:
    mo = await callers.seated("mo", room)
    await mo.until(lambda: "sealed" in {event["kind"] for event in mo.events(room)})
