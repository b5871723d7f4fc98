"""How long observers wait for what changed on a card, and as whom it finds them."""

from typing import Any

import msgspec
import pytest

from realtime.backplane.messages import CardChanged
from realtime.delayed import Delayed, delay_s
from realtime.rooms.card import Card
from realtime.rooms.case import ObserverSwitch
from tests.builders import opened_room

MINUTE = ObserverSwitch("delayed", 60)
HOUR = ObserverSwitch("delayed", 3_600)


def card(switch: ObserverSwitch = MINUTE, **parts: Any) -> Card:
    before = opened_room().card
    case = msgspec.structs.replace(before.case, observers=switch)
    return msgspec.structs.replace(before, case=case, **parts)


def changed(seq: int, switch: ObserverSwitch = MINUTE) -> CardChanged:
    return CardChanged(card(switch), seq, "changed", 0)


def test_of_many_changes_the_first_and_the_last_are_kept() -> None:
    delayed = Delayed()
    for seq in range(1, 101):
        delayed.push(changed(seq), float(seq))
    assert delayed.wait_s(MINUTE, 50.0) == 11.0
    assert delayed.pop(card()).seq == 1
    assert delayed.wait_s(MINUTE, 61.0) == 99.0
    assert delayed.pop(card()).seq == 100
    assert not delayed


def test_no_change_is_put_off_by_those_that_follow() -> None:
    delayed = Delayed()
    delayed.push(changed(1), 0.0)
    delayed.push(changed(2), 30.0)
    assert delayed.pop(card()).seq == 1
    delayed.push(changed(3), 70.0)
    assert (delayed.wait_s(MINUTE, 90.0), delayed.pop(card()).seq, delayed.pop(card()).seq) == (0.0, 2, 3)


@pytest.mark.parametrize(
    ("switch", "wait"), [(MINUTE, 60.0), (HOUR, 3_600.0), (ObserverSwitch("live", 0), 0.0)], ids=str
)
def test_the_delay_is_the_one_that_the_presenter_has_chosen_by_now(switch: ObserverSwitch, wait: float) -> None:
    delayed = Delayed()
    delayed.push(changed(1), 0.0)
    assert delayed.wait_s(switch, 0.0) == wait == delay_s(switch)


def test_what_is_shown_is_as_it_was_to_those_who_may_see_it_now() -> None:
    delayed = Delayed()
    delayed.push(changed(1), 0.0)
    narrower = ObserverSwitch("delayed", 60, ["research"])
    shown = delayed.pop(card(narrower, waiting=False, closed_at=1, removed=frozenset({"obi"}))).card
    assert (shown.case.observers, shown.removed) == (narrower, frozenset({"obi"}))
    assert (shown.waiting, shown.closed_at) == (True, None)
