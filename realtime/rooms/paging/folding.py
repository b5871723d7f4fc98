"""What events do to the pages of a room."""

from collections.abc import Iterable

import msgspec
from immutables import Map

from realtime.rooms.events import Escalated, Paged, Responded
from realtime.rooms.paging.page import Answer, Page, PageState, Ring

Pages = Map[str, Page]


def paged(pages: Pages, body: Paged, *, at: int, by: str) -> Pages:
    """The pages after a tier has rung, or somebody has wished for a page."""
    page = pages.get(body.page)
    if page is None:
        page = Page(body.page, at, by, body.specialty, body.person)
        pages = _replaced(pages) if page.automatic else pages
    if body.tier:
        ring = Ring(body.tier, at, body.deadline_at, tuple(body.people))
        page = msgspec.structs.replace(page, rings=(*page.rings, ring), state="ringing")
    return pages.set(page.id, page)


def responded(pages: Pages, body: Responded, *, at: int, by: str) -> Pages:
    """The pages after somebody has answered one."""
    page = pages[body.page]
    state: PageState = "answered" if body.answer == "accept" else page.state
    answers = page.answers.set(by, Answer(body.answer, at))
    return pages.set(page.id, msgspec.structs.replace(page, answers=answers, state=state))


def escalated(pages: Pages, body: Escalated) -> Pages:
    """The pages after a tier is over; the next one, if there is one, follows."""
    return pages.set(body.page, msgspec.structs.replace(pages[body.page], state="over"))


def rung(pages: Iterable[Page]) -> frozenset[str]:
    """Whom pages have rung that nobody has taken, but for those who declined."""
    open_ = [page for page in pages if page.state in ("ringing", "over")]
    return frozenset(
        person
        for page in open_
        for person in page.people
        if (given := page.answers.get(person)) is None or given.answer != "decline"
    )


def _replaced(pages: Pages) -> Pages:
    """A case that has become more urgent is paged anew: what it asked before is over."""
    earlier = {page.id: page for page in pages.values() if page.automatic and page.state in ("ringing", "over")}
    return pages.update({id: msgspec.structs.replace(page, state="replaced") for id, page in earlier.items()})
