"""Somebody who is wanted by name: whether a page would ring them now."""

from collections.abc import Collection
from typing import Literal

import msgspec
from sqlmodel import Session

from persistence.paging.choosing import Rules
from persistence.reach.reachable import reachable
from realtime.rooms.paging.due import Step
from realtime.rooms.paging.matching import Why, match
from realtime.rooms.paging.tiers import wanted
from realtime.rooms.room import Room

Hindrance = Why | Literal["never"]
"""Why they would not be rung. `never`: nobody of their role is, or a moderator has barred or muted them."""


def hindrance(
    session: Session, room: Room, person: str, *, asker: str, rules: Rules, present: Collection[str], now_ms: int
) -> Hindrance | None:
    """Why a page of `asker` in `room` for `person` would ring nobody now, or None: it would ring them."""
    wish = wanted(room, Step(page="", person=person))
    wish = msgspec.structs.replace(wish, excluded=wish.excluded | {asker})
    found = match(reachable(session, wish, present, now_ms, rules.per_hour), wish)
    if any(one.person == person for one in found.asked):
        return None
    return next((one.why for one in found.passed_over if one.person == person), "never")
