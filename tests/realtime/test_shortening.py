"""What a state lists has its bounds, whatever people wrote and however many voted."""

from typing import Any

import pytest

from realtime.shortening import LISTED_BYTES, LISTS, bytes_of, with_beginnings

SPREAD = 300  # so many bytes the names of a listed thing take beside its words


def poll(words: int, voters: int) -> dict[str, Any]:
    ballots = {f"{n:026}": [0] for n in range(voters)}
    return {"id": "p", "question": "ř" * words, "options": ["ř" * words] * 10, "open": True, "ballots": ballots}


def state(*polls: dict[str, Any]) -> dict[str, Any]:
    return {"pinned": [], "plan": [], "questions": [], "polls": list(polls), "waiting": True}


def test_what_fits_is_told_as_it_is() -> None:
    whole = state(poll(20, 30))
    assert with_beginnings(whole) is whole


@pytest.mark.parametrize(("words", "voters"), [(120, 0), (120, 40), (10, 400), (120, 4_000)])
def test_polls_that_would_fill_the_frame_are_cut_and_say_so(words: int, voters: int) -> None:
    told = with_beginnings(state(*[poll(words, voters)] * 8))
    assert bytes_of({name: told[name] for name in LISTS}) <= LISTED_BYTES + 8 * SPREAD
    assert all(one["shortened"] and len(one["options"]) == 10 for one in told["polls"])


def test_ballots_are_left_out_whole_or_not_at_all() -> None:
    (few, many) = with_beginnings(state(poll(2_000, 5), poll(2_000, 900)))["polls"]
    assert len(few["ballots"]) == 5 and "ballots" not in many
