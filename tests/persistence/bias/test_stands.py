"""Where people stand on products, by what a log holds; and who counts how in the test."""

from typing import Any, Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.bias.awarded import Given, Taken
from persistence.bias.history import history, lasts
from persistence.bias.products import Product, Products
from persistence.bias.stands import Mark, Stand, by_person, side, stands
from persistence.bias.tallies import Tallies
from realtime.rooms.awarding import names_any
from realtime.rooms.commands import Amend, Corroborate, Post, Retract
from realtime.rooms.fold import replay
from tests.builders import AT, Step, ana, ask, ben, cleo, story

CORP: Final = Product("corp", "Zybrex")
LABS: Final = Product("labs", "Zybrex Forte")
PRODUCTS: Final = Products({"corp": ["Zybrex", "ana+"], "labs": ["Zybrex Forte"]})
EVE: Final = msgspec.structs.replace(ana, id="eve", handle="dr_eve")
GIVE: Final = ask(Post, text="Give zybrex now.", kind="recommendation")


def marks(*steps: Step) -> dict[str, dict[str, set[Mark]]]:
    """By person and product, in a room where this was done: the first post is `e2`."""
    room = replay(story(*steps))
    assert room is not None
    kept = by_person(stands(room, PRODUCTS))
    return {person: {one.name: those for one, those in found.items()} for (_, person), found in kept.items()}


def test_who_recommends_it_is_for_it_and_so_is_who_agrees() -> None:
    assert marks((ben, GIVE), (ana, ask(Corroborate, target="e2", stance="agree"))) == {
        "ben": {"Zybrex": {"for"}},
        "ana": {"Zybrex": {"for"}},
    }


def test_who_disputes_it_is_against_it_and_so_is_who_contradicts_it() -> None:
    found = marks(
        (ben, GIVE),
        (ana, ask(Corroborate, target="e2", stance="disagree")),
        (cleo, ask(Post, text="Too early.", contradicts="e2")),
    )
    assert (found["ana"], found["cleo"]) == ({"Zybrex": {"against"}}, {"Zybrex": {"against"}})


def test_a_recommendation_against_one_that_names_it_is_against_it_too() -> None:
    against = ask(Post, text="Not zybrex with such kidneys.", kind="recommendation", contradicts="e2")
    found = marks((ben, GIVE), (ana, against), (EVE, ask(Corroborate, target="e3", stance="agree")))
    assert (found["ana"], found["eve"]) == ({"Zybrex": {"against"}}, {"Zybrex": {"against"}})


@pytest.mark.parametrize("kind", ["comment", "question", "finding"])
def test_what_only_names_it_takes_no_side_nor_does_who_answers_that(kind: str) -> None:
    found = marks(
        (ben, ask(Post, text="Already on zybrex, without a rash.", kind=kind)),
        (ana, ask(Corroborate, target="e2", stance="disagree")),
    )
    assert found == {"ben": {"Zybrex": {"neither"}}, "ana": {"Zybrex": {"neither"}}}


def test_what_is_withdrawn_taken_back_or_said_of_an_earlier_text_is_no_stand() -> None:
    agrees, withdraws = (ask(Corroborate, target="e2", stance=one) for one in ("agree", "withdraw"))
    assert "ana" not in marks((ben, GIVE), (ana, agrees), (ana, withdraws))
    assert marks((ben, GIVE), (ana, agrees), (ben, ask(Retract, target="e2", reason="Wrong."))) == {}
    amended = ask(Amend, target="e2", text="Give Zybrex 5 mg now.")
    assert marks((ben, GIVE), (ana, agrees), (ben, amended)).keys() == {"ben"}


def test_a_longer_name_names_the_shorter_one_within_it() -> None:
    assert marks((ben, ask(Post, text="Zybrex Forte.", kind="recommendation")))["ben"].keys() == {
        "Zybrex",
        "Zybrex Forte",
    }
    assert marks((ben, ask(Post, text="Zybrexal.", kind="recommendation"))) == {}


@given(
    st.lists(st.text(alphabet="aB+- é", min_size=1, max_size=5), max_size=5),
    st.text(alphabet="aBb+- éÉ.", max_size=30),
)
def test_products_are_found_as_awards_find_them(names: list[str], text: str) -> None:
    found = Products({"corp": names}).named(text)
    assert {one.name for one in found} == {name.strip() for name in names if names_any([text], [name])}


