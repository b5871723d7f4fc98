from typing import Any

import msgspec
import pytest

from realtime.rooms.card import Card, generated_title, may_enter, modes, sees_titles
from realtime.rooms.people import Mode, Person
from tests.builders import ana, ben, cleo, mo, obi, opened_room

neighbour = msgspec.structs.replace(ana, id="neighbour", institution="hill_clinic", network="")
cousin = msgspec.structs.replace(ana, id="cousin", institution="other", network="andes_net")
unverified = msgspec.structs.replace(neighbour, id="unverified", tier=1)
colleague = msgspec.structs.replace(cleo, id="colleague")


def card(changes: dict[str, Any] | None = None, **parts: Any) -> Card:
    return msgspec.structs.replace(opened_room(cleo, **parts).card, **(changes or {}))


@pytest.mark.parametrize(
    ("reach", "entering"),
    [
        ("team", {"cleo", "mo"}),
        ("institution", {"cleo", "mo", "neighbour"}),
        ("network", {"cleo", "mo", "neighbour", "cousin"}),
        ("world", {"cleo", "mo", "neighbour", "cousin", "ben"}),
    ],
)
def test_reach_bounds_which_physicians_may_enter(reach: str, entering: set[str]) -> None:
    people = (cleo, mo, neighbour, cousin, ben, unverified, colleague)
    assert {person.id for person in people if may_enter(card(reach=reach), person)} == entering


def test_no_institution_is_nobodys_institution() -> None:
    nowhere = msgspec.structs.replace(cleo, institution="", network="")
    homeless = msgspec.structs.replace(ana, institution="", network="")
    for reach in ("institution", "network"):
        assert not may_enter(opened_room(nowhere, reach=reach).card, homeless)


@pytest.mark.parametrize("person", [colleague, unverified, ben])
def test_the_invited_may_enter_whatever_the_reach(person: Person) -> None:
    assert not may_enter(card(reach="team"), person)
    assert may_enter(card({"invited": frozenset({person.id})}, reach="team"), person)


def test_the_removed_may_not_enter_not_even_if_invited_but_moderators_may() -> None:
    gone = card({"removed": frozenset({"ana", "mo"}), "invited": frozenset({"ana"})}, reach="world")
    assert not may_enter(gone, ana)
    assert may_enter(gone, mo)


@pytest.mark.parametrize(("mode", "enters"), [("off", False), ("delayed", True), ("live", True)])
def test_the_presenters_switch_decides_for_observers(mode: str, enters: bool) -> None:
    assert may_enter(card(observers=mode), obi) is enters


def test_an_invitation_does_not_open_a_room_to_an_observer() -> None:
    assert not may_enter(card({"invited": frozenset({"obi"})}, observers="off"), obi)


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        (cleo, ("contribute", "brief")),
        (unverified, ("contribute", "brief")),
        (ana, ("contribute", "follow", "brief")),
        (mo, ("contribute", "follow", "brief")),
        (obi, ("observe",)),
    ],
)
def test_how_people_may_sit(person: Person, allowed: tuple[Mode, ...]) -> None:
    assert modes(person) == allowed


@pytest.mark.parametrize(
    ("person", "allowed"), [*((one, ("follow", "brief")) for one in (cleo, unverified, ana, mo)), (obi, ("observe",))]
)
def test_a_token_that_only_reads_writes_nowhere(person: Person, allowed: tuple[Mode, ...]) -> None:
    assert modes(person, reads_only=True) == allowed


@pytest.mark.parametrize(
    ("person", "seen"),
    [(cleo, True), (ana, True), (mo, True), (obi, False), (colleague, False), (unverified, False)],
)
def test_who_sees_the_authors_own_title(person: Person, seen: bool) -> None:
    assert sees_titles(card(), person) is seen


def test_the_invited_see_the_title_but_an_invited_observer_does_not() -> None:
    invited = card({"invited": frozenset({"colleague", "obi"})})
    assert sees_titles(invited, colleague)
    assert not sees_titles(invited, obi)


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ({"specialties": ["infectious_disease"], "age_band": "30-39"}, "Infectious disease, urgent, 30-39"),
        ({"specialties": ["surgery"], "acuity": "stat"}, "Surgery, stat"),
        ({"specialties": ["", "surgery"]}, "Urgent"),
    ],
)
def test_a_generated_title_has_no_word_of_the_title(parts: dict[str, Any], title: str) -> None:
    assert generated_title(card(**parts).case).casefold() == title.casefold()


def test_a_closed_case_is_not_open() -> None:
    case = card().case
    assert card().open
    assert not card({"case": msgspec.structs.replace(case, status="closed")}).open
