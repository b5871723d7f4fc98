"""What people are told of pages, wherever they are. Never a word of what is asked: it may light up a lock screen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlmodel import Session

from persistence.moderation.notices import end, end_answered
from realtime.rooms.command import Acuity
from realtime.rooms.events import Paged
from realtime.rooms.notices import Notice, NoticeEnd
from realtime.rooms.paging.page import Page, PageState
from realtime.rooms.paging.quiet import Nudge
from realtime.rooms.room import Room
from realtime.rooms.specialties import SPECIALTIES

CALLED: Final[Mapping[Acuity, str]] = {
    "stat": "Stat case",
    "asap": "Case that cannot wait",
    "urgent": "Urgent case",
    "routine": "Case",
}
ENDS: Final[Mapping[PageState, NoticeEnd]] = {"answered": "taken", "replaced": "over"}


def rings(room: Room, paged: Mapping[str, Paged], now_ms: int) -> list[Notice]:
    """What the people of each tier that rings are told, by the id of the event that says so."""
    return [notice for id, body in paged.items() for notice in _notices(room, id, body, now_ms)]


def asked(room: Room, nudges: Iterable[Nudge], now_ms: int) -> list[Notice]:
    """What people are told of a room in which nothing happens."""
    about = room.card.case.id
    return [Notice(id=one.id, person=one.person, kind=one.kind, text=one.text, at=now_ms, room=about) for one in nudges]


def end_all(session: Session, room: Room, now_ms: int) -> set[str]:
    """End what was told of pages that nobody need answer, and to who has declined; who was still told of one."""
    return {person for page in room.pages.values() for person in _ended(session, room, page, now_ms)}


def _ended(session: Session, room: Room, page: Page, now_ms: int) -> list[str]:
    about, why = room.card.case.id, ENDS.get(page.state) if room.card.open else "over"
    if why is not None:
        return end(session, about, page.id, why, now_ms)
    declined = [(person, given.at) for person, given in sorted(page.answers.items()) if given.answer == "decline"]
    return [one for person, at in declined for one in end_answered(session, about, page.id, person, at, now_ms)]


def text(room: Room, specialty: str | None) -> str:
    """Acuity and specialty, as a list of ours names it: nothing that somebody wrote."""
    case = room.card.case
    known = SPECIALTIES.get(specialty or next(iter(case.specialties), ""))
    wanted = f", {known.name.lower()}" if known is not None else ""
    return f"{CALLED[case.acuity]}{wanted}. Open Curbside."


def _notices(room: Room, id: str, body: Paged, now_ms: int) -> Iterator[Notice]:
    said = text(room, body.specialty)
    for person in body.people:
        yield Notice(
            id=id,
            person=person,
            kind="page",
            text=said,
            at=now_ms,
            room=room.card.case.id,
            page=body.page,
            acuity=room.card.case.acuity,
            deadline_at=body.deadline_at,
        )
