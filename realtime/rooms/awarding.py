"""Sealed awards, the pure part: what an award commits to, how awards of a room are chained, and whether one may be.

An award is no event: until its room closes, no byte that anybody else is sent may differ for it. So it has a ledger of
its own, and what is asked here is asked of the room as it is, and changes nothing in it.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Annotated, Final, Literal

import msgspec

from realtime.rooms.card import may_enter
from realtime.rooms.case import Case
from realtime.rooms.events import canonical
from realtime.rooms.people import Person
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room
from realtime.rooms.wordless import wordless

GENESIS: Final = bytes(32)
NONCE_BYTES: Final = 32

Cents = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Currency = Annotated[str, msgspec.Meta(max_length=3)]
"""By its letters (ISO 4217)."""
Commitment = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]

Void = Literal["closed", "retracted", "withheld", "refuted", "conflict", "cap"]
"""Why an award is void: it came after the close; its post was taken back, is kept from observers, or turned out wrong;
its author declared a tie to the payer; its author had what one may get in a year.
"""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What an award commits to. `post`: the event's id. `payer`: the institution. `nonce`: 32 random bytes."""

    nonce: bytes
    case: str
    post: str
    cents: int
    currency: str
    payer: str


class Awarded(msgspec.Struct, frozen=True):
    """Whom an award of this post goes to, and the texts in which no product of the payer may be named."""

    __repr__ = wordless

    author: str
    texts: Sequence[str]


def commitment(award: Sealed) -> bytes:
    """SHA-256 of the canonical msgpack of [nonce, case, post, cents, currency, payer], 32 bytes.

    Without the nonce it tells nothing: amounts and payers are few enough to be tried.
    """
    return sha256(canonical([award.nonce, award.case, award.post, award.cents, award.currency, award.payer])).digest()


def linked(previous: bytes, committed: bytes) -> bytes:
    """The place of a commitment in the chain of its room: SHA-256(previous ‖ commitment); first after 32 zero bytes."""
    return sha256(previous + committed).digest()


def chain_head(commitments: Iterable[bytes]) -> bytes:
    """Where the chain of these, in their order, ends."""
    head = GENESIS
    for committed in commitments:
        head = linked(head, committed)
    return head


def awarded(room: Room, target: str, cursor: int, opening: str | None) -> Awarded:
    """Whom an award of `target` goes to. Raises `Refused` where there is no such post that its payer was shown.

    `cursor`: up to where the room was shown to them. `opening`: who opened the case, where `target` is its first event.
    """
    if opening is not None:
        return Awarded(opening, _words(room.card.case))
    post = room.posts.get(target)
    if post is None or post.seq > cursor:
        raise Refused(Refusal.NO_SUCH_POST)
    return Awarded(post.by, [post.text])


def void(room: Room, target: str) -> Void | None:
    """What stands in the way of an award of `target` as the room is now."""
    post = room.posts.get(target)
    if post is not None and post.retracted:
        return "retracted"
    if post is not None and post.hidden:
        return "withheld"
    return None if room.card.open else "closed"


REFUSED: Final[dict[Void, Refusal]] = {
    "closed": Refusal.CLOSED,
    "retracted": Refusal.RETRACTED,
    "withheld": Refusal.AWARD_WITHHELD,
    "conflict": Refusal.AWARD_CONFLICT,
}


def check_observer(room: Room, person: Person, mode: str) -> None:
    """Return if `person` is an observer who sits here. Raises `Refused`."""
    if not may_enter(room.card, person):
        raise Refused(Refusal.NOT_FOUND)
    if person.role != "observer" or mode != "observe":
        raise Refused(Refusal.OBSERVERS_AWARD)


def names_any(texts: Iterable[str], products: Iterable[str]) -> bool:
    """Whether a text names one of these products, in any case, as whole words."""
    wanted = [re.compile(rf"(?<!\w){re.escape(one.strip())}(?!\w)", re.IGNORECASE) for one in products if one.strip()]
    return any(one.search(text) for text in texts for one in wanted)


def _words(case: Case) -> list[str]:
    return [text for text in (case.title, case.situation, case.background, case.assessment, case.request) if text]
