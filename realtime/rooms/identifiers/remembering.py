"""What a look at a text found, kept for when it is looked at again: by digest, so that nothing written is kept."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Final, Generic, TypeVar

T = TypeVar("T")

MOST_KNOWN: Final = 1_024


class Remembered(Generic[T]):
    """`look`, asked once for each text. It starts anew when it knows many: a text comes again within seconds, or never.

    Threads may share it.
    """

    __slots__ = ("_known", "_look")

    def __init__(self, look: Callable[[str], Sequence[T]]) -> None:
        self._look = look
        self._known: dict[bytes, Sequence[T]] = {}

    def __call__(self, text: str) -> Sequence[T]:
        key = digest(text)
        known = self._known.get(key)
        if known is None:
            known = self._look(text)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = known
        return known


def digest(text: str) -> bytes:
    """The same for the same text alone."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
