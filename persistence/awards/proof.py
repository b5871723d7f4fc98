"""What is wrong with awards that somebody was told of, found offline: from an archive, and what they were given."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from persistence.verdict import Verdict
from realtime.rooms.awarding import NONCE_BYTES, Commitment, Sealed, chain_head, commitment
from realtime.rooms.chain import Record
from realtime.rooms.events import AwardsRevealed, decoded

Nonce = Annotated[str, msgspec.Meta(pattern=rf"^[0-9a-f]{{{2 * NONCE_BYTES}}}$(?!\n)")]


class Told(msgspec.Struct, frozen=True):
    """An award as its author or payer was given it. `payer`: None where the author does not know."""

    room: str
    target: str
    cents: int
    currency: str
    commitment: Commitment
    nonce: Nonce
    payer: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """What `GET /api/cases/{id}/awards` gave."""

    commitments: list[Commitment]
    head: Commitment
    awards: list[Told]


def answer_from(data: bytes) -> Answer:
    """The answer in a file. Raises `ValueError` where it is none."""
    try:
        return msgspec.json.decode(data, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ValueError("This is no answer of `GET /api/cases/{id}/awards`, or it was cut or damaged.") from None


def judge_awards(answer: Answer, records: Sequence[Record], payer: str | None = None) -> Verdict:
    """Whether `answer` is what the room of these records revealed. The records were verified before.

    `payer`: who gave the awards of which the answer does not say it; without one those are not made again.
    """
    revealed = _revealed(records)
    if answer.commitments != revealed:
        return Verdict("The commitments are not those that the case revealed when it was closed.")
    if answer.head != chain_head(map(bytes.fromhex, revealed)).hex():
        return Verdict("The head is not where the chain of these commitments ends.")
    for one in answer.awards:
        if one.commitment not in revealed:
            return Verdict(f"The award of {one.target} was not revealed when the case was closed: it is void.")
        who = one.payer or payer
        if who is not None and _committed(one, who) != one.commitment:
            return Verdict(f"The award of {one.target} is not what was committed to.")
    return Verdict(None)


def _revealed(records: Sequence[Record]) -> list[str]:
    bodies = [decoded(record.kind, record.body) for record in records if record.kind == "awards_revealed"]
    return [one.commitment for body in bodies if isinstance(body, AwardsRevealed) for one in body.awards]


def _committed(one: Told, payer: str) -> str:
    sealed = Sealed(
        nonce=bytes.fromhex(one.nonce),
        case=one.room,
        post=one.target,
        cents=one.cents,
        currency=one.currency,
        payer=payer,
    )
    return commitment(sealed).hex()
