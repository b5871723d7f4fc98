from typing import Any

import msgspec
import pytest

from realtime.rooms.acuity import BEHAVIOURS
from realtime.rooms.commands import Page, Remove, Respond
from realtime.rooms.paging.due import Step
from realtime.rooms.paging.ladder import LADDER, Ladder, Tier, TierRole, deadline_ms
from realtime.rooms.paging.matching import Reachable
from realtime.rooms.paging.tiers import chosen, wanted
from tests.builders import Seat, after, ana, ask, cleo, mo, opened_room, rung


def one(person: str, **fields: Any) -> Reachable:
    given: dict[str, Any] = {"person": person, "specialties": ("cardiology",), "per_hour": 4}
    return Reachable(**given | fields)


PEOPLE = [
    one("here", on_call=True, institution="hill_clinic", network="andes_net"),
    one("near", on_call=True, network="andes_net"),
    one("far", on_call=True),
    one("present", present=True),
    one("other"),
]


@pytest.mark.parametrize(
    ("role", "people"),
    [
        ("on_call_institution", ["here"]),
        ("on_call_network", ["here", "near"]),
        ("on_call", ["far", "here", "near"]),
        ("present", ["present"]),
        ("matching", ["far", "here", "near", "other", "present"]),
    ],
)
def test_a_tier_rings_those_of_its_role(role: TierRole, people: list[str]) -> None:
    wish = wanted(opened_room(), Step("p1"))
    found = chosen(PEOPLE, wish, [(1, Tier(role=role, most=50))])
    assert found is not None and (found[0], sorted(found[1])) == (1, people)


def test_a_tier_rings_so_many_at_most_and_one_that_finds_nobody_is_passed() -> None:
    wish, tiers = wanted(opened_room(), Step("p1")), LADDER.above(0)
    assert chosen(PEOPLE[2:], wish, tiers) == (3, ["far"])
    matching = [one(f"p{n}") for n in range(40)]
    number, people = chosen(matching, wish, tiers) or (0, [])
    assert (number, len(people)) == (5, 12)
    assert chosen([], wish, tiers) is None


def test_nobody_is_asked_twice_by_a_page_nor_the_presenter_nor_who_asked_nor_who_was_removed() -> None:
    room = after(opened_room(), Seat(mo), ask(Page, id="p1", specialty="surgery"))
    room = rung(room, "p1", "ana")
    room = after(room, Seat(mo), ask(Remove, person="dan"))
    wish = wanted(room, Step("p1", over=1, specialty="surgery"))
    assert wish.excluded == {"ana", "cleo", "mo", "dan"}
    assert (wish.specialties, wish.institution) == (("surgery",), "hill_clinic")


def test_who_has_taken_the_case_is_not_asked_for_it_again() -> None:
    room = rung(opened_room(reach="world"), "p1", "ana")
    room = after(room, Seat(ana), ask(Respond, page="p1", answer="accept"))
    assert "ana" in wanted(room, Step("p2")).excluded


def test_whom_one_asks_for_by_name_may_be_beyond_the_reach() -> None:
    room = after(opened_room(reach="team"), Seat(cleo), ask(Page, id="p1", person="ana"))
    assert wanted(room, Step("p1", person="ana")).invited == {"ana"}


def test_a_tier_may_have_a_deadline_of_its_own() -> None:
    assert deadline_ms(BEHAVIOURS, "stat") == 120_000
    tier = Tier(role="present", most=1, deadline_s={"stat": 30})
    assert (deadline_ms(BEHAVIOURS, "stat", tier), deadline_ms(BEHAVIOURS, "asap", tier)) == (30_000, 300_000)
    never = {**BEHAVIOURS, "urgent": BEHAVIOURS["routine"]}
    assert deadline_ms(never, "urgent") == 300_000


@pytest.mark.parametrize("roles", [[], ["present"], ["coordinator", "present"], ["coordinator", "coordinator"]])
def test_a_ladder_ends_with_one_human_who_is_named(roles: list[TierRole]) -> None:
    with pytest.raises(ValueError, match="must end with the tier `coordinator`"):
        Ladder(tuple(Tier(role=role, most=1) for role in roles))


def test_the_ladder_of_the_project_begins_with_who_is_on_call_and_ends_with_a_human() -> None:
    assert [tier.role for tier in LADDER.tiers][::5] == ["on_call_institution", "coordinator"]
    assert msgspec.structs.replace(LADDER, coordinators={"": "mo_mod"}).coordinator("hill_clinic") == "mo_mod"
