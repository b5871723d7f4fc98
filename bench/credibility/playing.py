"""Cases played as the logs of rooms: opinions, a finding of each physician, what others hold of it, and the outcome."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from bench.credibility.world import Guess, Physician, Problem, differential, problem
from realtime.rooms.body import Body
from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.command import Stance
from realtime.rooms.events import Corroborated, Event, Opened, Opined, OutcomeGiven, Posted
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import By

OPINIONS: Final = 10
LOOKS: Final = 3
"""At the findings of so many others each physician looks."""
RING_LOOKS: Final = 6
"""So many others of the ring come to agree with each finding of one of theirs."""
PRESENTER: Final = By("presenter")
_SWITCH: Final = ObserverSwitch("off", 0)


class Held(NamedTuple):
    """What somebody held of the finding of another."""

    by: str
    author: str
    claim: str
    agrees: bool


class Played(NamedTuple):
    """A case that was played: its log, who named what, the diagnosis of each finding, and what others held of them."""

    log: list[Event]
    truth: str
    named: dict[str, list[Guess]]
    claims: dict[str, str]
    held: list[Held]


def played(people: Sequence[Physician], room: str, random: Random) -> Played:
    """One case, with ten of `people`."""
    case, seated = problem(random), random.sample(people, OPINIONS)
    named = {one.id: differential(one, case, random) for one in seated}
    claims = {f"{room}f{n}": named[one.id][0].code for n, one in enumerate(seated)}
    authors = dict(zip(claims, seated, strict=True))
    held = [*_looks(seated, named, claims, authors, random), *_ring(people, claims, authors, random)]
    return Played(_log(room, case, named, claims, authors, held), case.truth, named, claims, held)


def _looks(
    seated: Sequence[Physician],
    named: dict[str, list[Guess]],
    claims: dict[str, str],
    authors: dict[str, Physician],
    random: Random,
) -> Iterator[Held]:
    for one in seated:
        others = [claim for claim, author in authors.items() if author is not one]
        for claim in random.sample(others, LOOKS):
            agrees = _agrees(named[one.id], claims[claim], random)
            if agrees is not None:
                yield Held(one.id, authors[claim].id, claim, agrees is not one.troll)


def _agrees(own: Sequence[Guess], code: str, random: Random) -> bool | None:
    """What whoever named `own` holds of a finding; None where they hold nothing."""
    if own[0].code == code:
        return True
    if random.random() < 0.5:
        return None
    return any(guess.code == code for guess in own)


def _ring(
    people: Sequence[Physician], claims: dict[str, str], authors: dict[str, Physician], random: Random
) -> Iterator[Held]:
    members = [one for one in people if one.ring]
    for claim, author in authors.items():
        others = [one for one in members if one not in authors.values()]
        if author.ring:
            for one in random.sample(others, min(RING_LOOKS, len(others))):
                yield Held(one.id, author.id, claim, True)


def _log(
    room: str,
    case: Problem,
    named: dict[str, list[Guess]],
    claims: dict[str, str],
    authors: dict[str, Physician],
    held: Sequence[Held],
) -> list[Event]:
    said: list[tuple[str, By, Body]] = [(f"{room}o", PRESENTER, Opened(case=_case(room)))]
    for person, guesses in named.items():
        entries = [Diagnosis(dx=code, code=code, probability=p) for code, p in guesses]
        said.append((f"{room}{person}", By(person), Opined(differential=entries)))
    for claim, code in claims.items():
        said.append((claim, By(authors[claim].id), Posted(text=code, kind="finding", evidence=[], images=[])))
    for n, one in enumerate(held):
        stance: Stance = "agree" if one.agrees else "disagree"
        said.append((f"{room}s{n}", By(one.by), Corroborated(target=one.claim, stance=stance, evidence=[])))
    right = [claim for claim, code in claims.items() if code == case.truth]
    wrong = [claim for claim in claims if claim not in right]
    outcome = OutcomeGiven(verdict="confirmed", diagnosis=case.truth, supports=right, contradicts=wrong)
    said.append((f"{room}z", PRESENTER, outcome))
    return [Event(seq, id, seq, by, body) for seq, (id, by, body) in enumerate(said, 1)]


def _case(room: str) -> Case:
    return Case(
        id=room,
        title="A case",
        acuity="urgent",
        specialties=["cardiology"],
        languages=[],
        situation="A case.",
        assessment="Unsure.",
        request="What is it?",
        opened_at=1,
        presenter=PRESENTER.person,
        reach="world",
        observers=_SWITCH,
        status="open",
    )


def agreements(held: Sequence[Sequence[Held]]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """By who agreed and with whom: with how many findings, and in how many rooms."""
    posts, rooms = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for of_room in held:
        pairs = Counter((one.by, one.author) for one in of_room if one.agrees)
        posts.update(pairs)
        rooms.update(pairs.keys())
    return posts, rooms
