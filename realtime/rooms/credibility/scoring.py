"""A case is scored when its outcome is known: which of what was said in it turned out right.

The last outcome counts, and scores anew whatever an earlier one did. The verdict `unknown` scores nothing. Only what
was said before any outcome was known is scored, and nothing of who gave the outcome: nobody marks their own paper.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from realtime.rooms.credibility.diagnoses import Called, read
from realtime.rooms.credibility.item import Item, Kind, Scored
from realtime.rooms.credibility.opinions import Given, independent
from realtime.rooms.credibility.scores import WHOLE, forecasts, logarithmic, quadratic
from realtime.rooms.erasure import ERASED
from realtime.rooms.events import Corroborated, Event, Opened, OutcomeGiven
from realtime.rooms.fold import fold
from realtime.rooms.room import Room

NO_DIAGNOSIS: Final = frozenset({"", "unknown", ERASED})
"""What an outcome may say in place of a diagnosis: that nobody will know, or words that were erased since."""


class Judged(NamedTuple):
    """The outcome that counts, by which event and whom; and the room as it was when the first one became known."""

    outcome: OutcomeGiven
    event: str
    by: str
    before: Room
    upto: int


def scored(log: Sequence[Event]) -> Scored:
    """What of `log`, a whole one, is scored. Raises `ValueError` where it does not begin with its opening."""
    if not log or not isinstance(log[0].body, Opened):
        raise ValueError("a case begins with its opening")
    specialties = log[0].body.case.specialties
    specialty = specialties[0] if specialties else ""
    judged = _judged(log)
    if judged is None:
        return Scored(specialty, [])
    found = [*_opinions(log, judged), *_advice(log, judged), *_stances(log, judged)]
    return Scored(specialty, sorted((item for item in found if item.person != judged.by), key=lambda item: item.event))


def _judged(log: Sequence[Event]) -> Judged | None:
    before: Room | None = None
    upto, room = 0, None
    last: tuple[OutcomeGiven, Event] | None = None
    for event in log:
        if isinstance(event.body, OutcomeGiven):
            last = event.body, event
            if before is None and event.body.verdict != "unknown":
                before, upto = room, event.seq
        room = fold(room, event)
    if last is None or last[0].verdict == "unknown" or before is None:
        return None
    return Judged(last[0], last[1].id, last[1].by.person, before, upto)


def _opinions(log: Sequence[Event], judged: Judged) -> Iterator[Item]:
    words = (judged.outcome.diagnosis or "").strip()
    if words in NO_DIAGNOSIS:
        return
    truth = read(words)
    for given in independent(event for event in log if event.seq < judged.upto):
        yield _opinion(given, truth, judged)


def _opinion(given: Given, truth: Called, judged: Judged) -> Item:
    found = forecasts(given.differential, truth)
    return Item(
        event=given.event,
        person=given.person,
        kind="opinion",
        at=given.at,
        outcome=judged.event,
        score=quadratic(found),
        loss=logarithmic(found),
        forecasts=tuple(found),
    )


def _advice(log: Sequence[Event], judged: Judged) -> Iterator[Item]:
    """Recommendations that were done, though it may have been said late that they were."""
    room: Room | None = None
    for event in log:
        room = fold(room, event)
    assert room is not None, "there is an outcome"
    at = {event.id: event.at for event in log}
    for post in judged.before.posts.values():
        act, right = room.acts.get(post.id), _right(post.id, judged.outcome)
        if act is not None and act.done and right is not None:
            yield _plain(post.id, post.by, "advice", at[post.id], right, judged)


def _stances(log: Sequence[Event], judged: Judged) -> Iterator[Item]:
    """What each held of another's post as it was worded then."""
    said = {
        (event.body.target, event.by.person): event
        for event in log
        if event.seq < judged.upto and isinstance(event.body, Corroborated)
    }
    for post in judged.before.posts.values():
        right = _right(post.id, judged.outcome)
        if right is None or post.retracted:
            continue
        for stance in ("agree", "disagree"):
            for person in post.holders(stance):
                event = said[post.id, person]
                yield _plain(event.id, person, "stance", event.at, right == (stance == "agree"), judged)


def _right(post: str, outcome: OutcomeGiven) -> bool | None:
    """Whether `post` turned out right; None where the outcome does not say."""
    if post in outcome.supports:
        return True
    return False if post in outcome.contradicts else None


def _plain(event: str, person: str, kind: Kind, at: int, right: bool, judged: Judged) -> Item:
    """A claim that was right or wrong, and nothing between."""
    score = WHOLE if right else 0
    return Item(event=event, person=person, kind=kind, at=at, outcome=judged.event, score=score)
