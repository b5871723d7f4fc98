"""What the next seal of a room covers, once its log has been found sound. Pure; for a thread, as it takes a while.

The first seal covers the log up to its close, each addendum what follows up to the next outcome: the log alone says
so, whoever seals, and whatever has come meanwhile. So a file that is written twice has one content.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec

from persistence.claims import Claim
from persistence.merkle import merkle_root
from persistence.seal import Addendum, AnySeal, Manifest, digest_of, is_signed
from persistence.troubles import Unsealable
from realtime.rooms.chain import EMPTY, Head, Record, event_of, first_broken
from realtime.rooms.events import BODIES

# What follows the close is no part of the first seal.
LATER_KINDS: Final = frozenset({"outcome", "sealed"})


class Part(NamedTuple):
    """The records that a seal covers, its manifest, not signed yet, and when the first outcome after them came."""

    records: Sequence[Record]
    manifest: AnySeal
    next_since: int | None


def next_part(log: Sequence[Record], claim: Claim, before: AnySeal | None) -> Part | None:
    """What the next seal covers, or None where there is nothing new.

    `log` follows the seal `before`, and is the whole log where there is none. Raises `Unsealable`.
    """
    start = _start(claim, before)
    _check(log, start, claim.head)
    upto = _upto(log, before)
    if upto is None:
        return None
    records = log[: upto - start.seq]
    since = next((record.at for record in log[len(records) :] if record.kind == "outcome"), None)
    return Part(records, _manifest(records, claim, before), since)


def _start(claim: Claim, before: AnySeal | None) -> Head:
    if before is None:
        return EMPTY
    if not is_signed(before) or (before.room, before.upto) != (claim.room, claim.after):
        raise Unsealable("chain", "its last seal in the database was changed")
    return Head(before.upto, before.head)


def _check(log: Sequence[Record], start: Head, head: Head) -> None:
    """Raises `Unsealable` where `log` is not what leads from `start` to the room's `head`, or cannot be read."""
    sound = next((n for n, record in enumerate(log) if not _well_formed(record)), len(log))
    wrong = first_broken(log[:sound], start) or (start.seq + sound + 1 if sound < len(log) else None)
    if wrong is not None:
        raise Unsealable("chain", f"event {wrong} was changed, removed or added", wrong)
    end = log[-1].head if log else start
    if end.seq < head.seq:
        raise Unsealable("chain", f"its log ends at event {end.seq}, and should at {head.seq}", end.seq + 1)
    if head.seq <= start.seq:
        raise Unsealable("chain", f"its head went back to event {head.seq}, which is sealed", head.seq + 1)
    if log[head.seq - start.seq - 1].digest != head.digest:
        raise Unsealable("chain", f"its log up to event {head.seq} was written anew", start.seq + 1)
    unreadable = next((record.seq for record in log if not _readable(record)), None)
    if unreadable is not None:
        raise Unsealable("body", f"event {unreadable} cannot be read", unreadable)


def _well_formed(record: Record) -> bool:
    """Whether every field is of its type: a database takes anything, and NULL."""
    try:
        msgspec.convert(msgspec.structs.asdict(record), Record, builtin_types=(bytes,))
    except msgspec.ValidationError:
        return False
    return True


def _readable(record: Record) -> bool:
    """Whether an event can be made of `record`. Of a kind that a newer version writes, only that it is msgpack."""
    try:
        if record.kind in BODIES:
            event_of(record)
        else:
            msgspec.msgpack.decode(record.body)
    except Exception:  # bytes that nobody checked have more ways to fail than a list of ours would hold
        return False
    return True


def _upto(log: Sequence[Record], before: AnySeal | None) -> int | None:
    if before is not None:
        return next((record.seq for record in log if record.kind == "outcome"), None)
    closed = next((record.seq for record in log if record.kind == "closed"), None)
    if closed is None:
        raise Unsealable("chain", "it is marked as closed, and its log has no close", log[-1].seq + 1 if log else 1)
    # A worker that was held up may find that another has sealed meanwhile: that changes nothing of what it covers.
    return next((record.seq - 1 for record in log[closed:] if record.kind in LATER_KINDS), log[-1].seq)


def _manifest(records: Sequence[Record], claim: Claim, before: AnySeal | None) -> AnySeal:
    covered: dict[str, Any] = {
        "room": claim.room,
        "upto": records[-1].seq,
        "head": records[-1].digest,
        "root": merkle_root([record.digest for record in records]),
        "key_id": "",
        "public_key": b"",
    }
    if before is None:
        return Manifest(opened_at=records[0].at, closed_at=records[-1].at, **covered)
    previous = digest_of(before)
    return Addendum(number=before.number + 1, after=before.upto, after_head=before.head, previous=previous, **covered)
