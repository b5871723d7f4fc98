"""What a screen reader says aloud, unasked: what matters, and nothing else."""

from playwright.async_api import expect

from tests.browser.arrivals import Arrivals
from tests.browser.consult import Consult
from tests.browser.hearing import heard, hears, listen
from tests.browser.trouble import LINE_DOWN
from tests.browser.whisper import Whisper
from tests.endtoend.callers import said


async def test_a_post_of_others_is_announced_with_its_author_and_typing_never_is(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    await listen(ana.context)
    at_ana = await Consult.enter(ana.page, room)
    await ben.send("typing", room=room, on=True)
    await expect(ana.page.get_by_text("ben is typing")).to_be_visible()
    await ben.ask("post", room=room, text=said("Give fluids."))
    await at_ana.sees(said("Give fluids."))
    await hears(ana.page, "Give fluids.")
    [told] = [text for text in await heard(ana.page) if "Give fluids." in text]
    assert "ben" in told
    assert not [text for text in await heard(ana.page) if "typing" in text]


async def test_a_post_that_is_not_on_record_yet_is_announced_as_that_and_not_again_when_it_is(
    arrivals: Arrivals,
) -> None:
    room = await arrivals.callers.open_case()
    ana, ben = await arrivals.of("ana"), await arrivals.callers.seated("ben", room)
    await listen(ana.context)
    server = await Whisper.to(ana.page)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.say(said("First."))
    text, by = said("Give fluids."), {"person": ben.me["person"], "handle": "ben"}
    server.say({"t": "provisional", "room": room, "id": "fluids", "by": by, "kind": "comment", "text": text})
    await hears(ana.page, "ben, not on record yet: ")
    await expect(at_ana.post(text)).to_contain_text("not on record yet")
    await ben.ask("post", id="fluids", room=room, text=text)
    await expect(at_ana.post(text)).not_to_contain_text("not on record yet")
    await ben.ask("post", room=room, text=said("And glucose."))
    await hears(ana.page, "And glucose.")
    assert len([one for one in await heard(ana.page) if "Give fluids." in one]) == 1


async def test_one_is_told_what_is_on_record_and_what_was_refused(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, cleo = await arrivals.of("ana"), await arrivals.callers.seated("cleo", room)
    await listen(ana.context)
    ana.trouble.announce(LINE_DOWN)
    at_ana = await Consult.enter(ana.page, room)
    await at_ana.say(said("First."))
    await hears(ana.page, "On record")
    await ana.context.set_offline(True)
    await hears(ana.page, "You are offline.")
    await at_ana.write(said("Too late."))
    await at_ana.send()
    await cleo.ask("close", room=room, disposition="transferred", summary=said("done"))
    await ana.context.set_offline(False)
    await hears(ana.page, "The line is back.")
    await hears(ana.page, "Refused: see your post")
    await expect(at_ana.post(said("Too late."))).to_contain_text("This room is closed.")


async def test_the_end_of_a_case_is_announced(arrivals: Arrivals) -> None:
    room = await arrivals.callers.open_case()
    ana, cleo = await arrivals.of("ana"), await arrivals.callers.seated("cleo", room)
    await listen(ana.context)
    await Consult.enter(ana.page, room)
    await cleo.ask("close", room=room, disposition="transferred", summary=said("done"))
    await hears(ana.page, "closed")


async def test_a_new_case_that_cannot_wait_is_announced_on_the_worklist(arrivals: Arrivals) -> None:
    ana = await arrivals.of("ana")
    await listen(ana.context)
    await ana.page.goto("/")
    await expect(ana.page.locator("main[aria-busy=false]")).to_be_visible()
    title = said("Torsades after a new antibiotic")
    await arrivals.callers.open_case(title=title, acuity="stat")
    await expect(ana.page.get_by_role("link", name=title)).to_be_visible()
    await hears(ana.page, title)
