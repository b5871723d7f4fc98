"""How well the rules judge the labelled sentences, and the table that says so."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from realtime.rooms.identifiers.finding import found
from tests.corpus.sentences import CLEAN, PARTS, Sentence, sentences


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


def table() -> Iterator[str]:
    """By kind: sentences and how many were missed, in each part; then recall and false alarms."""
    scores = [score(part) for part in PARTS]
    yield f"{'':12}" + "".join(f"{part.replace('_', ' '):>22}" for part in PARTS)
    yield f"{'identifier':12}" + f"{'sentences':>12}{'missed':>10}" * len(PARTS)
    for kind in dict.fromkeys(kind for one in scores for kind in one.asked if kind != CLEAN):
        yield f"{kind:12}" + "".join(f"{one.asked[kind]:12}{one.wrong[kind]:10}" for one in scores)
    yield f"{'recall':12}" + "".join(f"{one.share(clean=False):>22.1%}" for one in scores)
    yield f"{'clean':12}" + "".join(f"{one.asked[CLEAN]:12}{one.wrong[CLEAN]:10}" for one in scores)
    yield f"{'false alarms':12}" + "".join(f"{1 - one.share(clean=True):>22.1%}" for one in scores)
