"""The moderators' book as the live side asks it: flags are kept in batches, who is muted or barred is known at once."""

from base64 import b32encode
from collections.abc import Callable, Sequence, Set
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

import msgspec
from sqlmodel import Session, select

from persistence import tables
from persistence.database import Database
from persistence.gather import Gather
from persistence.moderation.entries import said_why
from persistence.moderation.flags import keep
from persistence.moderation.notices import notify
from persistence.moderation.sanctions import SENTENCES as SANCTIONED
from persistence.moderation.sanctions import in_force, touched
from persistence.moderation.tables import Sanction
from realtime.ports import Flagged
from realtime.rooms.notices import Notice
from realtime.rooms.refusals import Refused

OVERLAP_MS: Final = 5_000
"""Clocks of several processes differ, and what is being committed has its time already."""

BARRING: Final = ("suspend", "ban")
SENTENCES: Final[dict[str, str]] = {
    "danger": "A post was flagged as dangerous.",
    "identifying": "A post was flagged: it may identify a patient.",
    "adverse_event": "A post was flagged as an adverse event.",
    "spam": "A post was flagged as spam.",
}


class ModerationBook:
    """`realtime.ports.Moderation` over the database, and who is barred, as of the last `refresh`."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        self._database = database
        self._now_ms = now_ms
        self._sanctions: dict[str, Sanction] = {}
        self._read_at_ms = 0
        self._of_kind: dict[str, dict[str, int | None]] = {}
        self._flags: Gather[Flagged, None] = Gather(self._keep)

    async def flag(self, flag: Flagged) -> None:
        await self._flags(flag)

    def muted(self, person: str) -> bool:
        return self._holds("mute", person)

    async def said_why(self, person: str, room: str) -> bool:
        now_ms = self._now_ms()
        return await self._database.read(lambda sql: said_why(sql, room, person, now_ms))

    def barred(self, person: str) -> bool:
        """Whether this person may not use the server at all."""
        return any(self._holds(kind, person) for kind in BARRING)

    def why_barred(self, person: str) -> str | None:
        """A sentence for someone who may not sign in, with the moderator's reason; None for anybody else."""
        now_ms = self._now_ms()
        for one in self._sanctions.values():
            if one.person == person and one.kind in BARRING and _in_force(one, now_ms):
                return f"{SANCTIONED[one.kind]}{_until(one.until)}. Reason: {one.reason}"
        return None

    async def refresh(self) -> Set[str]:
        """Read what has changed, in one query, and return who is barred now and was not. Raises `Unavailable`."""
        now_ms, since_ms = self._now_ms(), self._read_at_ms - OVERLAP_MS
        news = await self._database.read(
            lambda sql: touched(sql, since_ms) if self._read_at_ms else in_force(sql, now_ms)
        )
        self._read_at_ms = now_ms
        before = self._barred()
        for sanction in news:
            self._sanctions[sanction.id] = sanction
        self._sanctions = {key: one for key, one in self._sanctions.items() if _in_force(one, now_ms)}
        self._of_kind = {}
        for one in self._sanctions.values():
            ends = self._of_kind.setdefault(one.kind, {})
            ends[one.person] = _later(ends[one.person], one.until) if one.person in ends else one.until
        return self._barred() - before

    async def close(self) -> None:
        """Return when no flag is being written."""
        await self._flags.close()

    def _holds(self, kind: str, person: str) -> bool:
        ends = self._of_kind.get(kind, {})
        return person in ends and ((until := ends[person]) is None or until > self._now_ms())

    def _barred(self) -> Set[str]:
        now_ms = self._now_ms()
        return {one.person for one in self._sanctions.values() if one.kind in BARRING and _in_force(one, now_ms)}

    async def _keep(self, flags: list[Flagged]) -> list[Refused | None]:
        return await self._database.write(lambda sql: _kept(sql, flags))


def _kept(session: Session, flags: list[Flagged]) -> list[Refused | None]:
    """Keep flags and tell the moderators, once for each reason and post: a thousand flags are one notice."""
    kept = keep(session, flags)
    moderators = session.exec(select(tables.Person.id).where(tables.Person.role == "moderator")).all()
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


def _in_force(sanction: Sanction, now_ms: int) -> bool:
    return sanction.lifted_at is None and (sanction.until is None or sanction.until > now_ms)


def _later(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else max(one, other)
