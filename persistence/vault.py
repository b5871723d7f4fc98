"""What must not be read from the database alone: encrypted with a key that is not in it.

AES-256-GCM (NIST SP 800-38D) with a fresh nonce each; the key of a purpose comes from the deployment's by HKDF-SHA256
(RFC 5869). A sealed text is bound to where it belongs: put into another row, it does not open.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORMAT: Final = b"\x01"
_NONCE_BYTES: Final = 12


class Vault:
    """Seals and opens for one `purpose`. `key` is the deployment's, at least 32 characters."""

    def __init__(self, key: bytes, purpose: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"curbside vault " + purpose.encode()).derive(key)
        self._cipher = AESGCM(derived)

    def sealed(self, plain: bytes, place: str) -> bytes:
        """`plain` encrypted, to be kept at `place`, for example the id of its row: 29 bytes longer."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def opened(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for `place`. Raises `ValueError` where it was not, was changed, or has another key."""
        if not sealed.startswith(_FORMAT):
            raise ValueError("This was not sealed by this version of Curbside.")
        nonce, encrypted = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, encrypted, place.encode())
        except (InvalidTag, ValueError):
            raise ValueError("This cannot be opened: CURBSIDE_VAULT_KEY is another, or it was changed.") from None
