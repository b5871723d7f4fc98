"""What stands on record, read over HTTP: what pages show is held against it."""

from playwright.async_api import expect

from tests.browser.consult import Consult
from tests.endtoend.callers import Callers


async def said_in(callers: Callers, room: str) -> list[str]:
    """The texts of all posts of `room`, in order."""
    return [event["body"]["text"] for event in await callers.log(room) if event["kind"] == "post"]


async def assert_agree(callers: Callers, room: str, texts: list[str], *consults: Consult) -> None:
    """On record are these texts, each once; and every page shows them, each once, in that order."""
    assert await said_in(callers, room) == texts
    for consult in consults:
        await expect(consult.post(texts[-1])).to_have_count(1)
        shown = await consult.feed.get_by_role("article").all_inner_texts()
        places = [[at for at, words in enumerate(shown) if text in words] for text in texts]
        assert all(len(place) == 1 for place in places), (texts, shown)
        assert places == sorted(places)
