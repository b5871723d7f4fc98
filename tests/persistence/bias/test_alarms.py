"""When moderators are told of what."""

from typing import Any, Final

import pytest

from persistence.awards.watch import ENOUGH, MANY, ONE, Counts
from persistence.bias.alarms import AUTHOR, OWN, PULL, Alarm, alarms, texts
from persistence.bias.concentration import concentration
from persistence.bias.history import History, comparison
from persistence.bias.proportions import Share, Stratum
from persistence.bias.stands import SIDES
from persistence.bias.tallies import Payer

QUIET: Final = Counts(100_000, {"corp": 1})
EVEN: Final = {f"p{n}": 4 for n in range(10)}


def payer(name: str = "corp", authors: dict[str, int] = EVEN, own: int = 0) -> Payer:
    total = sum(authors.values())
    stances = dict.fromkeys(SIDES, 0) | {"for": own, "unnamed": total - own}
    counts = {"void": 0, "declined": 0, "by_name": 0, "blind": 0, "cases": 1}
    return Payer(payer=name, awards=total, authors=concentration(authors), stances=stances, **counts)


def compared_in(*groups: tuple[int, int, int, int]) -> History:
    strata = [Stratum(Share(a, b), Share(c, d)) for a, b, c, d in groups]
    return History("identified", comparison(strata), [], [])


def raised(payers: Any = (), history: History | None = None, lately: Counts = QUIET) -> list[str]:
    return texts(alarms(lately, payers, history or compared_in()))


def test_nothing_is_raised_of_nothing() -> None:
    found = alarms(Counts(0, {}), [], compared_in())
    assert [one.kind for one in found] == ["many", "one_payer", "one_author", "own_products", "history"]
    assert [(one.value, one.raised) for one in found] == [(None, False)] * 5


def test_the_first_two_are_those_that_are_told_every_hour() -> None:
    assert raised(lately=Counts(100, {"corp": ENOUGH})) == [MANY, ONE]


@pytest.mark.parametrize(
    ("authors", "told"),
    [
        ({"ben": 4, **{f"p{n}": 1 for n in range(16)}}, []),
        ({"ben": 5, **{f"p{n}": 1 for n in range(15)}}, [AUTHOR]),
        ({"ben": ENOUGH - 1}, []),
    ],
)
def test_more_than_a_fifth_to_one_person_is_told_of_enough(authors: dict[str, int], told: list[str]) -> None:
    assert raised([payer(authors=authors)]) == told


@pytest.mark.parametrize(("own", "told"), [(20, []), (21, [OWN])])
def test_more_than_half_to_who_was_for_its_products_is_told(own: int, told: list[str]) -> None:
    assert raised([payer(own=own)]) == told


def test_one_institution_is_not_hidden_by_the_others() -> None:
    found = alarms(
        QUIET, [payer("many", {f"p{n}": 1 for n in range(500)}), payer(own=30), payer("few", {"ben": 5})], compared_in()
    )
    own: Alarm = found[3]
    assert (own.about, own.value, own.n, own.raised) == ("corp", 0.75, 40, True)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([(20, 20, 5, 40)], [PULL]),
        ([(10, 10, 2, 20), (10, 10, 3, 20)], [PULL]),
        ([(5, 20, 38, 40)], []),  # the other way
        ([(19, 19, 5, 40)], []),  # too few
        ([(20, 20, 1, 19)], []),
        ([(12, 20, 20, 40)], []),  # chance
    ],
)
def test_a_pull_is_told_of_where_it_is_beyond_chance(groups: list[tuple[int, int, int, int]], told: list[str]) -> None:
    assert raised(history=compared_in(*groups)) == told
