from collections.abc import Sequence

from realtime.rooms.identifiers.finding import Span
from realtime.second_look import MOST_KNOWN, UNSEEN, SecondLook


class Vowels:
    """A recogniser that takes every `o` for a place, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def recognise(self, text: str) -> Sequence[Span]:
        self.asked += 1
        return [Span(at, at + 1, "place") for at, letter in enumerate(text) if letter == "o"]


async def test_finds_of_both_come_together() -> None:
    second = SecondLook(Vowels())
    await second.examine(["Seen Tuesday, no"])
    assert second.find("Seen Tuesday, no") == [Span(5, 12, "date"), Span(15, 16, "place")]


async def test_what_was_not_examined_does_not_pass() -> None:
    assert SecondLook(Vowels()).find("Stable.") == [Span(0, 7, UNSEEN)]


async def test_a_text_is_examined_once_and_old_ones_are_forgotten() -> None:
    vowels = Vowels()
    second = SecondLook(vowels)
    await second.examine(["a", "a"])
    assert vowels.asked == 1
    await second.examine(str(n) for n in range(MOST_KNOWN))
    assert second.find("a") == [Span(0, 1, UNSEEN)]


async def test_what_is_examined_again_is_not_the_next_to_be_forgotten() -> None:
    second = SecondLook(Vowels())
    await second.examine(["a", *map(str, range(MOST_KNOWN - 1)), "a", "b"])
    assert second.find("a") == []
