"""Codes that a person types in, as they are kept."""

from hashlib import sha256


def typed_digest(code: str) -> bytes:
    """The digest by which a code is kept and found; spaces, dashes and capitals do not matter."""
    return sha256("".join(code.lower().replace("-", " ").split()).encode()).digest()
