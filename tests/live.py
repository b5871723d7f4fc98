"""Nodes in one process for tests of the live side: the real hub, gateway and connections over a real SQLite journal.

Only the transport is a test's: what the server writes to it is parsed as a client would parse it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
from sqlmodel import Session
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, OPEN
from websockets.protocol import Protocol as Parser

from persistence.journal import SqlJournal, open_journal
from persistence.schema import METADATA
from persistence.sqlite import Sqlite
from realtime.backplane.base import Backplane
from realtime.backplane.memory import MemoryBackplane, MemoryBus
from realtime.gateway import Gateway
from realtime.hub import Hub
from realtime.limits import RateLimits
from realtime.node import Node
from realtime.ports import Flagged, Journal
from realtime.rates import Allowed
from realtime.rooms.credibility.weighing import Word
from realtime.rooms.notices import How, Notice
from realtime.rooms.opening import OpenCase
from realtime.rooms.people import Person
from realtime.rooms.pictures import Picture
from realtime.rooms.refusals import Refusal, Refused
from realtime.socket import Connection
from realtime.wire.frame import Encoding
from tests.awarding import MemoryAwards
from tests.builders import PEOPLE, cleo, wish
from tests.observing import MemoryObserving

SECRET = b"a secret of the tests, 32 bytes.."
PATIENCE_S = 5.0
AMPLE = Allowed(per_s=1_000, burst=5_000, room_per_s=10_000)


class People:
    """A directory of the tests' people."""

    def known(self, person: str) -> Person | None:
        return PEOPLE.get(person)

    async def person(self, person: str) -> Person | None:
        return PEOPLE.get(person)

    async def named(self, handles: Sequence[str]) -> dict[str, str]:
        known = {person.handle: person.id for person in PEOPLE.values()}
        return {handle: known[handle] for handle in handles if handle in known}

    def forget(self, person: str) -> None:
        """They never change."""


class Brought:
    """Pictures that tests say were brought: by (room, person)."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], list[Picture]] = {}

    async def known(self, room: str, person: str, pictures: Sequence[str]) -> list[Picture]:
        return [picture for picture in self.held.get((room, person), []) if picture.id in pictures]


class Lines:
    """An audit that tests can read."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str, str]] = []
        self.whole: list[dict[str, str]] = []

    def note(self, act: str, person: str, room: str = "", detail: str = "", **more: str) -> None:
        self.lines.append((act, person, room, detail))
        self.whole.append({"act": act, "person": person, "room": room, "detail": detail} | more)


class Moderators:
    """The moderators' book, in memory: `flags` as they came, `silent` are muted.

    `reasoned`: who has said why they enter which room.
    """

    def __init__(self) -> None:
        self.flags: dict[tuple[str, str], Flagged] = {}
        self.silent: set[str] = set()
        self.reasoned: set[tuple[str, str]] = set()

    async def flag(self, flag: Flagged) -> None:
        kept = self.flags.setdefault((flag.room, flag.id), flag)
        if msgspec.structs.replace(kept, at=flag.at) != flag:
            raise Refused(Refusal.CONFLICT)

    def muted(self, person: str) -> bool:
        return person in self.silent

    async def said_why(self, person: str, room: str) -> bool:
        return (person, room) in self.reasoned


class Scales:
    """What words weigh, in memory: `voices` are opinions' by person, and of stances nothing is known."""

    def __init__(self) -> None:
        self.voices: dict[str, float] = {}

    def word(self, person: Person, author: str, specialty: str, conflict: float) -> Word | None:
        return None

    def voice(self, person: Person, specialty: str) -> float | None:
        return self.voices.get(person.id)


