import sys
from collections.abc import Callable, Sequence
from types import FrameType

import pytest

from realtime.rooms.identifiers.finding import found, found_strictly, looked
from realtime.rooms.identifiers.masking import masked
from realtime.rooms.identifiers.remembering import MOST_KNOWN, Remembered


class Lengths:
    """Looks at how long a text is, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def look(self, text: str) -> Sequence[int]:
        self.asked += 1
        return [len(text)]


def test_a_text_that_comes_again_is_not_looked_at_again() -> None:
    lengths = Lengths()
    remembered = Remembered(lengths.look)
    assert [remembered("abc"), remembered("".join("abc")), remembered("d")] == [[3], [3], [1]]
    assert lengths.asked == 2


def test_a_text_in_which_nothing_was_found_is_remembered_too() -> None:
    lengths = Lengths()
    remembered = Remembered(lambda text: lengths.look(text)[1:])
    assert (remembered("a"), remembered("a"), lengths.asked) == ([], [], 1)


def test_it_is_bounded() -> None:
    lengths = Lengths()
    remembered = Remembered(lengths.look)
    for n in range(MOST_KNOWN + 1):
        remembered(str(n))
    assert remembered(str(MOST_KNOWN)) == [4]
    assert lengths.asked == MOST_KNOWN + 1
    remembered("0")
    assert lengths.asked == MOST_KNOWN + 2


def test_the_mask_goes_by_what_the_gate_has_found() -> None:
    text = "Mr Hansen, seen last Tuesday; the gate looks first."
    assert [tries(lambda: found(text)), tries(lambda: masked(text)), tries(lambda: found(text))] == [1, 0, 0]


def tries(act: Callable[[], object]) -> int:
    """How often `act` lets the gate's rules try."""
    tried: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is looked.__code__:
            tried.append(event)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return len(tried)


@pytest.mark.parametrize("looks", [found, found_strictly, masked])
@pytest.mark.parametrize("words", ["Mr Hansen, seen last Tuesday", "Give 2 g IV"])
def test_nothing_that_was_looked_at_is_kept(looks: Callable[[str], object], words: str) -> None:
    text = f"{words}, said {looks.__name__}."
    before = sys.getrefcount(text)
    looks(text)
    assert sys.getrefcount(text) == before


def test_a_text_of_half_characters_is_one_as_well() -> None:
    assert masked("\ud83d and \ude00") == "\ud83d and \ude00"
