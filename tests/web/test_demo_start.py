"""What a start of the demo needs of the start before it."""

import msgspec

from realtime.rooms.card import Card
from realtime.rooms.opening import opened
from tests.builders import AT, cleo
from web.demo import famous, toddler
from web.demo.unfinished import WAITING_MS, Unfinished


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
