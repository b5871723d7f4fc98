"""ESI, the Emergency Severity Index, version 4, by its questions A to D, with danger zone vitals and fever."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from realtime.rooms.triage.tables import table
from realtime.rooms.vitals.conversion import rounded

Age = Literal["0-28d", "1-3m", "3m-3y", "3-8y", "over_8y"]
Resources = Literal["none", "one", "many"]
"""How many different types of resources the patient will need."""

_data: Final[dict[str, Any]] = table("esi.json")
VERSION: Final[str] = _data["version"]


class Answers(NamedTuple):
    """A: `life_saving` intervention now. B: `high_risk`, `confused` (or lethargic, disoriented), `severe_pain`.

    C: `resources`. D is asked of the vital signs, and needs `age`. None where nobody has said.
    """

    life_saving: bool = False
    high_risk: bool = False
    confused: bool = False
    severe_pain: bool = False
    resources: Resources | None = None
    age: Age | None = None
    immunised: bool | None = None


class Level(NamedTuple):
    """The level that the questions lead to, and all that a clinician may settle on where one is to be considered."""

    value: int
    allowed: tuple[int, ...]


class _Lift(NamedTuple):
    """A level that is to be considered, or that `must` be taken at least."""

    level: int
    must: bool


def missing(values: Mapping[str, float], answers: Answers) -> list[str]:
    """What must be answered before there is a level."""
    if _at_once(values, answers) is not None:
        return []
    return [name for name in ("resources", "age") if getattr(answers, name) is None]


def level(values: Mapping[str, float], answers: Answers) -> Level:
    """The level; nothing may be missing. `values` by name, each in its first unit."""
    at_once = _at_once(values, answers)
    if at_once is not None:
        return Level(at_once, (at_once,))
    found: int = _data["resources"][answers.resources]
    lifts = [*_dangers(values, answers), *_fevers(values, answers)]
    lowest = min([found, *(lift.level for lift in lifts)])
    bound = min([found, *(lift.level for lift in lifts if lift.must)])
    return Level(lowest, tuple(sorted({lowest, bound})))


def _at_once(values: Mapping[str, float], answers: Answers) -> int | None:
    """Questions A and B."""
    low = any(values.get(name, limit) < limit for name, limit in _data["life_saving_under"].items())
    if answers.life_saving or low:
        return 1
    pain = answers.severe_pain or values.get("pain", 0) >= _data["severe_pain"]
    return 2 if answers.high_risk or answers.confused or pain else None


def _dangers(values: Mapping[str, float], answers: Answers) -> Iterator[_Lift]:
    """Question D, asked of those who need many resources: consider level 2."""
    danger = _data["danger"]
    fast = any(values.get(name, 0) > limit for name, limit in danger["over"][answers.age].items())
    low = values.get("oxygen_saturation", 100) < danger["oxygen_saturation_under"]
    if answers.resources == "many" and (fast or low):
        yield _Lift(2, must=False)


def _fevers(values: Mapping[str, float], answers: Answers) -> Iterator[_Lift]:
    """Fever lifts a child's level, whatever the resources."""
    temperature = rounded(values.get("temperature", 0), 1)
    for rule in _data["fever"].get(answers.age, ()):
        told = not rule.get("unless_immunised") or answers.immunised is False
        if temperature > rule["over"] and told:
            yield _Lift(rule["level"], must=rule.get("must", False))
