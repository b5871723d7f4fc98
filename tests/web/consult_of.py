"""One consult, played over a real app and a second node on its journal, with a set clock and set salts: everything that
each person is sent over their connection, and what each may read over HTTP, byte for byte.

An award may be given in the middle of it. What its payer's observer is sent is kept apart.
"""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from persistence.audit.log import AuditLog
from persistence.awards.budgets import set_budget
from persistence.awards.ledger import SqlAwards
from persistence.awards.terms import Terms
from persistence.database import Database, open_database
from persistence.observers.scripted import under_agreement
from persistence.people import add_many
from realtime.node import Node
from realtime.ports import Append
from realtime.rooms.chain import Salts
from realtime.rooms.people import Person
from tests.awarding import no_ties
from tests.builders import ana, ben, cleo, mo, obi
from tests.live import Caller, LiveNode
from tests.web.house import House, house
from web.clock import now_ms

eve = Person("eve", "eve_labs", "observer", institution="labs", kind="research")
fay = Person("fay", "fay_corp", "observer", institution=obi.institution, kind=obi.kind)
dan = Person("dan", "dr_dan", "physician", "cardiology", "NL", 2)

AWARD: Final = "a1"
FOLLOW: Final[dict[str, Any]] = {"as": "follow"}
SEATS: Final[tuple[tuple[Person, dict[str, Any]], ...]] = (
    *((cleo, {}), (ana, {}), (ben, {}), (mo, {}), (dan, FOLLOW)),
    *((eve, {}), (fay, {}), (obi, {})),
)
# What was shown to whom comes first: reading over HTTP is part of it, and is put on record in its own time.
READS: Final[dict[str, tuple[Person, ...]]] = {
    "/api/cases/{}/observers": (cleo, mo),
    "/api/cases/{}/audit": (cleo, mo),
    "/api/cases": (cleo, ana, dan, mo, eve, fay),
    "/api/cases?status=closed": (cleo, ana, dan, mo, eve, fay),
    "/api/cases/counts": (cleo, ana, mo),
    "/api/cases/{}": (cleo, ana, dan, mo, eve, fay),
    "/api/cases/{}/events": (cleo, ana, dan, mo, eve, fay),
    "/api/cases/{}/awards": (cleo, ana, ben, dan, mo, eve, fay),
    "/api/cases/{}/handover": (cleo, ana),
    "/api/cases/{}/pages": (cleo, ana),
    "/api/me/awards": (cleo, ana, ben, mo),
    "/api/awards": (eve,),
    "/api/agreement": (eve, fay),
    "/api/observer/summary": (eve, fay),
    "/api/adverse-events": (eve, fay, mo),
    "/api/insights/times": (ana, mo),
    "/api/insights/tallies": (ana, mo),
    "/api/insights/thirds.csv": (ana, mo),
    "/api/outcomes/owed": (cleo,),
    "/api/institutions": (mo,),
    f"/api/institutions/{obi.institution}/award-budget": (mo,),
    "/api/moderation/flags": (mo,),
    "/api/moderation/bias-watch": (mo,),
    "/api/moderation/bias-watch/observers.csv": (mo,),
    "/api/archive": (cleo, eve),
    "/readyz": (cleo,),
    "/metrics": (cleo,),
}


class Played:
    """What a consult was to everybody but the one who awards.

    `lines`: all that was written to each connection, in its order. `reads`: the answers over HTTP, by reader and path.
    `work`: how often the room's journal was appended to, the backplane published to, and salts drawn.
    """

    def __init__(self) -> None:
        self.lines: dict[str, list[bytes]] = {}
        self.reads: dict[str, bytes] = {}
        self.work: Counter[str] = Counter()
        self.answer: dict[str, Any] | None = None

    def differs(self, other: "Played") -> list[str]:
        """Where the other is not the same: whose line, which read, which work."""
        found = [f"line of {name}" for name in self.lines if self.lines[name] != other.lines[name]]
        found += [name for name in self.reads if self.reads[name] != other.reads[name]]
        return found + [name for name in self.work | other.work if self.work[name] != other.work[name]]


class Clock:
    """A time of day that only the script moves, in ns."""

    def __init__(self) -> None:
        self.ns = 1_800_000_000_000_000_000

    def __call__(self) -> int:
        return self.ns


async def played(folder: Path, patch: pytest.MonkeyPatch, *, award: bool) -> Played:
    """Play it in `folder`, with or without an award."""
    found, clock = Played(), Clock()
    patch.setattr(time, "time_ns", clock)
    patch.setattr(Node, "salts", _salts(found))
    async with house(folder, secret_key="a secret of this consult, 32 bytes.") as home, _ledger(folder, home.elsewhere):
        node = home.elsewhere
        _counted(node, found)
        room = await node.open(cleo, observers="live")
        seats = {person.id: await node.seated(person, room, **how) for person, how in SEATS}
        await _settled(seats)
        _listen(seats, found)
        await _talk(seats, room, clock, found, award=award)
        # How the server ends is another story, in which each is told at random when to come back.
        found.lines = {name: list(kept) for name, kept in found.lines.items() if name != obi.id}
        await _read(home, room, found)
    return found


