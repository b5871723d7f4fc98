"""A notice: what one person is told wherever they are connected. No clinical content: it may light up a lock screen."""

from typing import Literal

import msgspec

NoticeKind = Literal["page", "hand_over", "mention", "follow_up", "award", "verification", "moderation"]
NoticeEnd = Literal["taken", "over"]
"""Why nobody need look at a notice any more: somebody else has taken the page, or it is over."""
How = Literal["delivered", "seen"]


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One notice to one person. `at`, `deadline_at`: Unix ms. `delivered`: one of their devices has it.

    `ended`: they need not look at it any more."""

    id: str
    person: str
    kind: NoticeKind
    text: str
    at: int
    room: str | None = None
    page: str | None = None
    acuity: str | None = None
    deadline_at: int | None = None
    delivered: bool = False
    seen: bool = False
    ended: NoticeEnd | None = None
