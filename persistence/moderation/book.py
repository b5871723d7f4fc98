"""The moderators' book as the live side asks it: flags are kept in batches, who is muted or barred is known at once."""

import asyncio
from base64 import b32encode
from collections.abc import Callable, Iterable, Sequence, Set
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from sqlmodel import Session

from persistence import people
from persistence.database import Database
from persistence.gather import Gather
from persistence.moderation.changes import News, changed, last_change
from persistence.moderation.entries import said_why
from persistence.moderation.flags import keep
from persistence.moderation.notices import notify
from persistence.moderation.sanctions import SENTENCES as SANCTIONED
from persistence.moderation.sanctions import in_force
from persistence.moderation.tables import Sanction
from realtime.ports import Flagged
from realtime.rooms.notices import Notice
from realtime.rooms.refusals import Refused

BARRING: Final = ("suspend", "ban")
SENTENCES: Final[dict[str, str]] = {
    "danger": "A post was flagged as dangerous.",
    "identifying": "A post was flagged: it may identify a patient.",
    "adverse_event": "A post was flagged as an adverse event.",
    "spam": "A post was flagged as spam.",
}


class Read(NamedTuple):
    """Up to which change the sanctions were read, and when."""

    change: int
    at_ms: int


class ModerationBook:
    """`realtime.ports.Moderation` over the database, and who is barred, as of the last `refresh`."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._sanctions: dict[str, dict[str, Sanction]] = {}
        self._read: Read | None = None
        self._reading = asyncio.Lock()
        self._flags: Gather[Flagged, None] = Gather(self._keep)

    async def flag(self, flag: Flagged) -> None:
        await self._flags(flag)

    def muted(self, person: str) -> bool:
        return any(one.kind == "mute" for one in self._in_force(person))

    async def said_why(self, person: str, room: str) -> bool:
        now_ms = self._now_ms()
        return await self._database.read(lambda sql: said_why(sql, room, person, now_ms))

    def barred(self, person: str) -> bool:
        """Whether this person may not use the server at all."""
        return any(one.kind in BARRING for one in self._in_force(person))

    def why_barred(self, person: str) -> str | None:
        """A sentence for someone who may not sign in, with the moderator's reason; None for anybody else."""
        for one in self._in_force(person):
            if one.kind in BARRING:
                return f"{SANCTIONED[one.kind]}{_until(one.until)}. Reason: {one.reason}"
        return None

    async def refresh(self) -> Set[str]:
        """Read what has changed, and return who is barred now and was not, or perhaps was not. Raises `Unavailable`."""
        async with self._reading:
            now_ms = self._now_ms()
            # To a clock that was ahead, and is set back, something was over that is not.
            whole = self._read is None or now_ms < self._read.at_ms
            news = await self._database.read(partial(_all, now_ms)) if whole else await self._changes()
            concerned = {one.person for one in news.rows}
            before = set() if whole else set(filter(self.barred, concerned))
            if whole:
                self._sanctions.clear()
            for one in news.rows:
                self._take(one)
            self._read = Read(news.change, now_ms)
            return set(filter(self.barred, concerned)) - before

    async def close(self) -> None:
        """Return when no flag is being written."""
        await self._flags.close()

    async def _changes(self) -> News[Sanction]:
        assert self._read is not None
        return await changed(self._database, Sanction, self._read.change)

    def _take(self, sanction: Sanction) -> None:
        """What is over by time is known still: the clock may be set back."""
        if sanction.lifted_at is None and sanction.kind != "warn":
            self._sanctions.setdefault(sanction.person, {})[sanction.id] = sanction
        elif sanction.id in (of_person := self._sanctions.get(sanction.person, {})):
            del of_person[sanction.id]
            if not of_person:
                del self._sanctions[sanction.person]

    def _in_force(self, person: str) -> Iterable[Sanction]:
        known = self._sanctions.get(person)
        if not known:
            return ()
        now_ms = self._now_ms()
        return (one for one in known.values() if one.until is None or one.until > now_ms)

    async def _keep(self, flags: list[Flagged]) -> list[Refused | None]:
        return await self._database.write(lambda sql: _kept(sql, flags))


def _kept(session: Session, flags: list[Flagged]) -> list[Refused | None]:
    """Keep flags and tell the moderators, once for each reason and post: a thousand flags are one notice."""
    kept = keep(session, flags)
    moderators = people.moderators(session)
    notify(session, [notice for flag in flags for notice in _notices(flag, moderators)])
    return kept


def _notices(flag: Flagged, moderators: Sequence[str]) -> list[Notice]:
    name = _name("flag", flag.room, flag.target, flag.reason)
    said = Notice(id=name, person="", kind="moderation", text=SENTENCES[flag.reason], at=flag.at, room=flag.room)
    return [msgspec.structs.replace(said, person=person) for person in moderators]


def _name(*parts: str) -> str:
    """The same name for the same parts: 26 characters."""
    return b32encode(sha256("\0".join(parts).encode()).digest()[:16]).decode().rstrip("=").lower()


def _until(end_ms: int | None) -> str:
    return "" if end_ms is None else f" until {datetime.fromtimestamp(end_ms / 1_000, UTC):%Y-%m-%d %H:%M} UTC"


def _all(now_ms: int, session: Session) -> News[Sanction]:
    # The number first: what is imposed in between is read twice, not never.
    change = last_change(session, Sanction)
    return News(in_force(session, now_ms), change)
