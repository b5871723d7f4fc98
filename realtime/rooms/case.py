"""The case of a room: the clinical problem as it was asked, and how observers see it."""

import msgspec

from realtime.rooms.asking.resources import Resource
from realtime.rooms.command import Acuity, ObserverMode, Reach
from realtime.rooms.purposes import InstitutionKind, Purpose
from realtime.rooms.triage.triage import AnyTriage
from realtime.rooms.vitals.vital import Code, Vital
from realtime.rooms.wordless import wordless


class ObserverSwitch(msgspec.Struct, frozen=True, omit_defaults=True):
    """How observers see the room: `off`, `live`, or `delayed` by `delay_s` seconds.

    `allow_kinds`, `allow_purposes`: which institutions may, where not all.
    """

    mode: ObserverMode
    delay_s: int
    allow_kinds: list[InstitutionKind] | None = None
    allow_purposes: list[Purpose] | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The clinical problem, de-identified, in ISBAR.

    `institution` and `network` bound its reach; observers get neither. `vitals_at`: when they were taken, Unix ms,
    which observers do not get either.
    """

    __repr__ = wordless

    id: str
    title: str
    acuity: Acuity
    specialties: list[str]
    languages: list[str]
    age_band: str | None = None
    sex: str | None = None
    situation: str
    background: str | None = None
    assessment: str
    request: str
    vitals: list[Vital] = []
    vitals_at: int | None = None
    triage: AnyTriage | None = None
    resources: list[Resource] = []
    template: Code | None = None
    opened_at: int
    presenter: str
    reach: Reach
    observers: ObserverSwitch
    status: str
    linked_to: str | None = None
    institution: str | None = None
    network: str | None = None
    shortened: bool = False
