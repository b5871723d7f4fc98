"""By which channels a person is reached, and when: a table by what the notice is and how urgent its case.

In the app they are told at once in any case, over the open connection: this is about all other channels.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, get_args

import msgspec

from realtime.rooms.notices import Notice, NoticeKind

ChannelKind = Literal["push", "webhook", "sms", "voice", "email"]
Unless = Literal["delivered", "seen"]
"""What makes a delivery needless, if it happens before: a device of theirs has it, or they have looked at it."""

KINDS: Final[tuple[ChannelKind, ...]] = get_args(ChannelKind)
NOTICE_KINDS: Final[tuple[NoticeKind, ...]] = get_args(NoticeKind)
SECOND_MS: Final = 20_000
"""Unless the deployment says otherwise, a second channel is used when nobody has looked for so long."""
PAGE_MS: Final = 30 * 60_000
"""A page that has no deadline is of no more use after this."""
DAY_MS: Final = 24 * 3_600_000


class Leg(msgspec.Struct, frozen=True):
    """One way to go: by `by`, `after_ms` after the notice, or (None) after the deployment's wait for a second channel.

    `gathered`: with what else waits for that mailbox, in one mail.
    """

    by: ChannelKind
    after_ms: int | None = 0
    unless: Unless | None = None
    gathered: bool = False


class Channel(msgspec.Struct, frozen=True):
    """A channel that is usable. `notices`: for which kinds its person wants it; None for all that it is good for."""

    id: str
    kind: ChannelKind
    notices: frozenset[str] | None = None

    def wanted_for(self, notice: NoticeKind) -> bool:
        """Whether its person wants to be told of such notices by it."""
        return self.notices is None or notice in self.notices


class Planned(msgspec.Struct, frozen=True):
    """One delivery: when it begins, after when it is of no use (Unix ms)."""

    channel: str
    at: int
    until: int
    unless: Unless | None
    gathered: bool


_STAT: Final = (
    Leg("push"),
    Leg("webhook"),
    Leg("sms", None, "seen"),
    Leg("voice", None, "seen"),
    Leg("email", None, "seen"),
)
_PAGE: Final = (Leg("push"), Leg("webhook"), Leg("email"))
_TALK: Final = (Leg("push", 10_000, "delivered"), Leg("email", 15 * 60_000, "seen", gathered=True))
_NEWS: Final = (Leg("email", 5 * 60_000, "seen", gathered=True),)

LEGS: Final[Mapping[NoticeKind, tuple[Leg, ...]]] = {
    "page": _PAGE,
    "hand_over": _PAGE,
    "mention": _TALK,
    "follow_up": _TALK,
    "award": _NEWS,
    "verification": _NEWS,
    "moderation": _NEWS,
}
STAT_LEGS: Final[Mapping[NoticeKind, tuple[Leg, ...]]] = {"page": _STAT, "hand_over": _STAT}
"""Where the case is `stat`."""


def planned(notice: Notice, channels: Sequence[Channel], second_ms: int = SECOND_MS) -> list[Planned]:
    """Every delivery of this notice, in the order of the table.

    What a person has switched off is left out; but a `stat` page goes by all they have, where nothing else is left.
    """
    legs = legs_of(notice)
    chosen = [channel for channel in channels if channel.wanted_for(notice.kind)]
    found = list(_deliveries(notice, legs, chosen, second_ms))
    if not found and legs is STAT_LEGS.get(notice.kind):
        found = list(_deliveries(notice, legs, channels, second_ms))
    return found


def legs_of(notice: Notice) -> tuple[Leg, ...]:
    """The legs of such a notice."""
    stat = STAT_LEGS.get(notice.kind) if notice.acuity == "stat" else None
    return stat or LEGS[notice.kind]


def pause_ms(attempt: int, chance: float) -> int:
    """How long to wait after the failed attempt of this number (1, 2, …): 2 s, doubled each time, up to a minute.

    `chance`, from 0 to 1, takes away up to half of it, so that those who failed together do not come back together.
    """
    longest = min(60_000, 2_000 * 2 ** min(attempt - 1, 10))
    return int(longest * (1 - chance / 2))


def _deliveries(notice: Notice, legs: Iterable[Leg], channels: Sequence[Channel], second_ms: int) -> Iterable[Planned]:
    for leg in legs:
        wait_ms = second_ms if leg.after_ms is None else leg.after_ms
        until = notice.at + DAY_MS if leg.by == "email" else _end(notice)
        for channel in channels:
            if channel.kind == leg.by:
                yield Planned(channel.id, notice.at + wait_ms, until, leg.unless, leg.gathered)


def _end(notice: Notice) -> int:
    if notice.deadline_at is not None:
        return notice.deadline_at
    return notice.at + (PAGE_MS if notice.kind in STAT_LEGS else DAY_MS)
