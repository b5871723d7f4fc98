"""Rooms in which nothing happens: what is asked of whom, once for each time that it is so. Pure."""

from typing import Final, NamedTuple

from realtime.rooms.notices import NoticeKind
from realtime.rooms.paging.ids import named
from realtime.rooms.paging.ladder import Ladder
from realtime.rooms.room import Room

GONE: Final = "Who asked in a case that you have taken is not here any more. See whether you can take it over."
IDLE: Final = "Nothing has happened in a case of yours for a long time. Say how it goes, or close it."


class Nudge(NamedTuple):
    """A notice to one person, under an id that is the same each time that it is asked for."""

    id: str
    person: str
    kind: NoticeKind
    text: str


def takers(room: Room) -> list[str]:
    """Who has taken the case, in order of their ids; the presenter needs no telling."""
    taken = {page.accepted_by for page in room.pages.values()} - {None, room.presenter}
    return sorted(one for one in taken if one is not None and one not in room.card.removed)


def watched(room: Room) -> bool:
    """Whether it matters that the presenter is there: a `stat` case that somebody has taken."""
    return room.card.open and room.card.case.acuity == "stat" and bool(takers(room))


def nudges(room: Room, ladder: Ladder, seen_at: int | None, now_ms: int) -> list[Nudge]:
    """Whom to ask what now. `seen_at`: when the presenter last did anything, Unix ms, as far as that is known."""
    if not room.card.open:
        return []
    found: list[Nudge] = []
    if now_ms - room.at >= 1_000 * ladder.idle_s:
        found.append(Nudge(named("idle", room.card.case.id, room.seq), room.presenter, "follow_up", IDLE))
    if watched(room) and seen_at is not None and now_ms - seen_at >= 1_000 * ladder.gone_s:
        about = named("gone", room.card.case.id, seen_at)
        found += [Nudge(about, person, "hand_over", GONE) for person in takers(room)]
    return found


def look_at(room: Room, ladder: Ladder, seen_at: int | None, now_ms: int) -> int | None:
    """When to look whether anybody is to be asked, Unix ms."""
    if not room.card.open:
        return None
    looks = [_after(room.at, ladder.idle_s, now_ms)]
    if watched(room):
        looks.append(_after(seen_at if seen_at is not None else now_ms, ladder.gone_s, now_ms))
    return min(looks)


def _after(last: int, wait_s: int, now_ms: int) -> int:
    """When `wait_s` have passed since `last`; where they have, once more after as long."""
    due_at = last + 1_000 * wait_s
    return due_at if due_at > now_ms else now_ms + 1_000 * wait_s
