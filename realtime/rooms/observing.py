"""Which cases an observer may be shown: what their institution's agreement permits, and what the presenter allows."""

from typing import Final, Protocol

import msgspec

from realtime.rooms.case import ObserverSwitch

DAY_MS: Final = 86_400_000


class Switched(Protocol):
    """A case, with the switch of its observers."""

    @property
    def observers(self) -> ObserverSwitch: ...


class Observable(Protocol):
    """What says of a case who may observe it: its card, or what was kept of that. `closed_at`: Unix ms."""

    @property
    def case(self) -> Switched: ...

    @property
    def closed_at(self) -> int | None: ...


class Permit(msgspec.Struct, frozen=True):
    """What an agreement in force permits an institution's observer who has accepted its version `agreement`.

    `embargo_days`: how long after the close of a case an investor waits for it.
    """

    institution: str
    kind: str
    purposes: frozenset[str]
    agreement: int
    embargo_days: int = 0


def may_observe(card: Observable, permit: Permit, now_ms: int) -> bool:
    """Whether a case is open to the holder of `permit` at `now_ms`, where its switch is not off.

    The presenter may narrow it to some kinds of institutions or purposes. Investors wait for the close of any case.
    """
    switch = card.case.observers
    if switch.allow_kinds is not None and permit.kind not in switch.allow_kinds:
        return False
    if switch.allow_purposes is not None and permit.purposes.isdisjoint(switch.allow_purposes):
        return False
    if permit.kind != "investor":
        return True
    return card.closed_at is not None and now_ms >= card.closed_at + permit.embargo_days * DAY_MS
