"""Whom the next tier of a page rings, looked for when it does."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session

from persistence import people
from persistence.reach.reachable import reachable
from realtime.rooms.acuity import Behaviours
from realtime.rooms.paging.due import Call, Step
from realtime.rooms.paging.ladder import Ladder, Tier, deadline_ms
from realtime.rooms.paging.matching import Wanted, match
from realtime.rooms.paging.tiers import chosen, wanted
from realtime.rooms.room import Room


class Rules(NamedTuple):
    """How this deployment pages. `per_hour`: so often one person is interrupted at most, `stat` excepted.

    `rings`: people are told anything at all of themselves; what else is due in rooms is done without that too.
    """

    ladder: Ladder
    behaviours: Behaviours
    per_hour: int
    rings: bool = True


def called(
    session: Session, room: Room, step: Step, rules: Rules, *, present: Collection[str], now_ms: int
) -> Call | None:
    """Whom to ring next, and until when; None where nobody is left."""
    wish = wanted(room, step)
    found = reachable(session, wish, present, now_ms, rules.per_hour)
    if step.person is not None:
        # Who was asked for by name is the only tier.
        those = [one.person for one in match(found, wish).asked if one.person == step.person and not step.over]
        return _call(room, rules, 1, None, those, now_ms) if those else None
    tiers = rules.ladder.above(step.over)
    if (first := chosen(found, wish, tiers)) is not None:
        number, those = first
        return _call(room, rules, number, rules.ladder.tiers[number - 1], those, now_ms)
    if tiers and (last := _coordinators(session, room, wish, rules.ladder)):
        number, tier = tiers[-1]
        return _call(room, rules, number, tier, last[: tier.most], now_ms)
    return None


def _call(room: Room, rules: Rules, number: int, tier: Tier | None, those: list[str], now_ms: int) -> Call:
    return Call(number, those, now_ms + deadline_ms(rules.behaviours, room.card.case.acuity, tier))


def _coordinators(session: Session, room: Room, wish: Wanted, ladder: Ladder) -> list[str]:
    """The human who is named, or, where there is none who may have this case, the moderators."""
    not_to = room.card.removed | {room.presenter}
    handle = ladder.coordinator(wish.institution)
    one = people.by_handle(session, handle) if handle is not None else None
    if one is not None and one.role != "observer" and one.id not in not_to:
        return [one.id]
    return sorted(set(people.moderators(session)) - not_to)
