"""Who is to be told of an outcome: its presenter that one is owed, and those who helped that there is one.

Ids are digests of what is told of which case: whichever workers look, and how often, each notice is made once.
"""

from collections.abc import Collection, Iterator, Mapping
from hashlib import blake2b
from typing import Final

from sqlmodel import Session, col, select

from persistence import tables
from persistence.moderation.notices import notify
from realtime.rooms.follow_up import Judged, due, helpers, judged, next_at, owed
from realtime.rooms.notices import Notice
from realtime.rooms.room import Room

AT_ONCE: Final = 50

ASKED: Final = "Your case is over. Say what became of the patient, as far as you know it."
KNOWN: Final = "There is an outcome of a case that you helped with."
ALL_KNOWN: Final = "All that is known of the outcome of a case that you helped with is there."
TURNED_OUT: Final[Mapping[Judged, str]] = {
    "right": "What you said there turned out right.",
    "wrong": "What you said there turned out wrong.",
    "mixed": "Some of what you said there turned out right, and some wrong.",
}


def to_look_at(session: Session, now_ms: int, but: Collection[str]) -> list[str]:
    """At most so many rooms as fit in one go whose time has come."""
    room = tables.Room
    wanted = select(room.id).where(col(room.follow_up_at) <= now_ms, col(room.id).not_in(but))
    return list(session.exec(wanted.order_by(col(room.follow_up_at)).limit(AT_ONCE)))


def tell(session: Session, room: Room, now_ms: int) -> bool:
    """Make the notices that are due of `room`, and note when the next ones are; False where its log has grown since."""
    row = session.get(tables.Room, room.card.case.id, with_for_update=True)
    if row is None or row.seq != room.seq:
        return False
    notify(session, notices(room, now_ms))
    row.follow_up_at = next_at(room.card, now_ms)
    session.add(row)
    return True


def notices(room: Room, now_ms: int) -> Iterator[Notice]:
    """What is to be told now, if it was not told before. No clinical content."""
    case = room.card.case.id
    nudge = due(room.card, now_ms)
    if nudge is not None:
        yield _notice(case, nudge.name, room.presenter, ASKED, now_ms)
    if room.card.outcome is not None:
        what, text = ("known", KNOWN) if owed(room.card) else ("all known", ALL_KNOWN)
        verdicts = judged(room)
        for person in sorted(helpers(room)):
            how = verdicts.get(person)
            told, says = (what, text) if how is None else (f"{what}, {how}", f"{text} {TURNED_OUT[how]}")
            yield _notice(case, told, person, says, now_ms)


def _notice(case: str, what: str, person: str, text: str, now_ms: int) -> Notice:
    id_ = blake2b(f"follow_up\0{case}\0{what}".encode(), digest_size=16).hexdigest()
    return Notice(id=id_, person=person, kind="follow_up", room=case, text=text, at=now_ms)
