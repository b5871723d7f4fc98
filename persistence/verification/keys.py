"""What verification encrypts with, and the keyed digests under which it finds what it cannot read."""

import hmac
from hashlib import sha256

import msgspec

from persistence.vault import Vault


class Keys:
    """All of them come from the deployment's `vault_key`, which is not in the database."""

    def __init__(self, vault_key: bytes) -> None:
        self.vault = Vault(vault_key, "identity")
        self._digests = hmac.digest(vault_key, b"curbside licences and codes", sha256)

    def licence(self, country: str, register: str, number: str) -> bytes:
        """The digest of a licence, its number as `licences.normal` writes it."""
        return self._digest("licence", country, register, number)

    def code(self, person: str, code: str) -> bytes:
        """The digest of a code that was sent to this person."""
        return self._digest("code", person, code)

    def sealed(self, text: str, place: str) -> bytes:
        """`text` encrypted, to be kept at `place`."""
        return self.vault.sealed(text.encode(), place)

    def opened(self, sealed: bytes | None, place: str) -> str:
        """What was sealed for `place`; nothing where nothing was. Raises `ValueError` as the vault."""
        return "" if sealed is None else self.vault.opened(sealed, place).decode()

    def _digest(self, *parts: str) -> bytes:
        return hmac.digest(self._digests, msgspec.msgpack.encode(parts), sha256)
