"""Levels of evidence: which there are, by scheme and kind of question. `levels.json` has them, with their words."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec

from realtime.rooms.command import Evidence
from realtime.rooms.refusals import Refusal, Refused

CEBM: Final = "CEBM 2011"
"""The scheme of a level that names none."""

_data: Final[dict[str, Any]] = msgspec.json.decode(files(__package__).joinpath("levels.json").read_bytes())


class Scheme(NamedTuple):
    """Its levels, best first, and those that one's own experience can have."""

    levels: list[str]
    experience: list[str]


SCHEMES: Final[Mapping[str, Scheme]] = {name: Scheme(**levels) for name, levels in _data["schemes"].items()}
QUESTIONS: Final[Mapping[str, Mapping[str, str]]] = _data["questions"]
"""By type of question the levels of CEBM 2011 that it has, with what each is."""

_named: Final = {name.casefold(): name for name in SCHEMES} | {f"o{CEBM}".casefold(): CEBM}


class Level(NamedTuple):
    """What is said of the strength of a piece of evidence, each as it is kept; None where it is not said."""

    level: str | None
    scheme: str | None
    question: str | None


def stated(item: Evidence) -> Level:
    """The level of `item`. Of a scheme that is not known here it stays as it was said. Raises `Refused`."""
    level, scheme, question = _word(item.level), _word(item.scheme), _word(item.question_type)
    if scheme is not None:
        scheme = _named.get(scheme.casefold(), scheme)
    if question is not None:
        question = question.casefold()
        _check_question(question)
    known = SCHEMES.get(scheme or CEBM)
    if level is None or known is None:
        if level is not None and item.type == "experience":
            raise _refused(f"The level of an experience is one of a scheme that is known here: {_listed(SCHEMES)}.")
        return Level(level, scheme, question)
    level = level.casefold()
    _check_level(level, scheme or CEBM, question, known)
    if item.type == "experience" and level not in known.experience:
        raise _refused(f"One's own experience is level {known.experience[0]} at best. Lower its level, or cite more.")
    return Level(level, scheme, question)


def _check_question(question: str) -> None:
    if question not in QUESTIONS:
        raise _refused(f"There is no such `question_type`. Take one of {_listed(QUESTIONS)}.")


def _check_level(level: str, scheme: str, question: str | None, known: Scheme) -> None:
    if level not in known.levels:
        others = [name for name, other in SCHEMES.items() if level in other.levels]
        hint = f"Name its scheme, {others[0]}, in `scheme`" if others else f"Take one of {_listed(known.levels)}"
        raise _refused(f"{scheme} has no such level. {hint}, or leave `level` out.")
    if scheme == CEBM and question is not None and level not in QUESTIONS[question]:
        raise _refused(f"{scheme} has no level {level} for {question}. Take another, or leave `level` out.")


def _word(text: str | None) -> str | None:
    """`text` without space around it; None where there is nothing."""
    return (text or "").strip() or None


def _refused(message: str) -> Refused:
    return Refused(Refusal.EVIDENCE, message)


def _listed(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
