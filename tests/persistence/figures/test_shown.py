"""The cases of a month as they are kept for those outside."""

from types import SimpleNamespace
from typing import Any

from persistence.figures.shown import Group, groups_of, shown
from persistence.figures.tables import CasePart, CaseShown, CaseTally, CaseWait
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.events import canonical
from realtime.rooms.observing import DAY_MS, Permit, may_observe
from tests.builders import AT

LIVE = ObserverSwitch(mode="live", delay_s=0)
RESEARCH = ObserverSwitch(mode="live", delay_s=0, allow_kinds=["research"])
PHARMA = Permit("corp", "pharma", frozenset({"HRESCH"}), 1)
FUND = Permit("fund", "investor", frozenset({"HRESCH"}), 1, embargo_days=2)


def case(room: str, switch: ObserverSwitch | None = LIVE, closed_at: int | None = AT) -> Any:
    kept = None if switch is None else canonical(switch)
    return SimpleNamespace(room=room, acuity="stat", specialty="cardiology", switch=kept, closed_at=closed_at)


def kept(*cases: Any, waits: Any = (), tallies: Any = (), parts: Any = ()) -> list[Group]:
    rows: Any = {CaseShown: cases, CaseWait: waits, CaseTally: tallies, CasePart: parts}
    return groups_of(shown(rows, {"ana": ("", ""), "ben": ("", "")}))


def part(room: str, person: str) -> Any:
    return SimpleNamespace(room=room, person=person, asked=True, answered=False, opinions=1, hits=0, brier=900)


def test_what_cases_that_are_alike_add_stands_together() -> None:
    waits = [SimpleNamespace(room=room, measure="closed", ms=ms) for room, ms in (("a", 7), ("b", 5))]
    tallies = [SimpleNamespace(room=room, measure="brier", n=2, hits=0, sum=300) for room in "ab"]
    parts = [part("a", "ana"), part("a", "ben"), part("b", "ben"), part("b", "nobody verified")]
    (group,) = kept(case("a"), case("b"), waits=waits, tallies=tallies, parts=parts)
    assert (group.cases, group.ms, group.tallies) == (2, {"closed": [7, 5]}, {"brier": [2, 4, 0, 600]})
    assert (group.people, group.did) == (["ana", "ben"], [[1, 0, 1, 0, 900], [2, 0, 2, 0, 1_800]])
    assert group.took == [[0, 1], [1]]


def test_what_was_given_which_probability_is_not_kept() -> None:
    (group,) = kept(case("a"), tallies=[SimpleNamespace(room="a", measure="forecast_3", n=2, hits=0, sum=300)])
    assert group.tallies == {}


def test_cases_that_nobody_may_be_shown_are_not_kept_and_others_stand_with_those_of_the_same_switch() -> None:
    groups = kept(case("a", None), case("b"), case("c", RESEARCH), case("d"))
    assert sorted(group.cases for group in groups) == [1, 2]
    assert [group.cases for group in groups if may_observe(group, PHARMA, AT)] == [2]


def test_investors_wait_for_the_last_of_those_that_were_closed_in_a_month_and_are_told_of_none_that_is_open() -> None:
    groups = kept(case("a"), case("b", closed_at=AT + DAY_MS), case("c", closed_at=None))
    assert sorted(group.cases for group in groups) == [1, 2]
    assert not any(may_observe(group, FUND, AT + 2 * DAY_MS) for group in groups)
    assert [group.cases for group in groups if may_observe(group, FUND, AT + 3 * DAY_MS)] == [2]
