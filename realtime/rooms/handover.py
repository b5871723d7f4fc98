"""The handover note: a case as it stands (ISBAR), what was advised, by whom, and what became of it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from realtime.rooms.case import Case
from realtime.rooms.command import ActState, Evidence, Verdict
from realtime.rooms.drugs.inn import glossary
from realtime.rooms.events import Acted, Closed, Corroborated, Event, Posted
from realtime.rooms.fold import replay
from realtime.rooms.people import SYSTEM, By
from realtime.rooms.plan import Act
from realtime.rooms.post import Post
from realtime.rooms.room import Room
from realtime.rooms.vitals.readings import Readings
from realtime.rooms.wordless import wordless

GROUPS: Final[tuple[ActState | None, ...]] = ("doing", "accepted", "done", "cannot", "stopped", None)
"""What is under way first; None: what was advised and not taken up."""


class Stand(msgspec.Struct, frozen=True):
    """Who is for or against a recommendation as its text is now, and why, as far as they said."""

    __repr__ = wordless

    by: By
    at: int
    note: str | None


class Step(msgspec.Struct, frozen=True):
    """What became of a recommendation at `at`, Unix ms; `words`: what was read back, or why."""

    __repr__ = wordless

    state: ActState
    by: By
    at: int
    words: str | None


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """A recommendation. `inn`: by INN how its text names drugs otherwise. `amended`: since it was accepted.

    `text` is empty where it was taken back.
    """

    __repr__ = wordless

    id: str
    by: By
    at: int
    text: str
    inn: dict[str, str]
    evidence: list[Evidence]
    agree: list[Stand]
    disagree: list[Stand]
    contradicts: str | None
    steps: list[Step]
    state: ActState | None
    amended: bool
    retracted: bool


class Question(msgspec.Struct, frozen=True):
    """A question that waits for an answer."""

    __repr__ = wordless

    by: By
    at: int
    text: str
    to: By


class Ending(msgspec.Struct, frozen=True):
    """How the consult ended."""

    __repr__ = wordless

    at: int
    disposition: str
    summary: str


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A case at `as_of`, Unix ms, the time of its event at `seq`. `opened_by` is who asked first."""

    __repr__ = wordless

    case: Case
    vitals: Readings
    seq: int
    as_of: int
    opened_by: By
    presenter: By
    lead: By | None
    advice: list[Advice]
    questions: list[Question]
    people: list[By]
    ending: Ending | None
    outcome: Verdict | None

    def advised(self, state: ActState | None) -> list[Advice]:
        """What was advised and is in this state on the plan, or on no plan, in the order of the log."""
        return [one for one in self.advice if one.state == state]


def composed(events: Sequence[Event]) -> Handover:
    """The note from all events of a room. Raises `ValueError` where there are none."""
    room = replay(events)
    if room is None:
        raise ValueError("a room without events has no handover")
    known = {event.by.person: event.by for event in events if event.by.person != SYSTEM}
    return Handover(
        case=room.card.case,
        vitals=room.readings,
        seq=room.seq,
        as_of=room.at,
        opened_by=events[0].by,
        presenter=_by(known, room.presenter),
        lead=_by(known, room.lead) if room.lead else None,
        advice=_advice(room, events),
        questions=_questions(room, events, known),
        people=sorted(known.values(), key=lambda by: by.handle),
        ending=_ending(events),
        outcome=room.card.outcome,
    )


def _advice(room: Room, events: Sequence[Event]) -> list[Advice]:
    stands = _stands(room, events)
    steps = _steps(events)
    return [
        _advised(event, room, stands.get(event.id, {}), steps.get(event.id, []))
        for event in events
        if isinstance(event.body, Posted) and event.body.kind == "recommendation" and _counts(room, event.id)
    ]


def _counts(room: Room, target: str) -> bool:
    """What was taken back counts only where something was made of it."""
    return target in room.acts or not room.posts[target].retracted


def _advised(event: Event, room: Room, stands: dict[str, Stand], steps: list[Step]) -> Advice:
    post = room.posts[event.id]
    act: Act | None = room.acts.get(event.id)
    return Advice(
        id=event.id,
        by=event.by,
        at=event.at,
        text=post.text,
        inn=glossary(post.text),
        evidence=list(post.evidence),
        agree=[stands[person] for person in post.holders("agree")],
        disagree=[stands[person] for person in post.holders("disagree")],
        contradicts=_author(room, post),
        steps=steps,
        state=act.state if act else None,
        amended=act is not None and act.version < post.version,
        retracted=post.retracted,
    )


def _author(room: Room, post: Post) -> str | None:
    """Whose post `post` contradicts."""
    other = room.posts.get(post.contradicts or "")
    return room.authors[other.by].handle if other else None


def _stands(room: Room, events: Sequence[Event]) -> dict[str, dict[str, Stand]]:
    """By post and person the last stance that was taken; those on an earlier text are not asked for."""
    stands: dict[str, dict[str, Stand]] = {}
    for event in events:
        if isinstance(event.body, Corroborated):
            said = Stand(event.by, event.at, event.body.note)
            stands.setdefault(event.body.target, {})[event.by.person] = said
    return stands


def _steps(events: Sequence[Event]) -> dict[str, list[Step]]:
    steps: dict[str, list[Step]] = {}
    for event in events:
        if isinstance(event.body, Acted):
            words = event.body.read_back or event.body.reason
            steps.setdefault(event.body.target, []).append(Step(event.body.state, event.by, event.at, words))
    return steps


def _questions(room: Room, events: Sequence[Event], known: dict[str, By]) -> list[Question]:
    return [
        Question(event.by, event.at, room.posts[event.id].text, _by(known, room.open_questions[event.id]))
        for event in events
        if event.id in room.open_questions
    ]


def _ending(events: Sequence[Event]) -> Ending | None:
    for event in events:
        if isinstance(event.body, Closed):
            return Ending(event.at, event.body.disposition, event.body.summary)
    return None


def _by(known: dict[str, By], person: str) -> By:
    """Who `person` is, as far as the log says: of those who never acted it has the id alone."""
    return known.get(person, By(person))
