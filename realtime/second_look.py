"""A recogniser beside the rules: slower, so it looks off the loop, before the turn in which its findings count."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Final

from realtime.ports import Recogniser
from realtime.rooms.identifiers.finding import Span, apart, found
from realtime.rooms.identifiers.remembering import digest

# More than the texts of one turn.
MOST_KNOWN: Final = 8_192
UNSEEN: Final = "unexamined"


class SecondLook:
    """What the rules and `recogniser` find together. Of a text that was not examined all is found."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._known: OrderedDict[bytes, Sequence[Span]] = OrderedDict()

    async def examine(self, texts: Iterable[str]) -> None:
        """Let the recogniser look at these, in a thread, one after another."""
        for text in texts:
            if (key := digest(text)) not in self._known:
                self._known[key] = await asyncio.to_thread(self._recogniser.recognise, text)
            self._known.move_to_end(key)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)

    def find(self, text: str) -> list[Span]:
        """As `found`, with what the recogniser has found besides."""
        further = self._known.get(digest(text), [Span(0, len(text), UNSEEN)])
        return apart((*found(text), *further))
