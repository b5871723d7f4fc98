"""What a start of the demo needs of the machine, and of the start before it."""

import resource
from collections.abc import Iterator

import msgspec
import pytest

from realtime.rooms.card import Card
from realtime.rooms.opening import opened
from tests.builders import AT, cleo
from web.demo import famous, toddler
from web.demo.descriptors import NEEDED, allow_many_descriptors
from web.demo.unfinished import WAITING_MS, Unfinished


@pytest.fixture
def few_descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.usefixtures("few_descriptors")
def test_both_ends_of_all_connections_fit_into_the_process() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allow_many_descriptors()
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == (NEEDED if hard == resource.RLIM_INFINITY else min(NEEDED, hard))


def left_open(**parts: object) -> Card:
    """The card of the famous case as an earlier start has opened it."""
    return Card(case=msgspec.structs.replace(opened(famous.CASE, cleo, "room", AT).case, **parts))


def test_a_case_in_which_nothing_has_happened_yet_serves_again() -> None:
    card = left_open()
    assert Unfinished(card, 1).serves(famous.CASE, AT + 1_000)
    invited = msgspec.structs.replace(card, invited=frozenset({"guest"}))
    assert Unfinished(invited, 2).serves(famous.CASE, AT + 1_000)
    assert not Unfinished(invited, 3).serves(famous.CASE, AT + 1_000)


def test_a_case_that_was_played_waits_for_long_or_has_other_words_does_not_serve() -> None:
    assert not Unfinished(left_open(), 2).serves(famous.CASE, AT + 1_000)
    assert not Unfinished(left_open(), 1).serves(famous.CASE, AT + WAITING_MS)
    assert not Unfinished(left_open(request="Something else?"), 1).serves(famous.CASE, AT + 1_000)
    assert not Unfinished(left_open(), 1).serves(toddler.CASE, AT + 1_000)
