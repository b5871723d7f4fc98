"""An encrypted stream in a file: scrypt (RFC 7914) makes its key, ChaCha20-Poly1305 (RFC 8439) seals it in chunks.

The header is `MAGIC`, one byte (the binary logarithm of scrypt's N; r is 8, p is 1), 16 bytes of salt and 16 by which
the passphrase is recognised. Each chunk is four bytes, big-endian, and as many bytes as they say; the highest bit of
the four marks the last chunk. A chunk's nonce is its number and that mark, and the header is authenticated with it: a
chunk that was changed, left out, put elsewhere, added, or taken from another file is refused (the STREAM construction,
Hoang, Reyhanitabar, Rogaway and Vizár 2015). The salt is new for each file, and so is the key.
"""

import io
import os
from hmac import compare_digest
from typing import BinaryIO, Final
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC: Final = b"curbside backup 1\n"
# Half a second and 128 MiB for each guess.
WORK: Final = 17
MOST_WORK: Final = 18
SALT_BYTES: Final = 16
PROOF_BYTES: Final = 16
KEY_BYTES: Final = 32
CHUNK_BYTES: Final = 256 * 1024
_TAG_BYTES: Final = 16
_LAST: Final = 1 << 31

NO_BACKUP: Final = "This is no backup of Curbside, or its beginning was cut or changed."
WRONG: Final = "The passphrase is not the one of this backup, or the backup's beginning was changed."
DAMAGED: Final = "The backup was cut or changed after it was made: use another copy of it."


class Encrypting(io.RawIOBase):
    """What is written to it goes to `file` encrypted. Without `finish` it is a file that was cut."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._file = file
        start = MAGIC + bytes([WORK]) + os.urandom(SALT_BYTES)
        key, proof = _derived(passphrase, start)
        self._chunks = _Chunks(key, start + proof)
        self._waiting = bytearray()
        file.write(start + proof)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self._waiting += data
        while len(self._waiting) > CHUNK_BYTES:
            self._put(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write what waits, as the last chunk. `file` stays open."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, data: bytes, *, last: bool) -> None:
        sealed = self._chunks.sealed(data, last=last)
        self._file.write((len(sealed) | (_LAST if last else 0)).to_bytes(4))
        self._file.write(sealed)


class Decrypting(io.RawIOBase):
    """Reads what `Encrypting` wrote. Raises `ValueError`, in one sentence, for whatever is not exactly that.

    An end of the stream (`b""`) is the end of what was written, and of the file.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._file = file
        start = file.read(len(MAGIC) + 1 + SALT_BYTES)
        expected = file.read(PROOF_BYTES)
        if not start.startswith(MAGIC) or len(expected) < PROOF_BYTES or not 0 < start[len(MAGIC)] <= MOST_WORK:
            raise ValueError(NO_BACKUP)
        key, proof = _derived(passphrase, start)
        if not compare_digest(proof, expected):
            raise ValueError(WRONG)
        self._chunks = _Chunks(key, start + proof)
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        while not self._ready and not self._ended:
            self._ready = self._next()
        given = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(given) :]
        return given

    def _next(self) -> bytes:
        length = int.from_bytes(self._exactly(4))
        self._ended = bool(length & _LAST)
        length &= _LAST - 1
        if length > CHUNK_BYTES + _TAG_BYTES:
            raise ValueError(DAMAGED)
        data = self._chunks.opened(self._exactly(length), last=self._ended)
        if self._ended and self._file.read(1):
            raise ValueError(DAMAGED)
        return data

    def _exactly(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise ValueError(DAMAGED)
        return data


class _Chunks:
    """Seals or opens the chunks of one file, in their order."""

    def __init__(self, key: bytes, header: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._header = header
        self._number = 0

    def sealed(self, data: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), data, self._header)

    def opened(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(last), sealed, self._header)
        except InvalidTag:
            raise ValueError(DAMAGED) from None

    def _nonce(self, last: bool) -> bytes:
        self._number += 1
        return self._number.to_bytes(11) + bytes([last])


def _derived(passphrase: str, start: bytes) -> tuple[bytes, bytes]:
    """The key, and what shows that it is the right one without betraying it."""
    work, salt = start[len(MAGIC)], start[len(MAGIC) + 1 :]
    scrypt = Scrypt(salt=salt, length=KEY_BYTES + PROOF_BYTES, n=2**work, r=8, p=1)
    made = scrypt.derive(normalize("NFC", passphrase).encode())
    return made[:KEY_BYTES], made[KEY_BYTES:]
