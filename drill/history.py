"""What one client of a drill lived through, as it wrote it down itself. Times are seconds of one monotonic clock."""

import time
from collections.abc import Iterator
from typing import TypeVar

import msgspec


class Entry(msgspec.Struct, frozen=True, tag_field="what"):
    """One thing that happened to the client."""

    at_s: float


class Sent(Entry, frozen=True, tag="sent"):
    """The author pressed send on the command `id`."""

    id: str


class Acked(Entry, frozen=True, tag="acked"):
    """The author saw ✓ on `id`: on record as event `seq`."""

    id: str
    seq: int
    duplicate: bool = False


class Refused(Entry, frozen=True, tag="refused"):
    """The author was told that `id` is refused for good."""

    id: str
    code: str


class Seen(Entry, frozen=True, tag="seen"):
    """The reader was shown event `seq`."""

    seq: int
    id: str
    check: str


class Reset(Entry, frozen=True, tag="reset"):
    """The reader was told that the server does not have the log that was shown: it begins anew at `seq`."""

    seq: int
    check: str


class Broken(Entry, frozen=True, tag="broken"):
    """The client had to stop: the server broke the protocol, or refused the sign-in."""

    why: str


AnyEntry = Sent | Acked | Refused | Seen | Reset | Broken
E = TypeVar("E", bound=Entry)


class History:
    """The record of one client in one room, in the order in which things happened. `person`: its author's id."""

    def __init__(self, name: str, person: str = "") -> None:
        self.name = name
        self.person = person
        self.entries: list[AnyEntry] = []

    def sent(self, id: str) -> None:
        """Note that `id` was sent."""
        self.entries.append(Sent(time.monotonic(), id))

    def acked(self, id: str, seq: int, duplicate: bool = False) -> None:
        """Note the ✓."""
        self.entries.append(Acked(time.monotonic(), id, seq, duplicate))

    def refused(self, id: str, code: str) -> None:
        """Note a refusal."""
        self.entries.append(Refused(time.monotonic(), id, code))

    def seen(self, seq: int, id: str, check: str) -> None:
        """Note an event."""
        self.entries.append(Seen(time.monotonic(), seq, id, check))

    def reset(self, seq: int, check: str) -> None:
        """Note that what was shown is taken back."""
        self.entries.append(Reset(time.monotonic(), seq, check))

    def broken(self, why: str) -> None:
        """Note the end."""
        self.entries.append(Broken(time.monotonic(), why))

    def of(self, kind: type[E]) -> Iterator[E]:
        """The entries of one kind."""
        return (entry for entry in self.entries if isinstance(entry, kind))
