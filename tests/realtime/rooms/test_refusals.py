"""Every refusal is a sentence of its own, and something raises it."""

import re
from pathlib import Path
from typing import get_args

import pytest

import persistence
import realtime
from realtime.rooms.refusals import ErrorCode, Refusal, Refused

SOURCES = [path for part in (realtime, persistence) for path in sorted(Path(part.__path__[0]).glob("**/*.py"))]


@pytest.mark.parametrize("refusal", Refusal)
def test_a_refusal_has_a_code_of_the_wire_and_a_plain_sentence(refusal: Refusal) -> None:
    assert refusal.code in get_args(ErrorCode)
    assert re.fullmatch(r"[A-Z`].*\.", refusal.message)
    assert len(refusal.message) <= 120


def test_no_two_refusals_say_the_same() -> None:
    assert len(Refusal.__members__) == len(list(Refusal)) == len({refusal.message for refusal in Refusal})


@pytest.mark.parametrize("refusal", Refusal)
def test_no_refusal_is_dead(refusal: Refusal) -> None:
    used = re.compile(rf"\bRefusal\.{refusal.name}\b")
    assert any(used.search(source.read_text()) for source in SOURCES)


def test_a_refusal_as_an_exception_shows_its_name_only() -> None:
    assert str(Refused(Refusal.OWN_POST)) == "OWN_POST"
