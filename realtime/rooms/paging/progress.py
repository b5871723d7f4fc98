"""How far a page has come with each person whom it rang: a state machine, per person and tier. Pure."""

from typing import Literal, NamedTuple

from realtime.rooms.paging.page import Page, Ring

Progress = Literal["paged", "delivered", "seen", "accepted", "declined", "lapsed"]
"""`lapsed`: the deadline has passed, or somebody else has taken it, without an answer. Whom nobody has taken it from
may still accept."""


class Mark(NamedTuple):
    """When a device of a person had the notice, and when they have looked at it, Unix ms."""

    delivered_at: int | None = None
    seen_at: int | None = None


class Stood(NamedTuple):
    """Where one person stands, and since when, Unix ms."""

    state: Progress
    at: int


def stood(page: Page, ring: Ring, person: str, mark: Mark, now_ms: int) -> Stood:
    """Where `person`, whom `ring` of `page` rang, stands now."""
    given = page.answers.get(person)
    if given is not None and given.at >= ring.at:
        return Stood("accepted" if given.answer == "accept" else "declined", given.at)
    if (over_at := _over_at(page, ring, now_ms)) is not None:
        return Stood("lapsed", over_at)
    if mark.seen_at is not None:
        return Stood("seen", mark.seen_at)
    if mark.delivered_at is not None:
        return Stood("delivered", mark.delivered_at)
    return Stood("paged", ring.at)


def _over_at(page: Page, ring: Ring, now_ms: int) -> int | None:
    """Since when nobody waits for this tier any more."""
    taken_at = min((given.at for given in page.answers.values() if given.answer == "accept"), default=None)
    later = next((other.at for other in page.rings if other.tier > ring.tier), None)
    ended = [at for at in (taken_at, later, ring.deadline_at) if at is not None and at <= now_ms]
    if page.state == "replaced" and not ended:
        return now_ms
    return min(ended, default=None)
