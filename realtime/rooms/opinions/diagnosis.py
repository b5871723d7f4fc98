"""One line of a differential."""

from typing import Annotated

import msgspec

from realtime.rooms.wordless import wordless

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
# ICD-10: a category of three characters, and what follows its point.
Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$(?!\n)")]
Probability = Annotated[float, msgspec.Meta(gt=0, le=1)]


class Diagnosis(msgspec.Struct, frozen=True, omit_defaults=True):
    """A diagnosis in its author's words, with how likely it is, and its `code` in ICD-10 where one was chosen."""

    __repr__ = wordless

    dx: Words
    probability: Probability
    code: Code | None = None

    @property
    def key(self) -> str:
        """What two have in common that are the same: the code, or the words, whatever their case and spaces."""
        return self.code or " ".join(self.dx.casefold().split())