@pytest.mark.parametrize(
    ("some", "found"),
    [
        ((), "unnamed"),
        (("neither",), "neither"),
        (("for", "neither"), "for"),
        (("against", "neither"), "against"),
        (("for", "against"), "both"),
    ],
)
def test_sides(some: tuple[Mark, ...], found: str) -> None:
    assert side(some) == found


def stand(person: str, mark: Mark = "for", day: int = 1, product: Product = CORP, room: str = "") -> Stand:
    return Stand(room or f"r{day}", AT + day, person, product, mark)


def compared(stands: list[Stand], taken: list[Taken], way: Any = "identified") -> tuple[Any, ...]:
    found = history(way, lasts(stands), taken, lambda person: "x" if person < "m" else "y").all
    return found.awarded, found.awarded_for, found.others, found.others_for, found.alone


def test_each_person_counts_once_by_their_last_case() -> None:
    assert lasts([stand("a", "for", 1), stand("a", "against", 2)]) == lasts([stand("a", "against", 2)])
    both = [stand("a", "for", 1, room="r"), stand("a", "against", 1, room="r")]
    assert [one.favourable for one in lasts(both)] == [False]
    assert [one.favourable for one in lasts([stand("a", "for"), stand("a", "against", 1, LABS)])] == [True, False]


def test_only_an_award_that_was_taken_before_that_case_opened_counts() -> None:
    stands = [stand("a", day=5), stand("b", "against", day=5)]
    assert compared(stands, [Taken("a", "corp", "identified", AT + 5)]) == (1, 1, 1, 0, 0)
    assert compared(stands, [Taken("a", "corp", "identified", AT + 6)]) == (0, 0, 0, 0, 2)
    assert compared(stands, [Taken("a", "labs", "identified", AT)]) == (0, 0, 0, 0, 2)


def test_who_took_the_other_kind_only_is_on_neither_side() -> None:
    stands = [stand("a"), stand("b", "against"), stand("c", "against")]
    taken = [Taken("a", "corp", "identified", AT), Taken("a", "corp", "blind", AT), Taken("b", "corp", "blind", AT)]
    assert compared(stands, taken) == (1, 1, 1, 0, 0)
    assert compared(stands, taken, "blind") == (1, 0, 1, 0, 0)


def test_nobody_is_compared_across_specialties_or_institutions() -> None:
    stands = [stand("a"), stand("z", "against"), stand("b", "against", product=LABS)]
    assert compared(stands, [Taken("a", "corp", "identified", AT)]) == (0, 0, 0, 0, 3)
    found = history("identified", lasts(stands), [Taken("a", "corp", "identified", AT)], lambda person: "x")
    assert [(one.name, one.comparison.awarded) for one in found.payers] == [("corp", 1)]
    assert found.all.difference == 1.0 and found.all.p == 1.0


def award(author: str, room: str = "r1", payer: str = "corp", **parts: Any) -> Given:
    given_: dict[str, Any] = {"room": room, "number": 1, "giver": "obi", "payer": payer, "author": author, "at": AT}
    return Given(**given_ | {"void": None, "answer": None, "way": None} | parts)


def test_awards_are_counted_by_payer_product_author_and_stance() -> None:
    stands_ = [stand("ben"), stand("ben", "against", product=LABS), stand("ana", "neither", day=2)]
    awards = [
        award("ben"),
        award("ana", "r2"),
        award("ben", "r3"),
        award("ana", payer="labs"),
        award("cleo", void="cap"),
    ]
    found = Tallies(awards, stands_)
    corp, labs = found.payers()
    assert (corp.awards, corp.void, corp.cases, corp.authors.top, corp.authors.top_share) == (3, 1, 3, "ben", 2 / 3)
    assert corp.stances == {"for": 1, "against": 0, "both": 0, "neither": 1, "unnamed": 1}
    assert labs.stances["unnamed"] == 1
    assert [(one.payer, one.product, one.of, one.awards) for one in found.products()] == [
        ("corp", "Zybrex", "corp", 2),
        ("corp", "Zybrex Forte", "labs", 1),
    ]
    assert [(one.author, one.awards, one.payers.holders) for one in found.authors()] == [("ana", 2, 2), ("ben", 2, 1)]
    assert (found.by_payer.holders, found.by_author.gini) == (2, 0.0)
