"""The encrypted stream gives back what was written, and takes nothing else for it."""

import io

import pytest

from persistence.backup import encrypted
from persistence.backup.encrypted import DAMAGED, MAGIC, NO_BACKUP, WRONG, Decrypting, Encrypting

WORDS = "a long passphrase of the tests"
HEADER = len(MAGIC) + 1 + 16 + 16


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypted, "CHUNK_BYTES", 16)
    monkeypatch.setattr(encrypted, "WORK", 1)


def made(data: bytes, words: str = WORDS) -> bytes:
    file = io.BytesIO()
    encrypting = Encrypting(file, words)
    encrypting.write(data)
    encrypting.finish()
    return file.getvalue()


def read(data: bytes, words: str = WORDS) -> bytes:
    decrypting, parts = Decrypting(io.BytesIO(data), words), []
    while part := decrypting.read(7):
        parts.append(part)
    return b"".join(parts)


def chunks(data: bytes) -> list[bytes]:
    """The chunks of a file, each with its length."""
    found, place = [], HEADER
    while place < len(data):
        length = int.from_bytes(data[place : place + 4]) & (1 << 31) - 1
        found.append(data[place : place + 4 + length])
        place += 4 + length
    return found


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 1_000])
def test_what_was_written_is_read(size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    assert read(made(data)) == data


def test_nothing_of_it_can_be_seen_and_no_two_files_are_alike() -> None:
    data = b"sixteen letters." * 4
    first, second = made(data), made(data)
    assert b"letters" not in first
    assert not set(chunks(first)) & set(chunks(second))


def test_another_passphrase_is_told_from_damage() -> None:
    with pytest.raises(ValueError, match=WRONG):
        read(made(b"data"), "another long passphrase")
    assert read(made(b"data", "cafe\u0301 au lait, please"), "caf\u00e9 au lait, please") == b"data"


def test_every_byte_that_is_changed_is_noticed() -> None:
    good = made(bytes(50))
    for place in range(len(good)):
        for change in (0x01, 0x80):
            bad = bytearray(good)
            bad[place] ^= change
            with pytest.raises(ValueError, match=f"{NO_BACKUP}|{WRONG}|{DAMAGED}"):
                read(bytes(bad))


def test_every_cut_is_noticed() -> None:
    good = made(bytes(50))
    for end in range(len(good)):
        with pytest.raises(ValueError, match=f"{NO_BACKUP}|{WRONG}|{DAMAGED}"):
            read(good[:end])


def test_chunks_that_are_moved_doubled_left_out_or_added_are_noticed() -> None:
    good = made(bytes(16) * 4)
    header, (a, b, c, d) = good[:HEADER], chunks(good)
    assert read(header + a + b + c + d) == bytes(64)
    for wrong in (b + a + c + d, a + b + b + c + d, a + c + d, a + b + d, a + b + c + d + b"\0", a + b + c + d + d):
        with pytest.raises(ValueError, match=DAMAGED):
            read(header + wrong)


def test_a_chunk_of_another_file_is_noticed() -> None:
    one, other = made(bytes(40)), made(bytes(40))
    mixed = one[:HEADER] + chunks(other)[0] + b"".join(chunks(one)[1:])
    with pytest.raises(ValueError, match=DAMAGED):
        read(mixed)


def test_a_file_that_was_not_finished_is_noticed() -> None:
    file = io.BytesIO()
    Encrypting(file, WORDS).write(bytes(100))
    with pytest.raises(ValueError, match=DAMAGED):
        read(file.getvalue())


def test_the_usual_work_is_what_the_format_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    file = io.BytesIO()
    Encrypting(file, WORDS).finish()
    assert file.getvalue()[len(MAGIC)] == 17
    assert read(file.getvalue()) == b""
