"""Names for observers: stable within one room and nowhere else, and not to be turned back without the key."""

from base64 import b32encode
from hashlib import blake2b

from realtime.rooms.people import SYSTEM


class Pseudonyms:
    """The pseudonyms of one room. `key` is the deployment's secret, at least 16 bytes."""

    __slots__ = ("_key", "_room")

    def __init__(self, key: bytes, room: str) -> None:
        self._key = blake2b(key, digest_size=32, person=b"pseudonym").digest()
        self._room = room

    def of(self, person: str) -> str:
        """The name under which observers of this room know `person`, 16 characters. The server keeps its own."""
        if person == SYSTEM:
            return person
        digest = blake2b(f"{self._room}\0{person}".encode(), key=self._key, digest_size=10).digest()
        return b32encode(digest).decode().lower()