async def _talk(seats: dict[str, Caller], room: str, clock: Clock, found: Played, *, award: bool) -> None:
    says = _Saying(seats, room, clock)
    await says(ben, "post", "p1", text="Adrenaline first.")
    await says(ana, "corroborate", "s1", target="p1", stance="agree")
    if award:
        seats[obi.id].send("award", id=AWARD, room=room, target="p1", cents=1_500, currency="USD")
        found.answer = await seats[obi.id].next("ack", "error", re=AWARD)
    await says(ana, "post", "p2", text="And a line.", reply_to="p1")
    seats[eve.id].send("award", id="e1", room=room, target="p1", cents=1_000, currency="EUR")
    await seats[eve.id].next("error", re="e1")
    seats[fay.id].send("flag", id="f1", room=room, target="p1", reason="adverse_event")
    await seats[fay.id].next("ack", re="f1")
    await says(cleo, "pin", "n1", target="p1")
    for caller in seats.values():
        caller.send("ping", n=1)
        await caller.next("pong", n=1)


class _Saying:
    """Has one person send a command, and waits until everybody has its event: nobody is ever behind."""

    def __init__(self, seats: dict[str, Caller], room: str, clock: Clock) -> None:
        self._seats = seats
        self._room = room
        self._clock = clock

    async def __call__(self, person: Person, t: str, name: str, **fields: Any) -> None:
        self._clock.ns += 1_000_000_000
        self._seats[person.id].send(t, id=name, room=self._room, **fields)
        for caller in self._seats.values():
            await caller.next("event", id=name)


async def _settled(seats: dict[str, Caller]) -> None:
    """Return when everybody was told of everybody's arrival: none of what follows changes who is here."""
    observers = sum(person.role == "observer" for person, _ in SEATS)
    for caller in seats.values():
        while True:
            told = await caller.next("presence")
            if (told.get("viewers"), (told.get("observers") or {}).get("total")) == (1, observers):
                break


def _listen(seats: dict[str, Caller], found: Played) -> None:
    """From now on, keep what is written to each."""
    for name, caller in seats.items():
        kept = found.lines[name] = []
        write = caller.write

        def keep(data: Any, kept: list[bytes] = kept, write: Callable[[Any], None] = write) -> None:
            kept.append(bytes(data))
            write(data)

        caller.write = keep  # type: ignore[method-assign]


async def _read(home: House, room: str, found: Played) -> None:
    for path, readers in READS.items():
        for person in readers:
            answer = await home.client(person).get(path.format(room))
            found.reads[f"{person.id} {path}"] = _plain(path, answer)


def _plain(path: str, answer: httpx.Response) -> bytes:
    """The answer with its headers. Of metrics, what is not of this machine's processor and memory."""
    head = repr(sorted(answer.headers.items())).encode()
    if path != "/metrics":
        return str(answer.status_code).encode() + head + answer.content
    lines = [line for line in answer.content.splitlines() if line.startswith(b"curbside_") and b"_created" not in line]
    return b"\n".join(lines)


@asynccontextmanager
async def _ledger(folder: Path, node: LiveNode) -> AsyncIterator[None]:
    """Those who award have a budget, and the node the real ledger."""
    database: Database = open_database(f"sqlite:///{folder / 'curbside.db'}")
    await database.write(_settle)
    node.hub.node.awards = SqlAwards(database, Terms(), no_ties)
    node.hub.node.audit = audit = AuditLog(database, now_ms)
    yield
    await audit.close()
    await database.close()


def _settle(sql: Any) -> None:
    add_many(sql, (eve, fay, dan), 0)
    under_agreement(sql, [eve], eve.institution, eve.kind, 0)
    under_agreement(sql, [fay], fay.institution, fay.kind, 0)
    for institution in (eve.institution, fay.institution):
        set_budget(sql, institution, 100_000, "mo", 0)


def _salts(found: Played) -> Callable[[Node], Salts]:
    def salts(node: Node) -> Salts:
        found.work["salts"] += 1
        made = sha256(f"{node.name}{found.work['salts']}".encode()).digest()
        return Salts(made[:16], made[16:])

    return salts


def _counted(node: LiveNode, found: Played) -> None:
    """Count what the node asks of the journal and the backplane; its name is the same each time."""
    node.hub.node.name = "elsewhere"
    journal, backplane = node.hub.node.journal, node.hub.node.backplane
    append, publish = journal.append, backplane.publish

    async def appended(wish: Append) -> None:
        found.work["appends"] += 1
        await append(wish)

    def published(channel: str, payload: bytes) -> None:
        found.work["published"] += 1
        publish(channel, payload)

    journal.append = appended  # type: ignore[method-assign]
    backplane.publish = published  # type: ignore[method-assign]
