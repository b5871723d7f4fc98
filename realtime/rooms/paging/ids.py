"""The ids of what the server itself says of a room: made from what it is about, so that two who say it say it once.

No command can have such an id, nor any further event of one: nobody can take its place before it is said.
"""

from base64 import b32encode
from hashlib import sha256


def named(kind: str, *about: str | int) -> str:
    """An id of 28 characters for what there can be one of, `kind` about `about`."""
    digest = sha256("\0".join((kind, *map(str, about))).encode()).digest()[:16]
    return f"{b32encode(digest).decode().rstrip('=').lower()}.s"
