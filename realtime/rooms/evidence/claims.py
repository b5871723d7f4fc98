"""Whether a text gives a dose or a drug: what should say what it rests on. `claims.json` has the patterns.

The browser reads the same file (web/ui/src/room/evidence/claims.ts). It finds what is written as doses usually are and
drugs by the names of `drugs/inn.json`; what it does not find is no proof that there is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final, Literal

import msgspec

from realtime.rooms.command import PostKind
from realtime.rooms.drugs.inn import mentioned

Claim = Literal["dose", "drug"]

_data: Final[dict[str, Any]] = msgspec.json.decode(files(__package__).joinpath("claims.json").read_bytes())


def _compiled(name: str) -> re.Pattern[str]:
    pattern: str = _data[name]
    for macro, meaning in reversed(_data["macros"].items()):
        pattern = pattern.replace("{" + macro + "}", meaning)
    return re.compile(pattern)


_STRONG: Final = _compiled("strong")
_WEAK: Final = _compiled("weak")
_GIVING: Final = _compiled("giving")
_DIRECTING: Final = _compiled("directing")
_REPORTING: Final = _compiled("reporting")
_MEASURED: Final = _compiled("measured")
_NAMED_ONLY: Final = _compiled("named_only")
_CLAUSES: Final = _compiled("clauses")
_MEASURED_TOO: Final = frozenset(_data["measured_too"])


def claim_in(text: str, kind: PostKind) -> Claim | None:
    """What a post of this kind claims: a dose, or else a drug. A question claims nothing.

    A recommendation says what to do, so that a drug that it names is a claim; elsewhere a drug is one beside a word for
    giving. What is only reported, as what somebody took, and what was measured is none.
    """
    if kind == "question":
        return None
    claims = [_claim(clause, kind) for clause in _CLAUSES.split(text.lower())]
    return "dose" if "dose" in claims else "drug" if "drug" in claims else None


def _claim(clause: str, kind: PostKind) -> Claim | None:
    if _REPORTING.search(clause) and not _DIRECTING.search(clause):
        return None
    giving = [match.start() for match in _GIVING.finditer(clause)]
    drugs = list(_drugs(clause, given=bool(giving)))
    told = sorted([*giving, *drugs])
    measured = [match.start() for match in _MEASURED.finditer(clause)]
    # A number is of what was named last before it: something that is given, or something that was measured.
    if any(_last(told, at) >= _last(measured, at) for at in _doses(clause, weak=bool(told))):
        return "dose"
    return "drug" if drugs and (giving or kind == "recommendation") else None


def _doses(clause: str, *, weak: bool) -> Iterator[int]:
    """Where numbers with the unit of a dose begin; those that are other things as often only where they are `weak`."""
    for pattern in (_STRONG, _WEAK) if weak else (_STRONG,):
        yield from (match.start() for match in pattern.finditer(clause))


def _drugs(clause: str, *, given: bool) -> Iterator[int]:
    """Where drugs are named that are not only measured, or named for what they do to people."""
    for start, end, inn in mentioned(clause):
        if not _NAMED_ONLY.match(clause, end) and (given or inn not in _MEASURED_TOO):
            yield start


def _last(places: list[int], at: int) -> int:
    """The last of `places`, which are in order, before `at`; -1 where there is none."""
    before = bisect_left(places, at)
    return places[before - 1] if before else -1
