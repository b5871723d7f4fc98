"""NEWS2, the National Early Warning Score (Royal College of Physicians, 2017).

For adults in hospital. It is not for people under 16 nor in pregnancy, and unproven where somebody is asked from afar
(CEBM): what it gives is shown, and triggers nothing by itself.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple

from realtime.rooms.triage.ages import under
from realtime.rooms.triage.tables import step, table
from realtime.rooms.vitals.conversion import rounded

Consciousness = Literal["A", "C", "V", "P", "U"]
"""Alert, new confusion, to voice, to pain, unresponsive."""
Band = Literal["zero", "low", "single_3", "urgent", "emergency"]
"""`single_3`: one parameter alone gives 3, which is treated like `urgent`."""
Scale = Literal[1, 2]
"""Of oxygen saturation; 2 only in hypercapnic failure, where 88 to 92 % is aimed at."""

_data: Final[dict[str, Any]] = table("news2.json")
VERSION: Final[str] = _data["version"]
MEASURED: Final = ("respiratory_rate", "oxygen_saturation", "systolic", "heart_rate", "temperature")
NEEDED: Final = (*MEASURED, "on_oxygen", "consciousness")
"""All of these, or there is no score."""


class Observed(NamedTuple):
    """What stands beside the vital signs; None where nobody has said."""

    on_oxygen: bool | None = None
    consciousness: Consciousness | None = None
    scale: Scale = 1


class Score(NamedTuple):
    """The sum, its band, and the points of each parameter."""

    value: int
    band: Band
    points: Mapping[str, int]


def missing(values: Mapping[str, float], observed: Observed) -> list[str]:
    """What the score still needs, in the order of the chart. `values` by name, each in its first unit."""
    given = {**values, **{name: said for name, said in observed._asdict().items() if said is not None}}
    return [name for name in NEEDED if name not in given]


def applies(age_band: str | None, *, pregnant: bool) -> bool:
    """Whether the score is meant for such a patient, as far as that is known."""
    return not pregnant and not under(age_band, _data["not_under_years"])


def score(values: Mapping[str, float], observed: Observed) -> Score:
    """The score; nothing may be missing."""
    points = {name: _points(name, values[name], observed) for name in MEASURED}
    points["on_oxygen"] = _data["points"]["oxygen"] if observed.on_oxygen else 0
    points["consciousness"] = _data["points"]["consciousness"][observed.consciousness]
    value = sum(points.values())
    return Score(value, _band(value, max(points.values())), points)


def _points(name: str, value: float, observed: Observed) -> int:
    steps = _data["points"][name]
    if name == "oxygen_saturation":
        steps = steps[f"{observed.scale} {'oxygen' if observed.on_oxygen else 'air'}"]
    points: int = step(steps, rounded(value, 1 if name == "temperature" else 0))
    return points


def _band(value: int, most: int) -> Band:
    single = _data["single"]
    band: Band = (
        single["band"] if most >= single["points"] and value <= single["up_to"] else step(_data["bands"], value)
    )
    return band