class Notes:
    """Notices, in memory. `made` are those that there are; `marks` what people have said of them."""

    def __init__(self) -> None:
        self.made: list[Notice] = []
        self.marks: list[tuple[str, str, How]] = []
        self.asked: list[Sequence[str]] = []

    async def unseen(self, people: Sequence[str]) -> list[Notice]:
        self.asked.append(people)
        return [notice for notice in self.made if notice.person in people and not notice.seen]

    async def news(self) -> list[Notice]:
        return self.made

    def notify(self, notices: Sequence[Notice]) -> None:
        known = {(one.id, one.person) for one in self.made}
        self.made = [*self.made, *(one for one in notices if (one.id, one.person) not in known)]

    def noticed(self, notice: str, person: str, how: How) -> None:
        self.marks.append((notice, person, how))
        self.made = [
            msgspec.structs.replace(one, delivered=True, seen=one.seen or how == "seen")
            if (one.id, one.person) == (notice, person)
            else one
            for one in self.made
        ]

    async def settle(self) -> bool:
        return False


class Site:
    """One deployment: a journal, a bus and any number of nodes on them, each with a backplane that `carry` makes."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.bus = MemoryBus()
        self.carry: Callable[[], Backplane] = lambda: MemoryBackplane(self.bus)
        self.nodes: list[LiveNode] = []

    async def node(self, allowed: Allowed = AMPLE) -> "LiveNode":
        """One more node. Tests speak faster than people: it allows them much unless told otherwise."""
        node = LiveNode(self.journal, self.carry(), allowed)
        await node.hub.start()
        self.nodes.append(node)
        return node


class LiveNode:
    """One node over a journal and a backplane. For its rate limits no time passes but `passed_s`."""

    def __init__(self, journal: Journal, backplane: Backplane, allowed: Allowed) -> None:
        self.audit = Lines()
        self.pictures = Brought()
        self.observing = MemoryObserving()
        self.moderation = Moderators()
        self.notices = Notes()
        self.awards = MemoryAwards()
        self.scales = Scales()
        self.hub = Hub(
            Node(
                journal=journal,
                directory=People(),
                pictures=self.pictures,
                audit=self.audit,
                observing=self.observing,
                moderation=self.moderation,
                notices=self.notices,
                awards=self.awards,
                backplane=backplane,
                secret=SECRET,
                weigh=self.scales,
            )
        )
        self.passed_s = 0.0
        self.gateway = Gateway(self.hub, RateLimits(allowed, lambda: self.passed_s))

    async def open(self, presenter: Person = cleo, key: str = "key1", **parts: Any) -> str:
        """The id of a case that `presenter` opens."""
        given: OpenCase = wish(**parts)
        return await self.hub.open_case(presenter, given, key)

    def call(
        self, person: Person, encoding: Encoding = "msgpack", *, deflate: bool = False, reads_only: bool = False
    ) -> "Caller":
        """A connection of `person`."""
        return Caller(self, person, encoding, deflate, reads_only)

    async def seated(self, person: Person, room: str, encoding: Encoding = "msgpack", **fields: Any) -> "Caller":
        """A connection of `person` with a seat in `room`, caught up."""
        caller = self.call(person, encoding)
        caller.send("join", id="j", room=room, **fields)
        await caller.next("caught_up")
        return caller


class Caller(asyncio.Transport):
    """A client at the other end of a connection: sends frames, keeps what it is sent, and when by the loop's time."""

    def __init__(
        self, node: LiveNode, person: Person, encoding: Encoding, deflate: bool = False, reads_only: bool = False
    ) -> None:
        super().__init__()
        self.frames: list[dict[str, Any]] = []
        self.came_s: list[float] = []
        self.writes = 0
        self.close_code: int | None = None
        self.aborted = False
        self.unread_bytes = 0
        self._read = 0
        self._news = asyncio.Event()
        self._parser = Parser(CLIENT, state=OPEN, max_size=2**20)
        if deflate:
            self._parser.extensions = [PerMessageDeflate(True, True, 15, 15)]
        self._encoding = encoding
        given = {"session": f"session of {person.id}", "expires_at": 2**52, "reads_only": reads_only}
        self.connection = self.opened(node, person, encoding, deflate, given)
        self.connection.connection_made(self)

    def opened(
        self, node: LiveNode, person: Person, encoding: Encoding, deflate: bool, given: dict[str, Any]
    ) -> Connection:
        """The server's side."""
        return Connection(node.gateway, person, encoding=encoding, deflate=deflate, **given)

    def send(self, t: str, **fields: Any) -> None:
        """Send one frame."""
        frame = {"t": t, **fields}
        payload = msgspec.json.encode(frame) if self._encoding == "json" else msgspec.msgpack.encode(frame)
        self.send_message(payload, text=self._encoding == "json")

    def send_message(self, payload: bytes, *, text: bool) -> None:
        """Send one message of any bytes."""
        opcode = Opcode.TEXT if text else Opcode.BINARY
        self.send_bytes(Frame(opcode, payload).serialize(mask=True))

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are."""
        if not self.is_closing():
            self.connection.data_received(data)

    async def next(self, *kinds: str, **fields: Any) -> dict[str, Any]:
        """The next frame of one of these kinds with these fields, after the last one that was taken."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                while self._read < len(self.frames):
                    frame = self.frames[self._read]
                    self._read += 1
                    if frame["t"] in kinds and fields.items() <= frame.items():
                        return frame
                self._news.clear()
                await self._news.wait()

    async def has(self, events: int) -> None:
        """Return when this many events have come."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.events()) < events:
                self._news.clear()
                await self._news.wait()

    async def closed(self) -> int:
        """The code that the connection was closed with, once it is."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.is_closing():
                self._news.clear()
                await self._news.wait()
        return self.close_code or 1006

    def events(self) -> list[dict[str, Any]]:
        """All events that came, in the order they came, from whichever frame."""
        found: list[dict[str, Any]] = []
        for frame in self.frames:
            if frame["t"] in ("joined", "events"):
                found += frame["events"]
            elif frame["t"] == "event":
                found.append(frame)
        return found

    def of(self, t: str) -> list[dict[str, Any]]:
        """All frames of this kind that came."""
        return [frame for frame in self.frames if frame["t"] == t]

    def stall(self) -> None:
        """Read no more: the transport's buffer fills."""
        self.connection.pause_writing()

    def drain(self) -> None:
        """Read again."""
        self.connection.resume_writing()

    # asyncio.Transport

    def write(self, data: Any) -> None:
        self.writes += 1
        if self.connection.paused:
            self.unread_bytes += len(data)
        self.parse(bytes(data))
        self._news.set()

    def parse(self, data: bytes) -> None:
        """Take what was written to the line."""
        self._parser.receive_data(data)
        for event in self._parser.events_received():
            frame = cast(Frame, event)
            if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
                decode = msgspec.json.decode if frame.opcode is Opcode.TEXT else msgspec.msgpack.decode
                self.took(decode(frame.data))
            elif frame.opcode is Opcode.CLOSE and self._parser.close_rcvd is not None:
                self.close_code = self._parser.close_rcvd.code

    def took(self, frame: dict[str, Any]) -> None:
        """A frame has come."""
        self.frames.append(frame)
        self.came_s.append(asyncio.get_running_loop().time())

    def get_write_buffer_size(self) -> int:
        return self.unread_bytes

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        return

    def is_closing(self) -> bool:
        return self.connection.transport is None

    def close(self) -> None:
        self._lose()

    def abort(self) -> None:
        self.aborted = True
        self._lose()

    def _lose(self) -> None:
        if self.connection.transport is not None:
            self.connection.connection_lost(None)
        self._news.set()


@asynccontextmanager
async def site(folder: Path, opened: Callable[[Sqlite], SqlJournal] = open_journal) -> AsyncIterator[Site]:
    """A deployment over a fresh database in `folder`, ended with all its nodes. `opened` gives the journal in it."""
    database = Sqlite(str(folder / "journal.db"))
    await database.write(_create)
    journal = opened(database)
    made = Site(journal)
    try:
        yield made
    finally:
        for node in made.nodes:
            await node.hub.close()
            node.gateway.close()
        await journal.close()
        await database.close()


def _create(session: Session) -> None:
    METADATA.create_all(session.connection())
