import pytest

from realtime.rooms.handles import HANDLE_CHARS
from realtime.rooms.mentions import MOST_MENTIONED, candidates


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@dr_ana look", [["dr_ana look", "dr_ana"]]),
        ("Ask @dr_ana.", [["dr_ana.", "dr_ana"]]),
        ("(@dr_ana), @ben!", [["dr_ana), @ben!", "dr_ana), @ben", "dr_ana),", "dr_ana"], ["ben!", "ben"]]),
        ("@Ana María\nlook", [["Ana María", "Ana"]]),
        ("@ana\u2019", [["ana\u2019", "ana"]]),
    ],
)
def test_a_mention_may_mean_a_handle_of_several_words_and_the_longest_is_tried_first(
    text: str, handles: list[list[str]]
) -> None:
    assert candidates(text) == handles


@pytest.mark.parametrize("text", ["", "ana", "a@b.example", "3 @ 5", "@", "@ ana", "@@ana", "x.@ana", "ana@"])
def test_what_is_no_mention(text: str) -> None:
    assert candidates(text) == []


def test_no_more_places_are_looked_at_and_no_handle_is_longer_than_one_may_be() -> None:
    assert len(candidates("@a " * 100)) == MOST_MENTIONED
    assert max(map(len, candidates("@" + "a" * 1_000)[0])) == HANDLE_CHARS
