"""Awards checked offline, against what a room revealed."""

from typing import Any, Final

import msgspec
import pytest

from persistence.awards.proof import Answer, Told, answer_from, judge_awards
from realtime.rooms.awarding import Sealed, chain_head, commitment
from realtime.rooms.commands import Close, Post
from realtime.rooms.events import AwardsRevealed, RevealedAward
from tests.builders import ROOM, ask, ben, cleo, records, story

NONCE: Final = bytes(range(32))
COMMITTED: Final = commitment(
    Sealed(nonce=NONCE, case=ROOM, post="e2", cents=1_000, currency="USD", payer="corp")
).hex()
OTHER: Final = "ab" * 32
LOG: Final = records(
    story(
        (ben, ask(Post, text="Adrenaline first.")),
        (cleo, ask(Close, disposition="Home", summary="Well.")),
        AwardsRevealed(awards=[RevealedAward(COMMITTED), RevealedAward(OTHER)]),
    )
)


def answer(**parts: Any) -> Answer:
    told = {"room": ROOM, "target": "e2", "cents": 1_000, "currency": "USD", "nonce": NONCE.hex(), "payer": None}
    commitments = parts.pop("commitments", [COMMITTED, OTHER])
    head = parts.pop("head", chain_head(map(bytes.fromhex, commitments)).hex())
    return Answer(commitments, head, [Told(**{**told, "commitment": COMMITTED, **parts})])


def test_what_was_committed_to_is_right() -> None:
    assert judge_awards(answer(), LOG).wrong is None
    assert judge_awards(answer(payer="corp"), LOG).wrong is None
    assert judge_awards(answer(), LOG, "corp").wrong is None


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"cents": 2_500, "payer": "corp"}, "committed"),
        ({"target": "e3", "payer": "corp"}, "committed"),
        ({"payer": "labs"}, "committed"),
        ({"nonce": "00" * 32, "payer": "corp"}, "committed"),
        ({"commitment": "cd" * 32}, "not revealed"),
        ({"commitments": [OTHER, COMMITTED]}, "commitments"),
        ({"commitments": [COMMITTED]}, "commitments"),
        ({"head": "00" * 32}, "head"),
    ],
)
def test_what_was_changed_is_found(parts: dict[str, Any], says: str) -> None:
    assert says in str(judge_awards(answer(**parts), LOG).wrong)


def test_a_file_that_is_no_answer_is_said_to_be_none() -> None:
    assert answer_from(msgspec.json.encode(answer())) == answer()
    with pytest.raises(ValueError, match="no answer"):
        answer_from(b'{"commitments": ["xy"]}')
