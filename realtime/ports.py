"""What the live side needs of the rest, given to it at start-up."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

import msgspec

from realtime.observing import Stretch, Way
from realtime.rooms.awarding import Void
from realtime.rooms.card import Card
from realtime.rooms.chain import Head, Record
from realtime.rooms.command import FlagReason
from realtime.rooms.identifiers.finding import Span
from realtime.rooms.notices import How, Notice
from realtime.rooms.observing import Permit
from realtime.rooms.people import Person
from realtime.rooms.pictures import Picture
from realtime.rooms.wordless import wordless

Outcome = Literal["ok", "refused", "failed"]
"""What came of an act."""


class Append(msgspec.Struct, frozen=True):
    """Records to add to one room, the first following `after`. `card` is given where it changes."""

    room: str
    after: Head
    records: Sequence[Record]
    card: Card | None = None

    @property
    def head(self) -> Head:
        """The room's head once this is on disk."""
        return self.records[-1].head


class Journal(Protocol):
    """The log of all rooms, on disk: the truth. Every method may raise `Unavailable`."""

    async def append(self, wish: Append) -> None:
        """Return once the records are on disk, in order, for good.

        Raises `Conflict` where the room's head is not `wish.after` or an id is taken; then nothing was written.
        What arrives while a commit runs goes into the next one. `after` = `EMPTY` makes the room.
        """

    def turn(self, room: str, known: Callable[[], Head]) -> AbstractAsyncContextManager[Sequence[Record]]:
        """Wait until no other node writes to this room, and keep them from it until the next append or the end of this.

        Its value are the records after what is `known` then, in order, as far as one query gives them: the turn is for
        a room whose append has lost, so that a node that must first catch up is not overtaken for ever. Those who wait
        get their turns as they came. Where only one process writes, nothing is waited for or given.
        """

    async def records(self, room: str, after: int, limit: int) -> list[Record]:
        """At most `limit` records with `seq` > `after`, in order."""

    async def newest(self, room: str, limit: int) -> list[Record]:
        """The last `limit` records, in order."""

    async def lookup(self, room: str, ids: Sequence[str]) -> dict[str, Record]:
        """The records under these ids, as far as there are any."""

    async def heads(self, rooms: Sequence[str]) -> dict[str, Head]:
        """The heads of these rooms, in one query; rooms that do not exist are left out."""

    async def card(self, room: str) -> Card | None:
        """The card of one room."""

    async def cards_touched(self, since_ms: int) -> list[Card]:
        """Cards changed at or after `since_ms`, by the journal's clock of `at`."""


class Directory(Protocol):
    """Who people are."""

    def known(self, person: str) -> Person | None:
        """The person of this id as far as that is known without asking; None where `person` must be awaited."""

    async def person(self, person: str) -> Person | None:
        """The person of this id, or None. Many asks at once are one query."""

    async def named(self, handles: Sequence[str]) -> dict[str, str]:
        """By handle the ids of those whom there are; as written is any that looks like theirs. Raises `Unavailable`."""

    def forget(self, person: str) -> None:
        """Ask anew for this person: something about them has changed."""


class Pictures(Protocol):
    """Pictures that were brought into rooms and are to be posted there."""

    async def known(self, room: str, person: str, pictures: Sequence[str]) -> list[Picture]:
        """Those of these that `person` has brought into `room` and looked at lately. Raises `Unavailable`."""


class Observing(Protocol):
    """Under which agreement observers read, and the record of what they were shown."""

    def known(self, person: Person) -> Permit | None:
        """What `person` is permitted now, as far as that is known without asking; None where they are not."""

    async def permit(self, person: Person) -> Permit:
        """What `person` is permitted now. Many asks at once are one query.

        Raises `Refused` with what stands in the way of their institution or of them, or `Unavailable`.
        """

    async def begin(self, person: Person, permit: Permit, room: str, after: int, way: Way) -> Stretch:
        """A stretch that is on disk, so that what follows may be shown. Many that begin at once are one insert.

        Raises `Refused` where all seats of the institution's plan are taken, or `Unavailable`.
        """

    def end(self, stretch: Stretch) -> None:
        """Nothing more of this is shown; returns at once."""


class Flagged(msgspec.Struct, frozen=True):
    """A flag on its way to the moderators. `told`: the room is warned as well. `at`: Unix ms."""

    __repr__ = wordless

    room: str
    id: str
    target: str
    reason: FlagReason
    note: str | None
    person: Person
    told: bool
    at: int


class Moderation(Protocol):
    """The moderators' book."""

    async def flag(self, flag: Flagged) -> None:
        """Return once the flag is on disk; a repeat is none. Raises `Refused` (`CONFLICT`) or `Unavailable`."""

    def muted(self, person: str) -> bool:
        """Whether this person may read and not write; at most a second old."""

    async def said_why(self, person: str, room: str) -> bool:
        """Whether this moderator has said lately why they enter this room. Raises `Unavailable`."""


class Gift(msgspec.Struct, frozen=True, kw_only=True):
    """An award on its way to the ledger. `payer`: the institution for which `person` gives it, to `author`.

    `texts`: what it is for, in which no product of the payer may be named. `void`: why it is void from the start, which
    its payer is told from `void_at` on (Unix ms): their copy of the room may be behind. `at`: Unix ms.
    """

    __repr__ = wordless

    room: str
    id: str
    target: str
    cents: int
    currency: str
    person: str
    payer: str
    author: str
    texts: Sequence[str]
    at: int
    void: Void | None = None
    void_at: int | None = None


class Awards(Protocol):
    """The ledger of sealed awards. It is asked by those who award, and by a close; every method may raise
    `Unavailable`.
    """

    async def given(self, room: str, person: str, id: str) -> tuple[str, int, str] | None:
        """What `person` has awarded under this id of theirs: (target, cents, currency)."""

    async def give(self, gift: Gift) -> None:
        """Return once the award is on disk, sealed; a repeat is none.

        Raises `Refused` where it is over a bound, a budget or a cap, its post names a product of the payer, or its
        author declared a tie to them.
        """

    async def sealed(self, room: str) -> Sequence[str]:
        """The commitments of a room's awards (64 hex digits each), as they came."""


class NoticeBook(Protocol):
    """What people are to be told, on disk. Every awaited method may raise `Unavailable`."""

    async def unseen(self, people: Sequence[str]) -> list[Notice]:
        """What these people have not seen, in few queries, the oldest first."""

    async def news(self) -> list[Notice]:
        """What was made, delivered or seen since the last call; some of it may come again."""

    def notify(self, notices: Sequence[Notice]) -> None:
        """Make these, with the next `settle`; returns at once. One that its person has is not made again."""

    def noticed(self, notice: str, person: str, how: How) -> None:
        """Note, with the next `settle`, that a person has got or seen this; returns at once."""

    async def settle(self) -> bool:
        """Write what was asked for since, in batches; whether some of it is news to people."""


class Audit(Protocol):
    """Who did what to what, for those who must answer for it. Never what a patient or a doctor wrote."""

    def note(
        self,
        act: str,
        person: str,
        room: str = "",
        detail: str = "",
        *,
        outcome: Outcome = "ok",
        where: str = "",
        why: str = "",
        what: str = "",
    ) -> None:
        """Keep one line; returns at once, lines are written in batches.

        `where` is the network address of the client, `why` the reason that was asked for, `what` the line is about
        where that is no room: a person, an institution, a file.
        """


class Recogniser(Protocol):
    """Looks for identifiers besides the rules, in milliseconds a text, so it is asked off the loop."""

    def recognise(self, text: str) -> Sequence[Span]:
        """What in `text` may tell who a patient is, in code points."""
