"""That one event is under a seal, shown without any other event: its audit path (RFC 6962 §2.1.1) and the manifest.

A proof is a JSON file; bytes in it are base64. With the record it says what was said, without it only that a record of
this digest has its place there.
"""

from typing import Final

import msgspec

from persistence.archive import Archived
from persistence.merkle import audit_path, root_by
from persistence.seal import Addendum, AnySeal, Manifest, is_signed
from persistence.verdict import Verdict
from realtime.rooms.chain import Record, link, salted
from realtime.rooms.wordless import wordless

FORMAT: Final = "curbside.proof.v1"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """That the record at `seq`, whose chain digest is `digest`, is one of those that a seal covers.

    `path`: the nodes beside the way to the root, the lowest first. `before` is the digest of the record before: with
    it and `record` anyone can make `digest` again. The seal is `manifest` where it is the first, else `addendum`.
    """

    __repr__ = wordless

    format: str = FORMAT
    seq: int
    digest: bytes
    path: list[bytes]
    record: Record | None = None
    before: bytes | None = None
    manifest: Manifest | None = None
    addendum: Addendum | None = None

    @property
    def seal(self) -> AnySeal | None:
        """The seal that the record is under."""
        return self.manifest or self.addendum


def proof_of(archived: Archived, seq: int, *, hash_only: bool = False) -> Proof:
    """The proof of the event at `seq`, which the archive holds. Raises `IndexError` where it does not."""
    records, seal = archived
    index = seq - seal.start.seq - 1
    path = audit_path([record.digest for record in records], index)
    record = records[index]
    before = records[index - 1].digest if index else seal.start.digest
    return Proof(
        seq=seq,
        digest=record.digest,
        path=path,
        # Tells a resent command from another: nothing that a proof needs.
        record=None if hash_only else msgspec.structs.replace(record, command_digest=b""),
        before=None if hash_only else before,
        manifest=seal if isinstance(seal, Manifest) else None,
        addendum=seal if isinstance(seal, Addendum) else None,
    )


def encoded(proof: Proof) -> bytes:
    """What stands in the file."""
    return msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n"


def decoded(data: bytes) -> Proof:
    """The proof in a file. Raises `ValueError` where it is none."""
    try:
        proof = msgspec.json.decode(data, type=Proof)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ValueError("This is no Curbside proof, or it was cut or damaged.") from None
    if proof.format != FORMAT or proof.seal is None:
        raise ValueError("This is no Curbside proof of a format that is known here.")
    return proof


def verify_proof(proof: Proof, public_key: bytes | None = None) -> Verdict:
    """Check a proof: signature, path, and that the record, where there is one, has that digest.

    Without `public_key` the key in the proof is believed: that shows it whole, not whose it is.
    """
    seal = proof.seal
    if seal is None or not is_signed(seal):
        return Verdict("The manifest's signature is wrong: it was changed after it was signed.")
    if public_key is not None and public_key != seal.public_key:
        return Verdict("The seal is signed with another key than the one expected.")
    start = seal.start.seq
    if root_by(proof.path, proof.digest, proof.seq - start - 1, seal.upto - start) != seal.root:
        return Verdict(f"Event {proof.seq} with this digest is not under that seal.", proof.seq)
    if proof.record is not None and not _is_of(proof.record, proof, seal):
        return Verdict(f"Event {proof.seq} was changed: it has not the digest that was sealed.", proof.seq)
    return Verdict(None)


def _is_of(record: Record, proof: Proof, seal: AnySeal) -> bool:
    """Whether the digest that the path starts from is that of `record`, at its place in the room of the seal."""
    if (record.room, record.seq) != (seal.room, proof.seq) or proof.before is None:
        return False
    return salted(record) and link(proof.before, record) == record.digest == proof.digest
