"""Browsers for whoever is in a scene, whose clocks stand where the servers' does."""

from contextlib import nullcontext, suppress
from typing import Any, Final, Self

from playwright.async_api import Browser, Page, expect

from tests.browser import evidence, opining, planning, polling
from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.night import NOW_MS, Night
from tests.browser.person import Person
from tests.browser.trouble import LINE_DOWN, UNKNOWN
from tests.endtoend.raw import Raw

PLACE: Final = {"timezone_id": "UTC", "locale": "en-GB"}

# Playwright's own clock holds back animation frames as well, and with them all that a page draws in one.
_SET_DATE: Final = """globalThis.Date = class extends Date {
  constructor(...given) { super(...(given.length ? given : [NOW_MS])); }
  static now() { return NOW_MS; }
};""".replace("NOW_MS", str(NOW_MS))


class Stage:
    """`options` are Playwright's for every context. At the end `leave`, or the end of the block, raises on anybody's
    trouble; where the block failed, all leave as well, so that no other scene has them.
    """

    def __init__(self, night: Night, browser: Browser, **options: Any) -> None:
        self.room = night.room
        self.closed_room = night.closed_room
        self._options = {**PLACE, **options}
        self._browser = browser
        self._demo = night.houses.demo
        self._here = Arrivals(browser, night.callers)
        self._elsewhere = Arrivals(browser, night.quiet_callers)
        self._people: dict[Page, Person] = {}
        self._apart: dict[str, str] = {}
        self._seats: list[Raw] = []
        self._surveys: list[str] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, failed: type[BaseException] | None, *_: object) -> None:
        with suppress(AssertionError) if failed else nullcontext():
            await self.leave()

    async def page(self, name: str) -> Page:
        """A page of this person, signed in, on which nothing has been opened."""
        return await self._ready(await self._here.of(name, **self._options))

    async def page_elsewhere(self, name: str) -> Page:
        """The same where nothing has happened yet."""
        return await self._ready(await self._elsewhere.of(name, **self._options))

    async def stranger(self) -> Page:
        """A page of somebody who is not signed in."""
        return await self._ready(await self._here.stranger(**self._options))

    async def newcomer(self) -> Page:
        """A page of somebody who has just started the demo."""
        somebody = await Person.arrive(self._browser, "somebody", self._demo.address, **self._options)
        somebody.trouble.announce(UNKNOWN)
        return await self._ready(somebody)

    async def enter(self, name: str, room: str, query: str = "") -> Consult:
        """The room, as this person sees it once they are in it."""
        return await Consult.enter(await self.page(name), room, query)

    async def open_apart(self, name: str) -> str:
        """A case of this person's that nobody else sees; it is closed at the end, as open ones are counted."""
        words = {"title": "Weakness after a meal", "reach": "team", "observers": "live"}
        room = await self._here.callers.open_case(name, **words)
        self._apart[room] = name
        return room

    async def open_planned(self, *, handed_over: bool = False) -> str:
        """A case of cleo's whose plan is under way; `handed_over`: ben is asked to take it."""
        callers = self._here.callers
        room = await callers.open_case("cleo", **planning.STORY)
        cleo, ana, ben = await planning.planned(callers, room)
        if handed_over:
            await planning.handed_over(cleo, ben, room)
        self._apart[room] = "cleo"
        self._seats += (cleo, ana, ben)
        return room

    async def open_polled(self) -> str:
        """A case of cleo's in which one poll is over and another is open, in which ben has not voted."""
        room = await self._here.callers.open_case("cleo", **polling.STORY)
        self._apart[room] = "cleo"
        self._seats += await polling.polled(self._here.callers, room)
        return room

    async def open_opined(self) -> str:
        """A case of cleo's in which ana and ben have said what they think it is."""
        callers = self._here.callers
        room = await callers.open_case("cleo", **opining.STORY)
        self._seats += await opining.opined(callers, room)
        self._apart[room] = "cleo"
        return room

    async def open_argued(self) -> str:
        """A case of cleo's in which doses are disputed and refuted."""
        callers = self._here.callers
        room = await callers.open_case("cleo", **evidence.STORY)
        self._seats += await evidence.argued(callers, room)
        self._apart[room] = "cleo"
        return room

    async def open_survey(self) -> None:
        """A survey of the moderators that asks every verified physician; it is ended at the end."""
        wish = {
            "title": "What is at hand for a snake bite",
            "questions": [
                {"question": "Do you stock antivenom?", "options": ["Yes, polyvalent", "Yes, another", "No"]},
                {"question": "What else could you give?", "options": ["Adrenaline", "Neostigmine"], "multiple": True},
            ],
            "opens_at": NOW_MS - 1_000,
            "closes_at": NOW_MS + 7 * 86_400_000,
        }
        made = await self._here.callers.request("POST", "/api/surveys", "mo", json=wish)
        assert made.status_code == 201, made.text
        self._surveys.append(made.json()["id"])

    async def go_offline(self, page: Page) -> None:
        """Take the line from whoever looks at `page`."""
        person = self._people[page]
        person.trouble.announce(LINE_DOWN)
        await person.context.set_offline(True)
        await expect(page.get_by_text("You are offline.")).to_be_visible()

    async def leave(self) -> None:
        """Close every browser and case; raises `AssertionError` with what one of them complained of."""
        for room, name in self._apart.items():
            seat = await self._here.callers.seated(name, room)
            closed = await seat.ask("close", room=room, disposition="advised", summary="Shown.")
            assert closed["t"] == "ack", closed
            # So many connections at once are one person's, and many scenes are of the same.
            await seat.hang_up()
        for survey in self._surveys:
            ended = await self._here.callers.request("POST", f"/api/surveys/{survey}/end", "mo", json={})
            assert ended.status_code == 200, ended.text
        for seat in self._seats:
            await seat.hang_up()
        for person in self._people.values():
            await person.context.close()
        for person in self._people.values():
            person.trouble.check()

    async def _ready(self, person: Person) -> Page:
        await person.page.add_init_script(_SET_DATE)
        self._people[person.page] = person
        return person.page
