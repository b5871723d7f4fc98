"""How much the rules find of what they should, and of what they should not, on labelled sentences."""

from typing import Final

import pytest

from tests.corpus.score import score
from tests.corpus.sentences import CLEAN, PARTS

LEAST_RECALL: Final = 0.95
MOST_FALSE_ALARMS: Final = 0.03


@pytest.mark.parametrize("part", PARTS)
def test_identifiers_are_found_and_clinical_language_is_left_alone(part: str) -> None:
    scored = score(part)
    assert scored.share(clean=False) >= LEAST_RECALL
    assert scored.share(clean=True) >= 1 - MOST_FALSE_ALARMS


@pytest.mark.parametrize("part", PARTS)
def test_the_corpus_has_every_kind_and_as_many_clean_sentences(part: str) -> None:
    asked = score(part).asked
    # Ages stand apart from the other elements of dates: 19 labels for 18 letters.
    assert len(asked) - 1 == 19
    assert asked[CLEAN] * 2 >= asked.total()
