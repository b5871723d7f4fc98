"""How much the rules find of what they should, and of what they should not, on labelled sentences."""

from collections import Counter
from typing import Final, NamedTuple

import pytest

from realtime.rooms.identifiers.finding import found
from tests.corpus.sentences import CLEAN, PARTS, Sentence, sentences

LEAST_RECALL: Final = 0.95
MOST_FALSE_ALARMS: Final = 0.03


class Score(NamedTuple):
    """Sentences by kind, and those of them in which an identifier was missed, or found where none is."""

    asked: Counter[str]
    wrong: Counter[str]

    def share(self, *, clean: bool) -> float:
        """Of the sentences that are clean, or of the others, how many were judged rightly."""
        kinds = [kind for kind in self.asked if (kind == CLEAN) == clean]
        return 1 - sum(self.wrong[kind] for kind in kinds) / sum(self.asked[kind] for kind in kinds)


def score(part: str) -> Score:
    asked, wrong = Counter[str](), Counter[str]()
    for sentence in sentences(part):
        asked[sentence.kind] += 1
        wrong[sentence.kind] += not judged_rightly(sentence)
    return Score(asked, wrong)


def judged_rightly(sentence: Sentence) -> bool:
    """Whether each identifier was touched; in a clean sentence, whether nothing was found."""
    spans = found(sentence.text)
    if sentence.kind == CLEAN:
        return not spans
    return all(any(span.start < end and start < span.end for span in spans) for start, end in sentence.marks)


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
