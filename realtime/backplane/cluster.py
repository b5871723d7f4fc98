"""A Redis Cluster: each of its servers knows which one serves which slots."""

import random
from collections.abc import Sequence
from functools import partial

from realtime.backplane.line import DialAt, Lost, asked
from realtime.backplane.slots import Address, Map, mapped
from realtime.backplane.words import SHARDED

QUESTION = (b"CLUSTER", b"SLOTS")


class Members:
    """The servers of the Cluster that those at `homes` belong to.

    They are asked when something has happened: one that is cut off from the others says so, it refuses.
    """

    words = SHARDED
    again_s = None

    def __init__(self, dial: DialAt, homes: Sequence[Address]) -> None:
        self._dial = dial
        self._homes = homes

    async def look(self, known: Sequence[Address]) -> Map:
        """The map of the first server that answers. Raises `Lost`."""
        why = ""
        for address in [*random.sample(known, len(known)), *self._homes]:
            try:
                return mapped(await asked(partial(self._dial, address), QUESTION), address)
            except (Lost, ValueError) as error:
                why = str(error)
        raise Lost(f"no server of the Cluster answers ({why})")
