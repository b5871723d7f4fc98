"""Whom a tier rings: of those who can be reached now, the first in their order who are of its role. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from realtime.rooms.card import within_reach
from realtime.rooms.command import Reach
from realtime.rooms.paging.due import Step
from realtime.rooms.paging.ladder import Tier, TierRole
from realtime.rooms.paging.matching import Match, Reachable, Wanted, match
from realtime.rooms.room import Room

Fits = Callable[[Match, Reachable, Wanted], bool]


def wanted(room: Room, step: Step) -> Wanted:
    """Whom a step asks for: neither those whom it has rung, nor those who have taken the case or are not to have it."""
    case, page = room.card.case, room.pages.get(step.page)
    taken = {taker for other in room.pages.values() if (taker := other.accepted_by) is not None}
    rung = page.people if page is not None else frozenset()
    asker = {page.by} if page is not None else set()
    return Wanted(
        room=case.id,
        specialties=(step.specialty,) if step.specialty else tuple(case.specialties),
        acuity=case.acuity,
        reach=case.reach,
        languages=tuple(case.languages),
        institution=case.institution,
        network=case.network,
        invited=room.card.invited if step.person is None else room.card.invited | {step.person},
        excluded=frozenset(taken | asker | rung | room.card.removed | {case.presenter}),
    )


def chosen(
    people: Iterable[Reachable], wish: Wanted, tiers: Iterable[tuple[int, Tier]]
) -> tuple[int, list[str]] | None:
    """The first of `tiers` that rings anybody, with whom it rings, or None. The coordinator is nobody who is found."""
    known = {one.person: one for one in people}
    asked = match(known.values(), wish).asked
    for number, tier in tiers:
        fits = FITS.get(tier.role)
        found = [one.person for one in asked if fits is not None and fits(one, known[one.person], wish)]
        if found:
            return number, found[: tier.most]
    return None


def _here(found: Match, one: Reachable, wish: Wanted) -> bool:
    return found.standing.on_call and _within("institution", one, wish)


def _in_network(found: Match, one: Reachable, wish: Wanted) -> bool:
    return found.standing.on_call and _within("network", one, wish)


def _within(reach: Reach, one: Reachable, wish: Wanted) -> bool:
    return within_reach(msgspec.structs.replace(wish, reach=reach), one)


FITS: Final[Mapping[TierRole, Fits]] = {
    "on_call_institution": _here,
    "on_call_network": _in_network,
    "on_call": lambda found, one, wish: found.standing.on_call,
    "present": lambda found, one, wish: found.standing.present,
    "matching": lambda found, one, wish: True,
}
