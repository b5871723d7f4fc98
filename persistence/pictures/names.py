"""What a picture is called: by chance, so that nobody guesses one, and with no sign that a path could be made of."""

import re
from base64 import b32encode
from secrets import token_bytes
from typing import Final

_name: Final = re.compile(r"[a-z2-7]{26}")


def new_name() -> str:
    """A fresh name: 26 characters of base32, 128 random bits."""
    return b32encode(token_bytes(16)).decode().rstrip("=").lower()


def is_name(text: str) -> bool:
    """Whether `new_name` could have given it."""
    return _name.fullmatch(text) is not None
