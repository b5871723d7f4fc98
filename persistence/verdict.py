"""What is wrong with an archive, found offline, from nothing but its files and the public key that one expects."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from persistence.archive import Archived, read
from persistence.merkle import merkle_root
from persistence.seal import Addendum, AnySeal, digest_of, is_signed
from realtime.rooms.chain import Record, first_broken


class Verdict(NamedTuple):
    """What is wrong with an archive, in one sentence, or None. `first` is the `seq` of the first wrong record."""

    wrong: str | None
    first: int | None = None


def verify(path: Path, public_key: bytes | None = None) -> Verdict:
    """Check an archive file: signature, Merkle root, chain, place by place. Raises `OSError`.

    Without `public_key` the key in the file is believed: that proves the file whole, not whose it is. Of an addendum
    this says nothing of the seals before it: see `follows`.
    """
    try:
        archived = read(path)
    except ValueError as error:
        return Verdict(str(error))
    return judge(archived, public_key)


def judge(archived: Archived, public_key: bytes | None = None) -> Verdict:
    """`verify`, of what a file holds."""
    records, manifest = archived
    if not is_signed(manifest):
        return Verdict("The manifest's signature is wrong: it was changed after it was signed.")
    if public_key is not None and public_key != manifest.public_key:
        return Verdict("The archive is signed with another key than the one expected.")
    return _verify_records(records, manifest)


def follows(manifest: AnySeal, before: Iterable[AnySeal]) -> Verdict:
    """Whether `manifest` is the seal that comes after those `before` it, in order."""
    earlier = list(before)
    if manifest.number != len(earlier):
        return Verdict(f"It is addendum {manifest.number} of its case: addendum {len(earlier)} is missing.")
    if not isinstance(manifest, Addendum):
        return Verdict(None)
    last = earlier[-1]
    named = (manifest.room, manifest.after, manifest.after_head, manifest.previous)
    if named != (last.room, last.upto, last.head, digest_of(last)):
        return Verdict("The addendum does not follow the seal before it: one of the two was exchanged.", last.upto + 1)
    return Verdict(None)


def _verify_records(records: Sequence[Record], manifest: AnySeal) -> Verdict:
    start = manifest.start
    strange = next((record.seq for record in records if record.room != manifest.room), None)
    if strange is not None:
        return Verdict(f"Event {strange} belongs to another room.", strange)
    broken = first_broken(records, start)
    if broken is not None:
        return Verdict(f"Event {broken} was changed, removed or added.", broken)
    last = records[-1].head if records else start
    if last.seq != manifest.upto:
        first = min(last.seq, manifest.upto) + 1
        return Verdict(f"The archive ends at event {last.seq}; the seal covers {manifest.upto}.", first)
    if last.digest != manifest.head or merkle_root([record.digest for record in records]) != manifest.root:
        return Verdict("The chain was written anew: its root is not the one that was sealed.", start.seq + 1)
    return Verdict(None)
