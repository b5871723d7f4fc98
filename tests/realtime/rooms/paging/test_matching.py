from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from realtime.rooms.paging.matching import Matching, Reachable, Standing, Wanted, match


def reachable(person: str, **known: Any) -> Reachable:
    given: dict[str, Any] = {"person": person, "specialties": ("cardiology",), "per_hour": 4}
    return Reachable(**given | known)


def wanted(**parts: Any) -> Wanted:
    given: dict[str, Any] = {"room": "case1", "specialties": ("cardiology",), "acuity": "asap", "reach": "world"}
    return Wanted(**given | {"languages": ("en",)} | parts)


def order(*people: Reachable, **parts: Any) -> list[str]:
    return [one.person for one in match(people, wanted(**parts)).asked]


def why(one: Reachable, **parts: Any) -> str | None:
    passed_over = match([one], wanted(**parts)).passed_over
    return passed_over[0].why if passed_over else None


FIRST = reachable("first", on_call=True, present=True, languages=("en-GB",))


@pytest.mark.parametrize(
    "less",
    [
        {"on_call": False},
        {"present": False},
        {"languages": ("fr",)},
        {"specialties": ("paediatric_cardiology",)},
        {"open_pages": 1},
        {"pages_last_hour": 1},
    ],
)
def test_each_thing_that_counts_puts_one_before_the_other(less: dict[str, Any]) -> None:
    for name in ("a", "z"):
        assert order(replace(FIRST, person=name, **less), FIRST) == ["first", name]


WORSE: list[dict[str, Any]] = [
    {"pages_last_hour": 1},
    {"open_pages": 1},
    {"specialties": ("paediatric_cardiology",)},
    {"languages": ("fr",)},
    {"present": False},
    {"on_call": False},
]


@pytest.mark.parametrize("place", range(1, len(WORSE)))
def test_what_stands_first_counts_more_than_all_behind_it(place: int) -> None:
    all_behind = {name: value for one in WORSE[:place] for name, value in one.items()}
    only, others = replace(FIRST, person="only", **WORSE[place]), replace(FIRST, person="others", **all_behind)
    assert order(only, others) == ["others", "only"]


def test_the_nearest_specialty_comes_first() -> None:
    people = [
        reachable(person, specialties=(specialty,))
        for person, specialty in (
            ("d", "cardiac_surgery"),
            ("c", "internal_medicine"),
            ("b", "interventional_cardiology"),
            ("a", "cardiology"),
        )
    ]
    assert order(*people) == ["a", "b", "c", "d"]


def test_it_is_not_always_the_same_one() -> None:
    people = [reachable(f"p{number}") for number in range(4)]
    firsts = {order(*people, room=f"case{number}")[0] for number in range(40)}
    assert firsts == {"p0", "p1", "p2", "p3"}
    assert order(*people, room="case7") == order(*people, room="case7")


def test_everybody_is_told_why_they_stand_there() -> None:
    (one,) = match([replace(FIRST, open_pages=2)], wanted()).asked
    assert one.standing == Standing(True, True, True, "same", 2, 0)
    assert one.standing.group == "on_call"


def test_who_is_asked_together_is_counted() -> None:
    people = [FIRST, reachable("a", present=True), reachable("b"), reachable("c"), reachable("d", quiet=True)]
    matching = match(people, wanted())
    assert matching.groups() == {"on_call": 1, "present": 1, "others": 2}
    assert matching.reasons() == {"quiet": 1}


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (reachable("a", do_not_disturb=True, quiet=True, pages_last_hour=4), "do_not_disturb"),
        (reachable("a", quiet=True, pages_last_hour=4), "quiet"),
        (reachable("a", pages_last_hour=4), "limit"),
        (reachable("a", pages_last_hour=1, per_hour=1), "limit"),
        (reachable("a", specialties=("urology",), do_not_disturb=True), "other_specialty"),
        (reachable("a", tier=1), "no_entry"),
        (reachable("a", pages_last_hour=3), None),
    ],
)
def test_who_is_passed_over_is_so_for_the_first_reason(one: Reachable, reason: str | None) -> None:
    assert why(one) == reason


@pytest.mark.parametrize("known", [{"quiet": True}, {"do_not_disturb": True}])
def test_stat_comes_through_only_where_one_allows_it(known: dict[str, Any]) -> None:
    assert why(reachable("a", **known), acuity="stat") is not None
    assert why(reachable("a", stat_through=True, **known), acuity="stat") is None
    assert why(reachable("a", stat_through=True, **known), acuity="asap") is not None


def test_stat_is_not_counted_against_the_limit() -> None:
    assert why(reachable("a", pages_last_hour=99), acuity="stat") is None


def test_who_is_on_call_is_asked_at_night_and_never_where_they_want_no_disturbance() -> None:
    assert why(reachable("a", on_call=True, quiet=True)) is None
    assert why(reachable("a", on_call=True, do_not_disturb=True)) == "do_not_disturb"


