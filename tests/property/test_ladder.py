"""The ladder by a clock that only the test moves: 200 `stat` cases at once, 500 physicians, a third never answer."""

from collections import Counter
from random import Random
from typing import Final

import msgspec
import pytest

from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.commands import Respond
from realtime.rooms.decide import decide
from realtime.rooms.events import Event, Paged
from realtime.rooms.fold import fold
from realtime.rooms.opening import opened
from realtime.rooms.paging.due import Call, Step, due, due_at, said
from realtime.rooms.paging.ladder import LADDER, deadline_ms
from realtime.rooms.paging.matching import Reachable
from realtime.rooms.paging.tiers import chosen, wanted
from realtime.rooms.people import SYSTEM, By, Person
from realtime.rooms.refusals import Refused
from realtime.rooms.room import Room
from tests.builders import AT, Seat, ana, ask, cleo, wish

CASES, PHYSICIANS = 200, 500
LAST: Final = len(LADDER.tiers)
SECOND_MS, HOUR_MS, IDLE = 1_000, 3_600_000, 2**62
READ_BACK: Final = "Chest pain after a bite for two hours; antivenom?"


class World:
    """`now_ms` moves to what comes next. `answers`: who answers which page of which case at what time."""

    def __init__(self, seed: int, cases: int = CASES) -> None:
        self.chance = Random(seed)
        self.now_ms = AT
        self.rooms = {f"case{n}": opening(f"case{n}") for n in range(cases)}
        self.rang: Counter[tuple[str, int]] = Counter()
        self.people = {f"p{n}": physician(n) for n in range(PHYSICIANS)}
        self.silent = {person for n, person in enumerate(self.people) if n % 3 == 0}
        self.answers: dict[int, list[tuple[str, str, str]]] = {}

    def step(self) -> None:
        """What is due now, said by two who do not know of each other, what people answer, and on to what comes next."""
        for case, room in self.rooms.items():
            for step in due(room, BEHAVIOURS, self.now_ms):
                self.say(case, step)
        for at in [at for at in self.answers if at <= self.now_ms]:
            for person, case, page in self.answers.pop(at):
                self.answer(person, case, page)
        waits = [due_at(room, BEHAVIOURS, self.now_ms) for room in self.rooms.values()]
        self.now_ms = max(self.now_ms + 1, min(at for at in (*waits, *self.answers, IDLE) if at is not None))

    def say(self, case: str, step: Step) -> None:
        known: set[str] = set()
        for _ in range(2):
            call = self.call(self.rooms[case], step)
            for id, body in said(step, call, self.now_ms):
                if id not in known:  # the journal takes an id once
                    known.add(id)
                    self.take(case, Event(self.rooms[case].seq + 1, id, self.now_ms, By(SYSTEM), body))

    def call(self, room: Room, step: Step) -> Call | None:
        tiers = LADDER.above(step.over)
        found = chosen(self.people.values(), wanted(room, step), tiers)
        number, people = found or ((LAST, ["last"]) if tiers else (0, []))
        if not people:
            return None
        return Call(number, people, self.now_ms + deadline_ms(BEHAVIOURS, "stat", LADDER.tiers[number - 1]))

    def take(self, case: str, event: Event) -> None:
        self.rooms[case] = fold(self.rooms[case], event)
        if not isinstance(event.body, Paged):
            return
        self.rang[event.body.page, event.body.tier] += 1
        for person in set(event.body.people) & self.people.keys():
            one = self.people[person]
            self.people[person] = msgspec.structs.replace(one, open_pages=one.open_pages + 1)
            if person not in self.silent:
                at = self.now_ms + SECOND_MS * self.chance.randint(5, 110)
                self.answers.setdefault(at, []).append((person, case, event.body.page))

    def answer(self, person: str, case: str, page: str) -> None:
        accepts = self.chance.random() < 0.7
        more = {"answer": "accept", "read_back": READ_BACK} if accepts else {"answer": "decline", "reason": "Busy."}
        seat = Seat(msgspec.structs.replace(ana, id=person))
        room = self.rooms[case]
        try:
            bodies = decide(room, seat, ask(Respond, page=page, **more), self.now_ms)
        except Refused:
            return
        for body in bodies:
            by = By(person)
            self.take(case, Event(self.rooms[case].seq + 1, f"{case}{room.seq}{person}", self.now_ms, by, body))


def opening(case: str) -> Room:
    presenter: Person = cleo
    body = opened(wish(acuity="stat"), presenter, case, AT)
    return fold(None, Event(1, case, AT, presenter.by, body))


def physician(n: int) -> Reachable:
    return Reachable(person=f"p{n}", specialties=("cardiology",), on_call=n % 10 == 0, present=n % 4 == 0, per_hour=4)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_case_is_taken_or_comes_to_the_last_human_and_no_tier_rings_twice(seed: int) -> None:
    world = World(seed)
    while any(due_at(room, BEHAVIOURS, world.now_ms) is not None for room in world.rooms.values()):
        world.step()
        assert world.now_ms < AT + HOUR_MS
    assert set(world.rang.values()) == {1}
    for room in world.rooms.values():
        (page,) = room.pages.values()
        assert page.state == "answered" or page.tier == LAST
    states = Counter(page.state for room in world.rooms.values() for page in room.pages.values())
    assert states["answered"] >= 0.9 * CASES


def test_where_nobody_answers_every_case_comes_to_the_last_human_in_the_time_of_its_tiers() -> None:
    world = World(4, cases=20)
    world.silent = set(world.people)
    while world.now_ms <= AT + LAST * deadline_ms(BEHAVIOURS, "stat"):
        world.step()
    assert {page.tier for room in world.rooms.values() for page in room.pages.values()} == {LAST}
    assert len({page for page, _ in world.rang}) == 20
    assert set(world.rang.values()) == {1}
