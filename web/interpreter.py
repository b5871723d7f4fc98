"""How Python is set up where it starts and serves: for short pauses."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# The thread that commits and the loop that delivers share one interpreter: at Python's 5 ms each waits for the other.
SWITCH_S: Final = 0.000_1
# A full collection looks at every seat and room, which takes 13 ms for 4,000 seats, and finds next to nothing: what is
# told leaves no circles behind. So it comes when there are a million objects more; a small one takes about 1 ms.
COLLECTIONS: Final = (1_000, 10, 100)


@contextmanager
def uncollected() -> Iterator[None]:
    """What is loaded at the start lives as long as the process: collecting in it takes time and frees nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def set_up() -> None:
    """Once, when everything is loaded and begun: that lives as long as the process and need not be looked at."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(*COLLECTIONS)
    gc.collect()
    gc.freeze()
