"""Web Push: messages that only the browser can read (RFC 8291), from a server that it knows (VAPID, RFC 8292)."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from persistence.channels.addresses import Subscription
from web.channels.outgoing import Outgoing
from web.channels.sending import NotSent, Parcel, refused
from web.clock import Clock

TOKEN_S: Final = 12 * 3_600
"""A token is good for so long; RFC 8292 §2 allows a day."""
RECORD_BYTES: Final = 4_096
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_GONE: Final = frozenset({404, 410})
_LATER: Final = frozenset({408, 429, *range(500, 600)})


class Vapid:
    """The key pair by which push services know this deployment: made from its `vault_key`, on every node the same.

    `contact`: a mailto: or https: address, for those who run a push service.
    """

    def __init__(self, vault_key: bytes, contact: str) -> None:
        wide = HKDF(SHA256(), 48, salt=None, info=b"curbside vapid p-256").derive(vault_key)
        # FIPS 186-5 A.2.1: 128 bits more than are needed leave no bias.
        private = ec.derive_private_key(int.from_bytes(wide) % (_P256_ORDER - 1) + 1, ec.SECP256R1())
        self.public = _b64(_point(private.public_key()))
        self._contact = contact
        self._key = ECKey.import_key(private)

    def header(self, endpoint: str, now_ms: int) -> str:
        """What `Authorization` says to the push service of this endpoint."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now_ms // 1_000 + TOKEN_S, "sub": self._contact}
        return f"vapid t={jwt.encode({'typ': 'JWT', 'alg': 'ES256'}, claims, self._key)}, k={self.public}"


class WebPush:
    """Sends to browsers. `now_ms` is Unix time."""

    def __init__(self, vapid: Vapid, outgoing: Outgoing, now_ms: Clock) -> None:
        self._vapid = vapid
        self._outgoing = outgoing
        self._now_ms = now_ms

    async def send(self, parcel: Parcel) -> None:
        """Return once the push service has taken it: whether the device gets it, it does not say."""
        assert isinstance(parcel.address, Subscription)
        headers = self._headers(parcel, parcel.address)
        content = _sealed(parcel, parcel.address)
        answer = await self._outgoing.post(parcel.address.endpoint, headers, content)
        if 200 <= answer.status < 300:
            return
        raise NotSent(refused(answer.status), gone=answer.status in _GONE, final=answer.status not in _LATER)

    async def close(self) -> None:
        """End every connection."""
        await self._outgoing.close()

    def _headers(self, parcel: Parcel, to: Subscription) -> dict[str, str]:
        now_ms = self._now_ms()
        urgent = any(told.notice.kind in ("page", "hand_over") for told in parcel.told)
        return {
            "authorization": self._vapid.header(to.endpoint, now_ms),
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(max(0, parcel.until - now_ms) // 1_000),
            "urgency": "high" if urgent else "normal",
            # Of one topic the service keeps the newest only: what is sent again takes the place of what it was.
            "topic": _b64(sha256(parcel.id.encode()).digest())[:32],
        }


def encrypted(to: Subscription, plain: bytes, salt: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """`plain` for this browser alone (RFC 8291 §3.4). `salt`: 16 bytes; it and `key` are for this message only.

    Raises `ValueError` where the subscription's keys are none.
    """
    theirs, ours = _unb64(to.p256dh), _point(key.public_key())
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    ikm = _derived(_unb64(to.auth), b"WebPush: info\0" + theirs + ours, shared, 32)
    content_key = _derived(salt, b"Content-Encoding: aes128gcm\0", ikm, 16)
    nonce = _derived(salt, b"Content-Encoding: nonce\0", ikm, 12)
    header = salt + RECORD_BYTES.to_bytes(4) + bytes([len(ours)]) + ours
    return header + AESGCM(content_key).encrypt(nonce, plain + b"\x02", None)


def _sealed(parcel: Parcel, to: Subscription) -> bytes:
    (told, *_) = parcel.told
    message = {**msgspec.to_builtins(told.message), "tag": parcel.id, "acuity": told.notice.acuity}
    try:
        return encrypted(to, msgspec.json.encode(message), os.urandom(16), ec.generate_private_key(ec.SECP256R1()))
    except ValueError:
        raise NotSent("bad_keys", gone=True) from None


def _derived(salt: bytes, info: bytes, material: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=salt, info=info).derive(material)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