def test_stat_is_for_the_verified_whoever_invited_the_others() -> None:
    cleo = reachable("cleo", tier=1)
    assert why(cleo, invited=frozenset(["cleo"])) is None
    assert why(cleo, invited=frozenset(["cleo"]), acuity="stat") == "unverified"


@pytest.mark.parametrize(
    ("reach", "asked"),
    [
        ("world", {"own", "network", "world"}),
        ("network", {"own", "network"}),
        ("institution", {"own"}),
        ("team", set()),
    ],
)
def test_a_case_asks_as_far_as_it_goes(reach: str, asked: set[str]) -> None:
    people = [
        reachable("own", institution="heart_centre", network="alpine_net"),
        reachable("network", institution="lake_hospital", network="alpine_net"),
        reachable("world"),
    ]
    assert set(order(*people, reach=reach, institution="heart_centre", network="alpine_net")) == asked


def test_who_is_invited_is_asked_whatever_the_reach_and_their_specialty_but_after_the_others() -> None:
    people = [reachable("invited", specialties=("urology",)), reachable("a", institution="heart_centre")]
    invited = frozenset(["invited"])
    assert order(*people, reach="institution", institution="heart_centre", invited=invited) == ["a", "invited"]


def test_a_case_without_languages_is_for_all() -> None:
    (one,) = match([reachable("a", languages=())], wanted(languages=())).asked
    assert one.standing.speaks


def _each_once(people: list[Reachable]) -> list[Reachable]:
    return list({one.person: one for one in people}.values())


SPECIALTY = st.sampled_from(["cardiology", "paediatric_cardiology", "internal_medicine", "cardiac_surgery", "urology"])
NAMES = st.sampled_from([f"p{number}" for number in range(12)])
PEOPLE = st.lists(
    st.builds(
        Reachable,
        person=NAMES,
        tier=st.integers(0, 3),
        institution=st.sampled_from(["", "heart_centre", "lake_hospital"]),
        network=st.sampled_from(["", "alpine_net"]),
        specialties=st.lists(SPECIALTY, max_size=2).map(tuple),
        languages=st.lists(st.sampled_from(["en", "fr", "pt-BR"]), max_size=2).map(tuple),
        on_call=st.booleans(),
        present=st.booleans(),
        quiet=st.booleans(),
        do_not_disturb=st.booleans(),
        stat_through=st.booleans(),
        open_pages=st.integers(0, 3),
        pages_last_hour=st.integers(0, 5),
        per_hour=st.integers(1, 4),
    ),
    max_size=10,
).map(_each_once)
WISHES = st.builds(
    wanted,
    specialties=st.lists(SPECIALTY, min_size=1, max_size=2).map(tuple),
    acuity=st.sampled_from(["stat", "asap", "urgent"]),
    reach=st.sampled_from(["team", "institution", "network", "world"]),
    institution=st.sampled_from([None, "heart_centre"]),
    network=st.sampled_from([None, "alpine_net"]),
    invited=st.frozensets(NAMES, max_size=3),
    excluded=st.frozensets(NAMES, max_size=3),
)


@given(PEOPLE, WISHES, st.data())
def test_the_order_in_which_people_are_given_is_all_the_same(
    people: list[Reachable], wish: Wanted, data: st.DataObject
) -> None:
    assert match(data.draw(st.permutations(people)), wish) == match(people, wish)


@given(PEOPLE, WISHES)
def test_everybody_is_asked_or_passed_over_and_never_both(people: list[Reachable], wish: Wanted) -> None:
    matching = match(people, wish)
    asked, passed_over = [one.person for one in matching.asked], [one.person for one in matching.passed_over]
    assert sorted(asked + passed_over) == sorted(one.person for one in people)


@given(PEOPLE, WISHES)
def test_nobody_is_asked_who_must_not_be(people: list[Reachable], wish: Wanted) -> None:
    for one in _asked(people, match(people, wish)):
        assert one.person not in wish.excluded
        assert one.person in wish.invited or one.tier >= 2
        assert wish.acuity != "stat" or one.tier >= 2
        assert not one.do_not_disturb or (wish.acuity == "stat" and one.stat_through)
        assert not one.quiet or one.on_call or (wish.acuity == "stat" and one.stat_through)
        assert wish.acuity == "stat" or one.pages_last_hour < one.per_hour


@given(PEOPLE, WISHES)
def test_those_on_call_stand_before_those_present_and_these_before_the_others(
    people: list[Reachable], wish: Wanted
) -> None:
    groups = [one.standing.group for one in match(people, wish).asked]
    assert groups == sorted(groups, key=["on_call", "present", "others"].index)


def _asked(people: list[Reachable], matching: Matching) -> list[Reachable]:
    known = {one.person: one for one in people}
    return [known[one.person] for one in matching.asked]
