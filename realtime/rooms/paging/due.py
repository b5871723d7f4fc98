"""What the ladder does next, and when: pure, on the state of a room and a time that is an argument."""

from collections.abc import Iterator
from typing import Final, NamedTuple, get_args

from realtime.rooms.acuity import Behaviours
from realtime.rooms.body import Body
from realtime.rooms.command import Acuity, WhyOver
from realtime.rooms.events import Escalated, Paged
from realtime.rooms.paging.ids import named
from realtime.rooms.paging.page import Page
from realtime.rooms.room import Room

ACUITIES: Final[tuple[Acuity, ...]] = get_args(Acuity)
"""The most urgent first."""

NEW_MS: Final = 3_600_000
"""A case that is older, and in which somebody has spoken, is not paged of itself: it may be of an earlier version."""


class Step(NamedTuple):
    """A page whose next tier is to ring: after tier `over`, which is over because `why`; 0 where none has rung yet.

    `fresh`: there is no such page yet.
    """

    page: str
    over: int = 0
    why: WhyOver | None = None
    specialty: str | None = None
    person: str | None = None
    fresh: bool = False


class Call(NamedTuple):
    """Whom a tier rings, and until when, Unix ms."""

    tier: int
    people: list[str]
    deadline_at: int


def automatic(room: Room, acuity: Acuity | None = None) -> str:
    """The id of the page that the case opens by itself at this acuity, its present one unless another is named."""
    return named("page", room.card.case.id, acuity or room.card.case.acuity)


def due(room: Room, behaviours: Behaviours, now_ms: int) -> list[Step]:
    """The pages of `room` whose next tier is to ring now."""
    if not room.card.open:
        return []
    started = [Step(automatic(room), fresh=True)] if _starts(room, behaviours, now_ms) else []
    return started + [_step(page) for page in _ringing(room) if _is_due(page, now_ms)]


def due_at(room: Room, behaviours: Behaviours, now_ms: int) -> int | None:
    """When the ladder has something to do next, Unix ms; `now_ms` where it has already, None where nothing waits."""
    if not room.card.open:
        return None
    if due(room, behaviours, now_ms):
        return now_ms
    return min((page.rings[-1].deadline_at for page in _ringing(room)), default=None)


def said(step: Step, call: Call | None, now_ms: int) -> Iterator[tuple[str, Body]]:
    """What the server says of a step, each with its id: the tier that is over, and the one that rings, if one does."""
    if call is None and step.fresh:
        yield named("paged", step.page, 0), Paged(page=step.page, tier=0, deadline_at=now_ms)
    if (why := step.why or (None if call is not None else "nobody")) is not None:
        yield named("escalated", step.page, step.over), Escalated(page=step.page, tier=step.over, why=why)
    if call is not None:
        yield named("paged", step.page, call.tier), _paged(step, call)


def _paged(step: Step, call: Call) -> Paged:
    return Paged(
        page=step.page,
        tier=call.tier,
        specialty=step.specialty,
        person=step.person,
        people=call.people,
        deadline_at=call.deadline_at,
    )


def _starts(room: Room, behaviours: Behaviours, now_ms: int) -> bool:
    """Whether the case is to be paged at its acuity: it is new, or has nobody, or was paged when it was less urgent."""
    acuity = room.card.case.acuity
    as_urgent = ACUITIES[: ACUITIES.index(acuity) + 1]
    if not behaviours[acuity].pages or any(automatic(room, one) in room.pages for one in as_urgent):
        return False
    new = now_ms - room.card.case.opened_at < NEW_MS
    return new or room.card.waiting or any(page.automatic for page in room.pages.values())


def _ringing(room: Room) -> list[Page]:
    return [page for page in room.pages.values() if page.state == "ringing"]


def _is_due(page: Page, now_ms: int) -> bool:
    """What nobody is waited for any more is due whatever the clocks say."""
    return page.waits_for_nobody or page.rings[-1].deadline_at <= now_ms


def _step(page: Page) -> Step:
    why: WhyOver | None = None
    if page.rings:
        why = "declined" if page.waits_for_nobody else "lapsed"
    return Step(page.id, page.tier, why, page.specialty, page.person)
