"""A proof shows one event, proves its place, and tells nothing of the others."""

import json
from pathlib import Path

import msgspec
import pytest

from persistence.archive import Archived
from persistence.merkle import merkle_root
from persistence.proof import Proof, decoded, encoded, proof_of, verify_proof
from persistence.seal import Addendum, Manifest, SealKey, digest_of, open_key
from realtime.rooms.chain import EMPTY, Record, Salts, event_of, recorded
from realtime.rooms.commands import Close, Post
from tests.builders import ROOM, ana, ask, ben, cleo, records, story

LOG = records(
    story(
        *((person, ask(Post, text=f"CANARY of {person.id}, {n}")) for n in range(5) for person in (ana, ben)),
        (cleo, ask(Close, disposition="Transferred", summary="CANARY of the close")),
    )
)
SEQS = range(1, len(LOG) + 1)


@pytest.fixture
def key(tmp_path: Path) -> SealKey:
    return open_key(tmp_path)


@pytest.fixture
def archived(key: SealKey) -> Archived:
    return sealed(LOG, key)


def sealed(log: list[Record], key: SealKey) -> Archived:
    """What the archive of `log` holds."""
    manifest = Manifest(
        room=ROOM,
        upto=len(log),
        opened_at=log[0].at,
        closed_at=log[-1].at,
        head=log[-1].digest,
        root=merkle_root([record.digest for record in log]),
        key_id="",
        public_key=b"",
    )
    return Archived(log, key.signed(manifest))


@pytest.mark.parametrize("seq", SEQS)
def test_every_event_can_be_proved_with_and_without_what_it_says(archived: Archived, key: SealKey, seq: int) -> None:
    for hash_only in (False, True):
        proof = decoded(encoded(proof_of(archived, seq, hash_only=hash_only)))
        assert verify_proof(proof, key.public) == (None, None)
        assert (proof.record is None) is hash_only
    assert proof.digest == LOG[seq - 1].digest


@pytest.mark.parametrize("seq", SEQS)
def test_a_proof_holds_nothing_of_any_other_event(archived: Archived, seq: int) -> None:
    whole = everything(encoded(proof_of(archived, seq)))
    assert LOG[seq - 1].body in whole
    digest_only = everything(encoded(proof_of(archived, seq, hash_only=True)))
    for record in LOG:
        secrets = {record.body, record.salt_body, record.salt_by, record.author}
        assert not [secret for secret in secrets if secret in digest_only]
        if record.seq != seq:
            # Of the same author the same is said in each; whose it is cannot be told without the salt.
            assert not [secret for secret in secrets - {LOG[seq - 1].author} if secret in whole]


def everything(data: bytes) -> list[bytes]:
    """All bytes that a proof holds."""
    proof = decoded(data)
    found: list[bytes] = [proof.digest, *proof.path]
    if proof.record is not None:
        found += [value for value in msgspec.structs.astuple(proof.record) if isinstance(value, bytes)]
    return found


def test_a_resent_command_s_digest_is_not_given_out(archived: Archived) -> None:
    kept = msgspec.structs.replace(LOG[1], command_digest=b"x" * 32)
    proof = proof_of(Archived([LOG[0], kept, *LOG[2:]], archived.manifest), 2)
    assert proof.record is not None and proof.record.command_digest == b""
    assert verify_proof(proof) == (None, None)


@pytest.mark.parametrize("field", ["seq", "digest", "path", "record", "before", "manifest"])
def test_whatever_is_taken_from_another_proof_does_not_fit(tmp_path: Path, archived: Archived, field: str) -> None:
    anew: list[Record] = []
    for record in LOG:
        head = anew[-1].head if anew else EMPTY
        anew.append(recorded(ROOM, head, event_of(record), Salts(b"x" * 16, b"y" * 16)))
    others = proof_of(archived, 4), proof_of(sealed(anew, open_key(tmp_path / "theirs")), 3)
    mine = proof_of(archived, 3)
    for other in others:
        if getattr(other, field) == getattr(mine, field):
            continue
        changed = msgspec.structs.replace(mine, **{field: getattr(other, field)})
        assert verify_proof(changed).wrong is not None


@pytest.mark.parametrize("field", ["room", "seq", "id", "at", "by", "author", "kind", "salt_by", "salt_body", "body"])
def test_an_event_that_was_changed_is_named(archived: Archived, field: str) -> None:
    proof = proof_of(archived, 3)
    assert proof.record is not None
    value = getattr(proof.record, field)
    other = value + 1 if isinstance(value, int) else value[:-1] + (b"!" if isinstance(value, bytes) else "!")
    changed = msgspec.structs.replace(proof, record=msgspec.structs.replace(proof.record, **{field: other}))
    verdict = verify_proof(changed)
    assert verdict.first == 3 and "was changed" in (verdict.wrong or "")


def test_a_log_that_was_written_anew_with_another_key_is_known_by_the_expected_key_only(
    tmp_path: Path, key: SealKey
) -> None:
    theirs = open_key(tmp_path / "theirs")
    proof = proof_of(sealed(LOG, theirs), 2)
    assert verify_proof(proof) == (None, None)
    assert "another key" in (verify_proof(proof, key.public).wrong or "")


def test_an_event_of_an_addendum_is_proved_under_the_addendum(key: SealKey) -> None:
    first = sealed(LOG[:4], key).manifest
    part = LOG[4:]
    addendum = key.signed(
        Addendum(
            room=ROOM,
            number=1,
            after=4,
            after_head=first.head,
            previous=digest_of(first),
            upto=len(LOG),
            head=LOG[-1].digest,
            root=merkle_root([record.digest for record in part]),
            key_id="",
            public_key=b"",
        )
    )
    for seq in range(5, len(LOG) + 1):
        proof = decoded(encoded(proof_of(Archived(part, addendum), seq)))
        assert proof.addendum == addendum
        assert verify_proof(proof, key.public) == (None, None)


@pytest.mark.parametrize("seq", [0, -1, len(LOG) + 1])
def test_there_is_no_proof_of_what_is_not_there(archived: Archived, seq: int) -> None:
    with pytest.raises(IndexError):
        proof_of(archived, seq)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": "curbside.proof.v1"}'])
def test_what_is_no_proof_is_said_so(content: bytes) -> None:
    with pytest.raises(ValueError, match="is no Curbside proof"):
        decoded(content)


def test_a_proof_without_its_seal_is_none(archived: Archived) -> None:
    plain = json.loads(encoded(proof_of(archived, 2)))
    with pytest.raises(ValueError, match="format that is known"):
        decoded(json.dumps(plain | {"manifest": None}).encode())
    with pytest.raises(ValueError, match="format that is known"):
        decoded(json.dumps(plain | {"format": "curbside.proof.v2"}).encode())


def test_a_proof_shows_no_words_in_its_repr(archived: Archived) -> None:
    proof: Proof = proof_of(archived, 2)
    assert "CANARY" not in repr(proof)
