"""An authenticator of WebAuthn, as a browser speaks for it: makes passkeys and signs with them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from typing import Any, Final

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT: Final = 0x01
VERIFIED: Final = 0x04
_ATTESTED: Final = 0x40

Answer = dict[str, Any]


class Keyring:
    """Holds one key. What it says can be bent: `origin`, `party`, `flags`, the counter `uses`."""

    def __init__(self, origin: str = "http://testserver", party: str = "testserver") -> None:
        self.origin = origin
        self.party = party
        self.flags = PRESENT | VERIFIED
        self.uses = 0
        self.id = token_bytes(16)
        self.person = b""
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def made_id(self) -> str:
        """The passkey's id, as options name it."""
        return encoded(self.id)

    def made(self, options: Answer) -> Answer:
        """The answer to `navigator.credentials.create`."""
        self.person = decoded(options["user"]["id"])
        described = len(self.id).to_bytes(2, "big") + self.id + self._public()
        data = self._data(self.flags | _ATTESTED) + bytes(16) + described
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._client("webauthn.create", options["challenge"])
        return self._answer(
            {"clientDataJSON": encoded(said), "attestationObject": encoded(attestation), "transports": ["internal"]}
        )

    def used(self, options: Answer) -> Answer:
        """The answer to `navigator.credentials.get`."""
        self.uses += 1
        said, data = self._client("webauthn.get", options["challenge"]), self._data(self.flags)
        signature = self._key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": encoded(said),
                "authenticatorData": encoded(data),
                "signature": encoded(signature),
                "userHandle": encoded(self.person),
            }
        )

    def _data(self, flags: int) -> bytes:
        return sha256(self.party.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _client(self, type: str, challenge: str) -> bytes:
        return json.dumps({"type": type, "challenge": challenge, "origin": self.origin}).encode()

    def _public(self) -> bytes:
        numbers = self._key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, response: Answer) -> Answer:
        id = self.made_id
        return {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}


def encoded(data: bytes) -> str:
    """As WebAuthn's JSON has bytes."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """What `encoded` wrote."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
