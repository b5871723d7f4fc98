"""An archive file says what was done to it, offline and with the public key alone."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from persistence import archive
from persistence.archive import WRITING, files_of, read, write
from persistence.merkle import merkle_root
from persistence.proof import proof_of, verify_proof
from persistence.seal import Manifest, SealKey, open_key
from persistence.verdict import verify
from realtime.rooms.chain import EMPTY, Record, Salts, event_of, recorded
from realtime.rooms.commands import Close, Corroborate, Post
from realtime.rooms.events import Event, Posted
from tests.builders import ROOM, ana, ask, ben, cleo, records, salts, story

LOG = records(
    story(
        (ana, ask(Post, text="Check the ECG.")),
        (ben, ask(Corroborate, target="e2", stance="agree")),
        (ana, ask(Post, text="Then transfer.")),
        (cleo, ask(Close, disposition="transferred", summary="Left by air.")),
    )
)


def sealed(folder: Path, log: list[Record], key: SealKey | None = None) -> Path:
    """The archive of `log` with a manifest that fits it."""
    manifest = (key or open_key(folder)).signed(
        Manifest(
            room=ROOM,
            upto=len(log),
            opened_at=log[0].at,
            closed_at=log[-1].at,
            head=log[-1].digest,
            root=merkle_root([record.digest for record in log]),
            key_id="",
            public_key=b"",
        )
    )
    return folder / write(folder, log, manifest).name


def test_what_was_written_is_read_back_and_verifies(tmp_path: Path) -> None:
    path = sealed(tmp_path, LOG)
    assert read(path).records == LOG
    assert verify(path, open_key(tmp_path).public) == (None, None)


def test_the_same_log_makes_the_same_bytes(tmp_path: Path) -> None:
    first = sealed(tmp_path, LOG).read_bytes()
    assert sealed(tmp_path, LOG).read_bytes() == first


Change = Callable[[list[Record]], list[Record]]


def edited(log: list[Record]) -> list[Record]:
    return [*log[:1], msgspec.structs.replace(log[1], body=log[1].body.replace(b"ECG", b"EEG")), *log[2:]]


def said_after(record: Record) -> Record:
    """A post that somebody made up, chained to `record`."""
    body = Posted(text="I never said so.", kind="comment", evidence=[], images=[])
    return recorded(ROOM, record.head, Event(record.seq + 1, "forged", record.at, ana.by, body), salts(9))


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (edited, 2),
        (lambda log: [*log[:2], *log[3:]], 3),
        (lambda log: [log[0], log[2], log[1], *log[3:]], 2),
        (lambda log: log[:-1], 5),
        (lambda log: [*log[:2], log[1], *log[2:]], 3),
        (lambda log: log[1:], 1),
        (lambda log: [], 1),
        (lambda log: [*log[:2], said_after(log[1]), *log[2:]], 4),
        (lambda log: [*log, said_after(log[-1])], 6),
    ],
    ids=["edited", "removed", "swapped", "cut", "doubled", "beheaded", "emptied", "added within", "added at the end"],
)
def test_the_first_event_that_was_tampered_with_is_named(tmp_path: Path, change: Change, first: int) -> None:
    manifest = read(sealed(tmp_path, LOG)).manifest
    path = tmp_path / write(tmp_path, change(LOG), manifest).name
    verdict = verify(path)
    assert verdict.wrong is not None and verdict.first == first


def test_a_chain_that_was_written_anew_does_not_fit_its_seal(tmp_path: Path) -> None:
    manifest = read(sealed(tmp_path, LOG)).manifest
    anew: list[Record] = []
    for record in LOG:
        head = anew[-1].head if anew else EMPTY
        anew.append(recorded(ROOM, head, event_of(record), Salts(b"x" * 16, b"y" * 16)))
    path = tmp_path / write(tmp_path, anew, manifest).name
    assert "written anew" in (verify(path).wrong or "")


def test_a_chain_that_was_written_anew_and_sealed_with_another_key_is_known_by_the_expected_key_only(
    tmp_path: Path,
) -> None:
    """Whoever can write the archive can write it whole: what they cannot do is sign with this server's key."""
    ours = open_key(tmp_path / "ours")
    anew = [*LOG[:1], said_after(LOG[0])]
    path = sealed(tmp_path, anew, open_key(tmp_path / "theirs"))
    assert verify(path) == (None, None)
    assert "another key" in (verify(path, ours.public).wrong or "")


def test_another_key_than_the_expected_one_is_refused(tmp_path: Path) -> None:
    path = sealed(tmp_path, LOG, open_key(tmp_path / "theirs"))
    assert "another key" in (verify(path, open_key(tmp_path / "ours").public).wrong or "")


@pytest.mark.parametrize("at", range(0, 400, 37))
def test_any_byte_that_is_flipped_is_noticed(tmp_path: Path, at: int) -> None:
    path = sealed(tmp_path, LOG)
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.write_bytes(data)
    assert verify(path).wrong is not None


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x28\xb5\x2f\xfd\x00\x00"])
def test_what_is_no_archive_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.curbside"
    path.write_bytes(content)
    assert "no Curbside archive" in (verify(path).wrong or "")


def test_what_another_writer_left_behind_goes_with_the_next_one(tmp_path: Path) -> None:
    path = sealed(tmp_path, LOG)
    (tmp_path / WRITING / f"{path.name}.dead").write_text("half")
    (tmp_path / WRITING / "another.curbside.alive").write_text("half")
    assert sealed(tmp_path, LOG) == path
    assert [left.name for left in (tmp_path / WRITING).iterdir()] == ["another.curbside.alive"]


def test_the_files_of_a_case_are_those_of_no_other(tmp_path: Path) -> None:
    names = ["r1.curbside", "r1.2.curbside", "r1.10.curbside", "r1.curbside.old", "r1.x.curbside", "r11.1.curbside"]
    for name in names:
        (tmp_path / name).touch()
    assert [path.name for path in files_of(tmp_path, "r1")] == ["r1.curbside", "r1.2.curbside", "r1.10.curbside"]
    assert files_of(tmp_path, "r2") == []


GOLDEN = Path(__file__).parent / "golden"
GOLDEN_KEY = bytes.fromhex("409044521b8693295ce07e079063b648825c6ed8d1417b48aa874a85a2008a92")


def test_an_archive_of_version_0_1_still_verifies_and_proves(tmp_path: Path) -> None:
    """Written by the code as it was before there were addenda. This file never changes."""
    path = GOLDEN / "case1.curbside"
    assert verify(path, GOLDEN_KEY) == (None, None)
    archived = read(path)
    assert [event_of(record).kind for record in archived.records] == [
        "opened",
        "post",
        "corroborated",
        "post",
        "closed",
    ]
    assert archived.manifest.upto == 5
    assert archived.records == LOG
    for seq in range(1, 6):
        assert verify_proof(proof_of(archived, seq), GOLDEN_KEY) == (None, None)


def test_what_is_written_today_is_what_version_0_1_wrote(tmp_path: Path) -> None:
    """Two workers of two versions may write the same file."""
    golden = read(GOLDEN / "case1.curbside")
    path = tmp_path / write(tmp_path, golden.records, golden.manifest).name
    assert unpacked(path) == unpacked(GOLDEN / "case1.curbside")


def unpacked(path: Path) -> bytes:
    """The bytes in a file; versions of zstd may compress them differently."""
    return archive.zstd.decompress(path.read_bytes())  # type: ignore[attr-defined,no-any-return]
