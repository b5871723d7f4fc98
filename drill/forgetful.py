"""A client without one defence: what it has sent and nobody has answered is forgotten as its line breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from drill.patching import found, replace

RESEND = "resend"
"""The name of this defence, beside those of `drill.defences`, which are the program's."""


@contextmanager
def forgetful() -> Iterator[None]:
    """Every client of this process is like that meanwhile."""
    place = "client.sending:Sending.away"
    kept = found(place)

    def away(sending: Any) -> None:
        kept(sending)
        sending._rooms.clear()

    replace(place, lambda _: away)
    try:
        yield
    finally:
        replace(place, lambda _: kept)
