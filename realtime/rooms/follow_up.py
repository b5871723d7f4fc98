"""What becomes of the patient after the close: what the presenter is asked, when, and whom the answer concerns."""

from typing import Final, Literal, NamedTuple

from realtime.rooms.card import Card
from realtime.rooms.events import OutcomeGiven
from realtime.rooms.post import Post
from realtime.rooms.room import Room

QUESTIONS: Final = ("diagnosis", "advice_used", "state_24h", "state_7d", "harm")
"""The fields of an outcome that a presenter owes; `how_known` goes with the diagnosis. `unknown` is an answer too."""

CLAIMS: Final = frozenset({"finding", "recommendation"})
Judged = Literal["right", "wrong", "mixed"]
"""How what somebody said turned out: `mixed` is some this way, some that way."""
HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS


class Nudge(NamedTuple):
    """A reminder of `asks`, so long after the close. Its name is a part of its notice's id: it is made once."""

    name: str
    after_ms: int
    asks: tuple[str, ...]


NUDGES: Final = (
    Nudge("24h", 24 * HOUR_MS, ("state_24h",)),
    Nudge("7d", 7 * DAY_MS, QUESTIONS),
    Nudge("14d", 14 * DAY_MS, QUESTIONS),
    Nudge("28d", 28 * DAY_MS, QUESTIONS),
    Nudge("56d", 56 * DAY_MS, QUESTIONS),
)
"""When a presenter is reminded, in order: at 24 hours, at 7 days, then three times, each gap twice the one before."""


def known(outcome: OutcomeGiven) -> tuple[str, ...]:
    """Which questions this outcome answers. What is absent is not known yet."""
    return tuple(name for name in QUESTIONS if getattr(outcome, name) is not None)


def owed(card: Card) -> tuple[str, ...]:
    """Which questions are open; none while the case is."""
    return () if card.open else tuple(name for name in QUESTIONS if name not in card.outcome_known)


def due(card: Card, now_ms: int) -> Nudge | None:
    """The last reminder whose time has come, if it asks for anything that is still owed."""
    come = [nudge for nudge in NUDGES if _at(card, nudge) <= now_ms]
    return come[-1] if come and _asks(card, come[-1]) else None


def next_at(card: Card, now_ms: int) -> int | None:
    """When the next reminder will be due that asks for anything, Unix ms; None where none will."""
    return next((_at(card, nudge) for nudge in NUDGES if _at(card, nudge) > now_ms and _asks(card, nudge)), None)


def helpers(room: Room) -> frozenset[str]:
    """Who helped, and may enter.

    They took the case, or posted a finding, a recommendation, what somebody agrees with or what the outcome names.
    """
    spoke = {post.by for post in room.posts.values() if _helps(post)}
    came = {person for page in room.pages.values() if (person := page.accepted_by) is not None}
    return frozenset((spoke | came | judged(room).keys()) - {room.presenter} - room.card.removed)


def judged(room: Room) -> dict[str, Judged]:
    """Whose posts the last outcome names, and how those turned out."""
    right, wrong = _authors(room, room.right), _authors(room, frozenset(room.wrong))
    return {person: _how(person in right, person in wrong) for person in right | wrong}


def _helps(post: Post) -> bool:
    return not post.retracted and (post.kind in CLAIMS or bool(post.holders("agree")))


def _how(right: bool, wrong: bool) -> Judged:
    if right and wrong:
        return "mixed"
    return "right" if right else "wrong"


def _authors(room: Room, posts: frozenset[str]) -> set[str]:
    return {post.by for post in map(room.posts.__getitem__, posts) if not post.retracted}


def _at(card: Card, nudge: Nudge) -> int:
    assert card.closed_at is not None, "only what is closed is followed up"
    return card.closed_at + nudge.after_ms


def _asks(card: Card, nudge: Nudge) -> bool:
    return not set(nudge.asks).isdisjoint(owed(card))
