"""Random people ask random things of a room: whatever comes of it, the laws of the log hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any, Final, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from realtime.rooms.blind import Blind, Blinds
from realtime.rooms.body import Body
from realtime.rooms.card import generated_title
from realtime.rooms.chain import Record, event_of, first_broken
from realtime.rooms.command import ActState, Acuity, ObserverMode, PostKind, Reach, Stance, Verdict
from realtime.rooms.commands import (
    Act,
    Amend,
    AnyCommand,
    Close,
    Corroborate,
    HandOver,
    Invite,
    Lead,
    Observers,
    Opine,
    Outcome,
    Page,
    Pin,
    PollClose,
    PollOpen,
    PollVote,
    Post,
    Release,
    Remove,
    Respond,
    Retract,
    Reveal,
    Revise,
    Unpin,
    Vitals,
    Widen,
    Withhold,
)
from realtime.rooms.copies import Audience, author_copy, body_copy, by_copy, case_copy, state_copy
from realtime.rooms.decide import decide
from realtime.rooms.deciding.pins import MOST_PINS
from realtime.rooms.deciding.posts import MOST_OPEN_QUESTIONS
from realtime.rooms.events import (
    BODIES,
    Amended,
    Closed,
    Event,
    OutcomeGiven,
    Paged,
    PollClosed,
    Posted,
    Retracted,
    Withheld,
)
from realtime.rooms.fold import fold, replay
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.paging.page import Page as LoggedPage
from realtime.rooms.people import Mode, Person
from realtime.rooms.plan import MOST_OPEN
from realtime.rooms.poll import MOST_OPEN as MOST_OPEN_POLLS
from realtime.rooms.post import Opinion
from realtime.rooms.post import Post as LoggedPost
from realtime.rooms.pseudonyms import Pseudonyms
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.rooms.vitals.readings import Reading, Readings
from realtime.rooms.vitals.vital import Vital
from tests.builders import AT, ROOM, Seat, ana, ask, ben, cleo, happened, mo, obi, opening, records, said
from tests.samples import TRIAL

NAMES: Final = Pseudonyms(b"a secret of this deployment", ROOM)


def marked(person: Person) -> Person:
    """The same person, with a canary in everything that tells who they are, and of the same network as the others."""
    canaries = {name: f"CANARY_{name}_{person.id}" for name in ("id", "handle", "institution")}
    return msgspec.structs.replace(person, **canaries, network="CANARY_network")


ANA, BEN, CLEO, OBI, MO = map(marked, (ana, ben, cleo, obi, mo))
PEOPLE: Final = [ANA, BEN, CLEO, OBI, MO, msgspec.structs.replace(ANA, id="CANARY_third")]
PHYSICIANS: Final = {person.id for person in PEOPLE if person.verified}
# Every room begins with a post by ana, by ben and by cleo: e2, e3, e4. Most is about them.
TARGETS: Final = ["e2", "e3", "e4"] * 3 + [f"e{n}" for n in (1, 5, 6, 7, 8)]
PAGES: Final = ["p1", "p2"]
WISHES: Final[list[Sequence[AnyCommand]]] = [
    [ask(Post, text="x", kind=kind, evidence=[TRIAL]) for kind in get_args(PostKind)],
    [ask(Post, text="x", reply_to=target, contradicts="e2", to=ANA.id) for target in TARGETS],
    *[[ask(Amend, target=target, text="x") for target in TARGETS]] * 3,
    [ask(Retract, target=target, reason="x") for target in TARGETS],
    [ask(Withhold, target=target) for target in TARGETS],
    [ask(Post, text="x", trial_data=True)],
    *[[ask(Corroborate, target=target, stance=stance) for target in TARGETS for stance in get_args(Stance)]] * 2,
    [ask(Corroborate, target=target, stance="agree", note="x", evidence=[TRIAL]) for target in TARGETS],
    [ask(Post, text="x", images=[image]) for image in ("scan", "ecg", "ct")],
    [ask(Release, target=target) for target in TARGETS],
    [ask(Pin, target=target) for target in TARGETS],
    [ask(Unpin, target=target) for target in TARGETS],
    *[[ask(Act, target=target, state=state, reason="x") for target in TARGETS for state in get_args(ActState)]] * 2,
    [ask(Post, text="x", kind="question", to=person.id) for person in PEOPLE],
    *[[ask(PollOpen, question="x?", options=["x", "y"], multiple=multiple) for multiple in (False, True)]] * 3,
    *[[ask(PollVote, target=f"e{n}", choices=choices) for n in range(5, 12) for choices in ([0], [1], [0, 1])]] * 3,
    [ask(PollClose, target=f"e{n}") for n in range(5, 12)],
    [ask(HandOver, person=person.id, note="x") for person in PEOPLE],
    [ask(Lead, person=person.id) for person in PEOPLE],
    *[[ask(Respond, page=f"e{n}", answer="accept", read_back="it is mine now") for n in range(5, 20)]] * 2,
    [ask(Respond, page=f"e{n}", answer="decline", reason="x") for n in range(5, 20)],
    [ask(Invite, person=person.id) for person in PEOPLE],
    [ask(Remove, person=person.id, reason="x") for person in PEOPLE],
    [ask(Widen, reach=reach) for reach in get_args(Reach)],
    [ask(Observers, mode=mode, delay_s=delay_s) for mode in get_args(ObserverMode) for delay_s in (None, 30)],
    [ask(Vitals, taken_at=AT - n, values=[Vital("pain", float(n), "{score}")]) for n in range(10)],
    [ask(Revise, acuity=acuity, request=f"x {acuity}") for acuity in get_args(Acuity)],
    [ask(Outcome, verdict=verdict, supports=["e2"], contradicts=["e3"]) for verdict in get_args(Verdict)],
    [ask(Page, id=page, person=person) for page in PAGES for person in (None, ANA.id, BEN.id)],
    *[[ask(Respond, page=page, answer="accept", read_back="x") for page in PAGES]] * 2,
    [ask(Respond, page=page, answer="decline", reason="x") for page in PAGES],
    [ask(Opine, differential=[Diagnosis(dx, 0.5)]) for dx in ("x", "y", "z")],
    [ask(Reveal)],
    [ask(Close, disposition="x", summary="x"), *(ask(Post, text="x") for _ in range(9))],
]
SEATS: Final = st.sampled_from(
    [Seat(person) for person in (ANA, BEN, CLEO, MO)] * 10
    + [Seat(person, mode) for person in PEOPLE for mode in get_args(Mode)]
)
COMMANDS: Final = st.sampled_from(WISHES).flatmap(st.sampled_from)
STEPS: Final = st.lists(st.tuples(SEATS, COMMANDS), min_size=10, max_size=50)


@dataclass
class Played:
    """A room that was played: its log, the state after each event, and the texts that are no more."""

    events: list[Event] = field(default_factory=list)
    states: list[Room] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    retracted: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)

    @property
    def room(self) -> Room:
        return self.states[-1]

    @property
    def records(self) -> list[Record]:
        return records(self.events)

    def take(self, event: Event) -> None:
        self.states.append(fold(self.states[-1] if self.states else None, event))
        self.events.append(event)
        match event.body:
            case Posted(text=text, trial_data=trial_data):
                self.texts[event.id] = [text]
                if trial_data:
                    self.withheld.add(event.id)
            case Withheld(target=target):
                self.withheld.add(target)
            case Amended(target=target, text=text):
                self.texts[target].append(text)
            case Retracted(target=target):
                self.retracted.add(target)
            case _:
                pass

    @property
    def results(self) -> dict[str, list[int]]:
        """What each poll came to, as its end says."""
        found: dict[str, list[int]] = {}
        for event in self.events:
            match event.body:
                case PollClosed(target=target, counts=counts):
                    found[target] = counts
                case Closed(polls=polls):
                    found |= {poll.target: poll.counts for poll in polls}
                case _:
                    pass
        return found

    def gone(self, audience: Audience) -> list[str]:
        """The texts that `audience` may not be sent any more."""
        retracted = [text for post in self.retracted for text in self.texts[post]]
        amended = [text for texts in self.texts.values() for text in texts[:-1]]
        withheld = [text for post in self.withheld for text in self.texts[post]]
        return retracted + (amended + withheld if audience == "observers" else [])


def played(steps: list[tuple[Seat, AnyCommand]]) -> Played:
    """A room with three posts, and then `steps`, each either refused or folded; every text differs from all others."""
    play = Played()
    play.take(opening(CLEO, title="CANARY title", linked_to="CANARY_case", reach="network"))
    first = [(Seat(person), ask(Post, text="x")) for person in (ANA, BEN, CLEO)]
    for n, (seat, command) in enumerate([*first, *steps]):
        if isinstance(command, Post | Amend):
            command = msgspec.structs.replace(command, text=f"<text {n}>")
        before = replay(play.events)
        try:
            events = happened(play.room, seat, command)
        except Refused:
            continue
        finally:
            assert play.room == before
        assert events
        for event in events:
            play.take(event)
        if isinstance(event.body, Paged):
            people = [person.id for person in PEOPLE]
            play.take(said(play.room, Paged(page=event.body.page, tier=1, people=people, deadline_at=play.room.at)))
    return play


@given(STEPS)
def test_an_accepted_command_can_always_be_folded_and_a_refused_one_changes_nothing(
    steps: list[tuple[Seat, AnyCommand]],
) -> None:
    play = played(steps)
    assert [event.seq for event in play.events] == list(range(1, len(play.events) + 1))
    assert all(one.at <= next_.at for one, next_ in pairwise(play.events))


@given(STEPS)
def test_a_snapshot_and_the_rest_give_the_whole_at_every_place(steps: list[tuple[Seat, AnyCommand]]) -> None:
    play = played(steps)
    for n, state in enumerate(play.states, start=1):
        assert replay(play.events[:n]) == state
        assert replay(play.events[n:], state) == play.room


@given(STEPS)
def test_the_records_verify_and_give_the_room_back(steps: list[tuple[Seat, AnyCommand]]) -> None:
    play = played(steps)
    assert first_broken(play.records) is None
    assert replay(map(event_of, play.records)) == play.room


@given(STEPS)
def test_a_room_keeps_its_laws(steps: list[tuple[Seat, AnyCommand]]) -> None:
    play = played(steps)
    room = play.room
    assert len(set(room.pinned)) == len(room.pinned) <= MOST_PINS
    assert not any(room.posts[target].retracted for target in room.pinned)
    assert not room.card.invited & room.card.removed
    assert room.presenter not in room.card.invited | room.card.removed
    for post in room.posts.values():
        assert post.by not in post.opinions
        assert set(post.opinions) <= PHYSICIANS
        assert not set(post.holders("agree")) & set(post.holders("disagree"))
        assert post.retracted == (post.text == "") == (post.id in play.retracted)
        assert post.retracted or post.text == play.texts[post.id][-1]
    assert len(room.open_acts) <= MOST_OPEN
    assert set(room.acts) <= {post.id for post in room.posts.values() if post.kind == "recommendation"}
    assert all(act.done <= act.version <= room.posts[act.target].version for act in room.acts.values())
    assert len(room.open_polls) <= MOST_OPEN_POLLS
    for poll in room.polls.values():
        assert sum(poll.counts) >= len(poll.ballots) and max(poll.counts) <= len(poll.ballots)
        assert all(choices and choices[-1] < len(poll.options) for choices in poll.ballots.values())
        assert poll.multiple or all(len(choices) == 1 for choices in poll.ballots.values())
    assert play.results == {poll.id: poll.counts for poll in room.polls.values() if not poll.open}
    assert len(room.open_questions) <= MOST_OPEN_QUESTIONS
    assert not any(room.posts[question].retracted for question in room.open_questions)
    assert room.lead not in {room.presenter, *room.card.removed}
    assert room.hand_over is None or room.hand_over.person not in {room.presenter, *room.card.removed}
    assert OBI.id not in {event.by.person for event in play.events}


@given(STEPS, SEATS, COMMANDS)
def test_a_closed_room_takes_nothing_but_its_presenter_s_outcome(
    steps: list[tuple[Seat, AnyCommand]], seat: Seat, command: AnyCommand
) -> None:
    play = played([*steps, (Seat(MO), ask(Close, disposition="x", summary="x"))])
    assert "closed" in {event.kind for event in play.events}
    if isinstance(command, Outcome) and seat == Seat(CLEO):
        (given,) = decide(play.room, seat, command, play.room.at)
        assert isinstance(given, OutcomeGiven) and given.verdict == command.verdict
        return
    try:
        decide(play.room, seat, command, play.room.at)
    except Refused as refused:
        if isinstance(command, Outcome):
            return
        assert refused.refusal is (Refusal.OBSERVER if seat.person.role == "observer" else Refusal.CLOSED)
    else:
        raise AssertionError("a closed room took a command")


@given(STEPS)
def test_no_copy_holds_what_its_reader_may_not_see(steps: list[tuple[Seat, AnyCommand]]) -> None:
    play = played(steps)
    for audience in get_args(Audience):
        sent = msgspec.json.encode(
            [
                state_copy(play.room, play.room, audience, NAMES),
                case_copy(play.room.card.case, audience, NAMES),
                *(author_copy(event, audience, NAMES) for event in play.events),
                *copies(play, audience),
            ]
        ).decode()
        assert ("CANARY" in sent) is (audience == "contributors")
        assert not [text for text in play.gone(audience) if text in sent]


@given(STEPS)
def test_who_folds_the_copies_has_the_room_as_they_may_see_it(steps: list[tuple[Seat, AnyCommand]]) -> None:
    """Both who followed live and who comes at the end: the first was sent each copy as the room then was."""
    play = played(steps)
    for audience in get_args(Audience):
        seen = with_shown_pictures(as_seen(play.room, audience), audience)
        for bodies in (copies(play, audience), live_copies(play, audience)):
            assert with_shown_pictures(as_folded(play, bodies, audience), audience) == seen


def with_shown_pictures(room: Room, audience: Audience) -> Room:
    """`room` without what depends on when somebody came: pictures that are not to be seen, and what was blind then."""
    posts = {
        post.id: msgspec.structs.replace(post, pictures=post.pictures if is_shown(post, audience) else ())
        for post in room.posts.values()
    }
    return msgspec.structs.replace(room, posts=Map(posts), pictures=Map(), opinions=Map(), **without_ballots(room))


def without_ballots(room: Room) -> dict[str, Any]:
    """`room` without who has voted, which observers are not told, and what they chose."""
    polls = {poll.id: msgspec.structs.replace(poll, ballots=Map()) for poll in room.polls.values()}
    blinds = {name: blind for name, blind in room.blinds.items() if name not in room.polls}
    return {"polls": Map(polls), "blinds": Map(blinds)}


def is_shown(post: LoggedPost, audience: Audience) -> bool:
    return not post.retracted and (audience == "contributors" or post.released)


def copies(play: Played, audience: Audience) -> list[Any]:
    """The bodies that a reader is sent who comes when all has happened."""
    pairs = zip(play.events, play.records, strict=True)
    return [body_copy(event, record, play.room, audience, NAMES) for event, record in pairs]


def live_copies(play: Played, audience: Audience) -> list[Any]:
    """The bodies that a reader is sent who is there when each event happens."""
    triples = zip(play.events, play.records, play.states, strict=True)
    return [body_copy(event, record, state, audience, NAMES) for event, record, state in triples]


def as_folded(play: Played, bodies: list[Any], audience: Audience) -> Room:
    """The room of a reader who folds the copies that they were sent."""
    room: Room | None = None
    for event, body in zip(play.events, bodies, strict=True):
        sent = Event(event.seq, event.id, event.at, author_copy(event, audience, NAMES), whole(event, body))
        room = fold(room, sent)
    assert room is not None
    return room if audience == "contributors" else retitled(unread(room))


def retitled(room: Room) -> Room:
    """`room` with the title that observers are told: it is made of what may be revised."""
    case = msgspec.structs.replace(room.card.case, title=generated_title(room.card.case))
    return msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, case=case))


def whole(event: Event, body: Any) -> Body:
    """The body of `event` from its copy: a retracted one has no text, a blind one nothing."""
    blank: dict[str, Any] = {"text": "", "differential": [], "choices": [], "target": getattr(event.body, "target", "")}
    return msgspec.convert(blank | msgspec.to_builtins(body), BODIES[event.kind])


def as_seen(room: Room, audience: Audience) -> Room:
    """`room` with the case as `audience` is sent it, and the names under which they know people."""
    if audience == "contributors":
        case = case_copy(room.card.case, audience, NAMES)
        return msgspec.structs.replace(room, card=msgspec.structs.replace(room.card, case=case))
    posts = {
        post.id: msgspec.structs.replace(
            post, by=NAMES.of(post.by), opinions=type(post.opinions)(renamed(post.opinions))
        )
        for post in room.posts.values()
    }
    card = msgspec.structs.replace(
        room.card,
        case=case_copy(room.card.case, audience, NAMES),
        invited=frozenset(map(NAMES.of, room.card.invited)),
        removed=frozenset(map(NAMES.of, room.card.removed)),
        rung=frozenset(map(NAMES.of, room.card.rung)),
    )
    pages = {page.id: unnamed(page) for page in room.pages.values()}
    shown = msgspec.structs.replace(without_names(room), readings=Map(as_told(room.readings)))
    return unread(msgspec.structs.replace(shown, card=card, posts=type(room.posts)(posts), pages=Map(pages)))


def as_told(readings: Readings) -> dict[str, tuple[Reading, ...]]:
    """`readings` as if each had been taken when it was told."""
    return {
        name: tuple(msgspec.structs.replace(one, taken_at=one.said_at) for one in told)
        for name, told in readings.items()
    }


def unnamed(page: LoggedPage) -> LoggedPage:
    """`page` under the names that observers know."""
    rings = [msgspec.structs.replace(ring, people=tuple(map(NAMES.of, ring.people))) for ring in page.rings]
    return msgspec.structs.replace(
        page,
        by=NAMES.of(page.by),
        person=NAMES.of(page.person) if page.person else None,
        rings=tuple(rings),
        answers=Map({NAMES.of(person): given for person, given in page.answers.items()}),
    )


def without_names(room: Room) -> Room:
    """`room` with pseudonyms for all who lead, act, ask and are asked."""
    of, by = NAMES.of, partial(by_copy, audience="observers", names=NAMES)
    asked = room.hand_over
    return msgspec.structs.replace(
        room,
        acts=Map({k: msgspec.structs.replace(act, by=by(act.by)) for k, act in room.acts.items()}),
        authors=Map({of(person): by(author) for person, author in room.authors.items()}),
        open_questions=Map({question: of(to) for question, to in room.open_questions.items()}),
        polls=Map({k: msgspec.structs.replace(poll, by=by(poll.by)) for k, poll in room.polls.items()}),
        lead=room.lead and of(room.lead),
        blinds=by_pseudonyms(room.blinds),
        hand_over=asked and msgspec.structs.replace(asked, person=of(asked.person), by=of(asked.by)),
    )


def by_pseudonyms(blinds: "Blinds") -> "Blinds":
    """Who has answered what, under the names that observers know."""
    return Map(
        {
            name: Blind(Map({NAMES.of(person): seq for person, seq in blind.given.items()}), blind.opened)
            for name, blind in blinds.items()
        }
    )


def unread(room: Room) -> Room:
    """`room` without the texts that observers are not shown: who was there live had them before."""
    posts = {post.id: emptied(post) if post.withheld else post for post in room.posts.values()}
    acts = {k: msgspec.structs.replace(act, read_back=None, reason=None) for k, act in room.acts.items()}
    return msgspec.structs.replace(room, posts=type(room.posts)(posts), acts=Map(acts))


def emptied(post: LoggedPost) -> LoggedPost:
    """`post` without its text, and without what it and the stances on it rest on."""
    stances = {person: msgspec.structs.replace(one, cited=False) for person, one in post.opinions.items()}
    return msgspec.structs.replace(post, text="", evidence=(), opinions=Map(stances))


def renamed(opinions: Any) -> dict[str, Opinion]:
    return {NAMES.of(person): opinion for person, opinion in opinions.items()}
