"""What is said outside the app: made from what kind a notice is, how urgent, for whom. Never a word of a case.

Not even `Notice.text` goes out: what lights up a lock screen, or passes a telephone company, is made here alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from realtime.rooms.notices import Notice, NoticeKind
from realtime.rooms.specialties import SPECIALTIES

MOST_SPECIALTIES: Final = 3

_ACUITIES: Final = {"stat": "Stat", "asap": "ASAP", "urgent": "Urgent", "routine": "Routine"}
_OF_CASES: Final[Mapping[NoticeKind, str]] = {
    "page": "You are asked to help.",
    "hand_over": "You are asked to take over a case.",
    "mention": "Somebody asks you a question in a case.",
    "follow_up": "A case waits for its outcome.",
}
_SENTENCES: Final[Mapping[NoticeKind, str]] = {
    **_OF_CASES,
    "award": "You were given an award.",
    "verification": "There is news of your verification.",
    "moderation": "There is something from moderation.",
}


class Message(msgspec.Struct, frozen=True):
    """One notice as it goes outside. `path`: of the page where it is seen to, on this server."""

    title: str
    body: str
    path: str

    @property
    def text(self) -> str:
        """All in one line, for a telephone."""
        return f"{self.title}. {self.body}"


def message(notice: Notice, specialties: Sequence[str]) -> Message:
    """What is said of `notice`; `specialties` are those of its case, as codes."""
    room = notice.room if notice.kind in _OF_CASES else None
    return Message(
        title=_title(notice, specialties) if room else "Curbside",
        body=" ".join(_body(notice)),
        path=f"/case/{room}" if room else "/",
    )


TEST: Final = Message("Curbside", "This is the test that you asked for. Nothing else is to be done.", "/")


def _title(notice: Notice, specialties: Sequence[str]) -> str:
    acuity = _ACUITIES.get(notice.acuity or "")
    # Any other specialty is free text, and stays inside.
    named = [SPECIALTIES[code].name.lower() for code in specialties if code in SPECIALTIES][:MOST_SPECIALTIES]
    return ", ".join([f"{acuity} case" if acuity else "A case", *named])


def _body(notice: Notice) -> Iterable[str]:
    yield _SENTENCES[notice.kind]
    if notice.deadline_at is not None:
        yield f"Answer by {datetime.fromtimestamp(notice.deadline_at / 1_000, UTC):%H:%M:%S} UTC."
    yield "Open Curbside."
