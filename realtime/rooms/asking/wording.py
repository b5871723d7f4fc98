"""The words of a case: what is needed, and what is too much, when it is opened and when it is revised."""

import re
from typing import Final, Protocol

from realtime.rooms.deciding.texts import clean
from realtime.rooms.refusals import Refusal, Refused

MOST_CASE_BYTES: Final = 65_536
NEEDED: Final = ("title", "situation", "assessment", "request")
"""Background may come later."""


class Worded(Protocol):
    """A case as far as its words go."""

    @property
    def title(self) -> str: ...
    @property
    def situation(self) -> str: ...
    @property
    def background(self) -> str | None: ...
    @property
    def assessment(self) -> str: ...
    @property
    def request(self) -> str: ...
    @property
    def age_band(self) -> str | None: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def specialties(self) -> list[str]: ...
    @property
    def languages(self) -> list[str]: ...


def check(case: Worded) -> None:
    """Return if nothing needed is empty, nothing too large and nothing a control character. Raises `Refused`."""
    empty = [f"`{part}`" for part in NEEDED if not getattr(case, part).strip()]
    if empty:
        raise Refused(Refusal.CASE_INCOMPLETE, f"The case lacks {' and '.join(empty)}. Fill in what is empty.")
    if not any(specialty.strip() for specialty in case.specialties):
        raise Refused(Refusal.NO_SPECIALTY)
    words = _words(case)
    if sum(len(text.encode()) for text in words) > MOST_CASE_BYTES:
        raise Refused(Refusal.CASE_TOO_LARGE)
    for text in words:
        clean(text)
    if case.age_band and over_89(case.age_band):
        raise Refused(Refusal.AGE_OVER_89)


def over_89(age_band: str) -> bool:
    """Ages over 89 identify (45 CFR 164.514(b)(2)(i)(C)); only the open band `90+` may be named."""
    if age_band == "90+":
        return False
    return any(int(number) > 89 for number in re.findall(r"\d+", age_band))


def _words(case: Worded) -> tuple[str, ...]:
    texts = (case.title, case.situation, case.background, case.assessment, case.request, case.age_band, case.sex)
    return (*(text or "" for text in texts), *case.specialties, *case.languages)
