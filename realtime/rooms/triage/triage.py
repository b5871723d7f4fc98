"""A triage as its clinician claims it and as it is on record: recomputed, and refused where it does not fit."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from realtime.rooms.command import Acuity
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.triage import esi, manchester, news2
from realtime.rooms.triage.tables import SUGGESTIONS

Version = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9 .-]{1,20}$(?!\n)")]


class Triage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="system"):
    """`version`: of the system, as the server knows it; what is claimed there is not kept."""

    version: Version = "unsaid"


class News2(Triage, frozen=True, kw_only=True, omit_defaults=True, tag="NEWS2"):
    """NEWS2 of the case's vital signs. `band` is the server's."""

    value: int
    on_oxygen: bool
    consciousness: news2.Consciousness
    scale: news2.Scale = 1
    pregnant: bool = False
    band: news2.Band | None = None


class Esi(Triage, frozen=True, kw_only=True, omit_defaults=True, tag="ESI"):
    """ESI by its questions. `age` and `immunised` matter to danger zone vitals and fever."""

    value: int
    life_saving: bool = False
    high_risk: bool = False
    confused: bool = False
    severe_pain: bool = False
    resources: esi.Resources | None = None
    age: esi.Age | None = None
    immunised: bool | None = None


class Manchester(Triage, frozen=True, kw_only=True, omit_defaults=True, tag="MTS"):
    """A colour of the Manchester Triage System. `within_min`: by when such a patient is to be seen here."""

    value: manchester.Colour
    within_min: int | None = None


AnyTriage = News2 | Esi | Manchester


def judged(
    claim: AnyTriage,
    values: Mapping[str, float],
    age_band: str | None,
    minutes: manchester.Minutes = manchester.MINUTES,
) -> AnyTriage:
    """The triage as it goes on record. `values`: the vital signs in their first units. Raises `Refused`."""
    match claim:
        case News2():
            return _news2(claim, values, age_band)
        case Esi():
            return _esi(claim, values)
        case Manchester():
            return msgspec.structs.replace(claim, version=manchester.VERSION, within_min=minutes[claim.value])


def suggested(triage: AnyTriage) -> Acuity | None:
    """The acuity that goes with a triage on record, where one does."""
    key = triage.band or "" if isinstance(triage, News2) else str(triage.value)
    acuity: Acuity | None = SUGGESTIONS[_system(triage)].get(key)
    return acuity


def _news2(claim: News2, values: Mapping[str, float], age_band: str | None) -> News2:
    if not news2.applies(age_band, pregnant=claim.pregnant):
        raise Refused(Refusal.NEWS2_NOT_FOR)
    observed = news2.Observed(claim.on_oxygen, claim.consciousness, claim.scale)
    _complete("NEWS2", news2.missing(values, observed))
    score = news2.score(values, observed)
    if score.value != claim.value:
        raise Refused(Refusal.TRIAGE, f"These vital signs give a NEWS2 of {score.value}. Send that, or mend them.")
    return msgspec.structs.replace(claim, version=news2.VERSION, band=score.band)


def _esi(claim: Esi, values: Mapping[str, float]) -> Esi:
    answers = esi.Answers(**{name: getattr(claim, name) for name in esi.Answers._fields})
    _complete("ESI", esi.missing(values, answers))
    level = esi.level(values, answers)
    if claim.value not in level.allowed:
        levels = " or ".join(map(str, level.allowed))
        raise Refused(Refusal.TRIAGE, f"These answers and vital signs give ESI {levels}. Send that, or mend them.")
    return msgspec.structs.replace(claim, version=esi.VERSION)


def _complete(system: str, missing: list[str]) -> None:
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        raise Refused(Refusal.TRIAGE, f"{system} needs {names} as well. Give what is missing, or leave {system} out.")


def _system(triage: AnyTriage) -> str:
    return str(type(triage).__struct_config__.tag)
