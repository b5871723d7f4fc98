from typing import Any

import msgspec
import pytest

from realtime.rooms.card import Card
from realtime.rooms.case import ObserverSwitch
from realtime.rooms.observing import DAY_MS, Permit, may_observe
from tests.builders import AT, opened_room


def permit(**parts: Any) -> Permit:
    fields: dict[str, Any] = {
        "institution": "corp",
        "kind": "pharma",
        "purposes": frozenset({"HRESCH"}),
        "agreement": 1,
    }
    return Permit(**fields | parts)


def card(closed_at: int | None = None, **switch: Any) -> Card:
    made = opened_room().card
    case = msgspec.structs.replace(made.case, observers=ObserverSwitch("live", 0, **switch))
    return msgspec.structs.replace(made, case=case, closed_at=closed_at)


@pytest.mark.parametrize("kind", ["pharma", "technology", "government", "research"])
def test_a_case_is_open_to_all_but_investors(kind: str) -> None:
    assert may_observe(card(), permit(kind=kind), AT)
    assert not may_observe(card(), permit(kind="investor"), AT)


def test_the_presenter_may_narrow_it_to_kinds_of_institutions() -> None:
    assert not may_observe(card(allow_kinds=["research"]), permit(), AT)
    assert may_observe(card(allow_kinds=["research"]), permit(kind="research"), AT)
    assert not may_observe(card(allow_kinds=[]), permit(kind="research"), AT)


def test_the_presenter_may_narrow_it_to_purposes() -> None:
    assert not may_observe(card(allow_purposes=["PUBHLTH"]), permit(), AT)
    assert may_observe(card(allow_purposes=["PUBHLTH", "HRESCH"]), permit(), AT)


def test_an_investor_waits_for_the_close_and_for_the_embargo() -> None:
    investor = permit(kind="investor", embargo_days=2)
    assert not may_observe(card(closed_at=AT), investor, AT + 2 * DAY_MS - 1)
    assert may_observe(card(closed_at=AT), investor, AT + 2 * DAY_MS)
    assert not may_observe(card(closed_at=AT, allow_kinds=["pharma"]), investor, AT + 2 * DAY_MS)
