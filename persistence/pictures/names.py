"""What a picture is called: by chance, so that nobody guesses one, and with no sign that a path could be made of."""

import re
from typing import Final

_name: Final = re.compile(r"[a-z2-7]{26}")


def is_name(text: str) -> bool:
    """Whether `persistence.people.new_id` could have given it."""
    return _name.fullmatch(text) is not None
