"""The envelope of what travels between nodes: MAC (BLAKE2b, keyed, 16 bytes) ‖ msgpack [node, message].

Whoever can write to Redis still cannot speak as a node. Nothing is hidden: that is the transport's part (TLS).
"""

import logging
from hashlib import blake2b
from hmac import compare_digest

import msgspec

from realtime.backplane.messages import Message

logger = logging.getLogger("curbside.envelope")

MAC_BYTES = 16


class Envelope:
    """Seals what `node` says and opens what others do. All nodes of a deployment share the secret.

    `forged` counts payloads without a right MAC, `unreadable` those that a node sealed and this release cannot read.
    """

    def __init__(self, secret: bytes, node: str) -> None:
        self._key = blake2b(secret, person=b"curbside nodes").digest()
        self._node = node
        self._own = b"\x92" + msgspec.msgpack.encode(node)
        self.forged = 0
        self.unreadable = 0

    def seal(self, message: Message) -> bytes:
        """The payload that carries `message`."""
        content = _encoder.encode(_Sealed(self._node, message))
        return self._mac(content) + content

    def open(self, payload: bytes) -> Message | None:
        """What another node said; None for one's own words and for whatever no node of ours has sealed."""
        content = payload[MAC_BYTES:]
        if content.startswith(self._own):
            return None
        if not compare_digest(payload[:MAC_BYTES], self._mac(content)):
            self.forged += 1
            if self.forged == 1:
                logger.warning(
                    "the backplane brought a payload that no node of ours has sealed; further ones are counted"
                )
            return None
        try:
            return _decoder.decode(content).message
        except (msgspec.MsgspecError, ValueError, RecursionError):
            self.unreadable += 1
            return None

    def _mac(self, content: bytes) -> bytes:
        return blake2b(content, key=self._key, digest_size=MAC_BYTES).digest()


class _Sealed(msgspec.Struct, frozen=True, array_like=True):
    node: str
    message: Message


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Sealed)
