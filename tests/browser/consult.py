"""A room as a person uses it: what one reads, what one does. All is found by role and name, as a screen reader does."""

import re

from playwright.async_api import Locator, Page, expect


class Consult:
    """The room that `page` shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.feed = page.get_by_role("feed", name="Timeline")
        self.box = page.get_by_role("textbox", name="Write to the room")

    @property
    def outcome(self) -> Locator:
        """The sheet that asks how it turned out."""
        return self.page.get_by_role("dialog", name="What became of the patient?")

    @classmethod
    async def enter(cls, page: Page, room: str, query: str = "") -> "Consult":
        """Go to a room by its address."""
        await page.goto(f"/case/{room}{query}")
        consult = cls(page)
        await expect(consult.feed).to_be_visible()
        return consult

    def post(self, text: str) -> Locator:
        """What was said with these words."""
        return self.feed.get_by_role("article").filter(has=self.page.get_by_text(text, exact=True))

    async def write(self, text: str) -> None:
        """Type it, and leave it at that."""
        await self.box.click()
        await self.page.keyboard.type(text)

    async def send(self) -> None:
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def say(self, text: str) -> None:
        """Post it, and see it go on record."""
        await self.write(text)
        await self.send()
        await self.sees_on_record(text)

    async def sees(self, text: str) -> None:
        """Return once a post with these words is there, once."""
        await expect(self.post(text)).to_have_count(1)
        await expect(self.post(text)).to_be_visible()

    async def sees_on_record(self, text: str) -> None:
        """Return once one's own post is marked as on record."""
        await expect(self.post(text)).to_have_count(1)
        await expect(self.post(text)).to_contain_text("On record")

    async def answer(self, text: str, words: str) -> None:
        await self._do(text, "Reply")
        await self.page.keyboard.type(words)
        await self.send()
        await self.sees_on_record(words)

    async def corroborate(self, text: str) -> None:
        await self._do(text, "Corroborate")

    async def dispute(self, text: str, reason: str) -> None:
        await self.begin_dispute(text)
        await self.page.keyboard.type(reason)
        await self.post(text).get_by_role("button", name="Dispute").click()

    async def begin_dispute(self, text: str) -> None:
        """Open the form for the reason, which takes the focus."""
        await self._do(text, "Dispute")
        await expect(self.page.get_by_role("textbox", name="Why do you dispute this?")).to_be_focused()

    async def begin_flag(self, text: str) -> None:
        """Open the form for the reason, which takes the focus."""
        await self._do(text, "More")
        await self.post(text).get_by_role("button", name="Flag", exact=True).click()
        await expect(self.page.get_by_role("radio", name="It is dangerous")).to_be_focused()

    async def step_up(self) -> None:
        await self.page.get_by_role("button", name="Step up").click()
        await expect(self.box).to_be_focused()

    async def let_observers_in(self) -> None:
        """Show them everything, live; on a wide screen there is no sheet of people to be closed."""
        count = self.page.get_by_role("button", name=re.compile("^People"))
        act = self.page.get_by_role("button", name="Observers")
        await expect(count.or_(act).first).to_be_visible()
        folded = await count.is_visible()
        if folded:
            await count.click()
        await act.click()
        sheet = self.page.get_by_role("dialog", name="Observers")
        await sheet.get_by_role("radio", name="Everything, live").check()
        await sheet.get_by_role("button", name="Set").click()
        await expect(sheet).to_be_hidden()
        if folded:
            people = self.page.get_by_role("dialog", name="People")
            await people.get_by_role("button", name="Close", exact=True).click()

    async def close(self, disposition: str, summary: str) -> None:
        """End the consult; how it turned out is for later."""
        await self.begin_close(disposition, summary)
        await self.outcome.get_by_role("button", name="Later").click()
        await expect(self.page.get_by_role("dialog")).to_have_count(0)
        await expect(self.page.get_by_text("This case is closed.")).to_be_visible()

    async def begin_close(self, disposition: str, summary: str) -> None:
        """End the consult, where need be by way of the people's sheet, up to the question of how it turned out."""
        count = self.page.get_by_role("button", name=re.compile("^People"))
        folded = await count.is_visible()
        if folded:
            await count.click()
        await self.page.get_by_role("button", name="Close the case").click()
        sheet = self.page.get_by_role("dialog", name="Close the case")
        await sheet.get_by_role("radio", name=disposition).check()
        await sheet.get_by_label("Summary").fill(summary)
        await sheet.get_by_role("button", name="Close the case").click()
        await expect(self.outcome).to_be_visible()

    async def _do(self, text: str, act: str) -> None:
        await self.post(text).get_by_text(text, exact=True).click()
        await self.post(text).get_by_role("button", name=act, exact=True).click()
