"""Opening a case: what a clinician sends, its limits and defaults, and the first event that it makes."""

import hashlib
from base64 import b32encode
from typing import Annotated

import msgspec

from realtime.rooms.asking import resources, templates, wording
from realtime.rooms.asking.resources import Resources
from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.command import Acuity, Delay, Kinds, ObserverMode, Purposes, Reach, Short, Word
from realtime.rooms.events import Opened
from realtime.rooms.identifiers.finding import found
from realtime.rooms.identifiers.gate import Confirmations, Finder, passed
from realtime.rooms.people import Person, RoomId
from realtime.rooms.switching import switch_of
from realtime.rooms.texts import CASE_WRITTEN, texts_in
from realtime.rooms.triage.manchester import MINUTES, Minutes
from realtime.rooms.triage.triage import AnyTriage, judged
from realtime.rooms.vitals import checks as vitals
from realtime.rooms.vitals.checks import check_taken
from realtime.rooms.vitals.vital import Code, Time, VitalSigns, by_name
from realtime.rooms.wordless import wordless

Words = Annotated[list[Word], msgspec.Meta(max_length=20)]


class SwitchRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """Observers' mode with its delay in seconds (60 unless said; only `delayed` has one).

    `allow_kinds`, `allow_purposes`: only institutions of these kinds, with one of these purposes.
    """

    mode: ObserverMode
    delay_s: Delay | None = None
    allow_kinds: Kinds | None = None
    allow_purposes: Purposes | None = None


class OpenCase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A case as its presenter sends it: ISBAR, de-identified. At most 64 KiB of text in all (UTF-8).

    `vitals_at`: when the vital signs were taken, Unix ms; when they came, unless said. `triage`: NEWS2 and ESI are
    worked out again.
    """

    __repr__ = wordless

    title: Short
    acuity: Acuity
    specialties: Words
    languages: Words = []
    age_band: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    sex: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    situation: str
    background: str | None = None
    assessment: str
    request: str
    vitals: VitalSigns = []
    vitals_at: Time | None = None
    triage: AnyTriage | None = None
    resources: Resources = []
    template: Code | None = None
    reach: Reach | None = None
    observers: ObserverMode | SwitchRequest | None = None
    linked_to: RoomId | None = None
    not_identifying: Confirmations = []


def case_id(secret: bytes, person: str, idempotency_key: str) -> str:
    """The id of the case that `person` opens under `idempotency_key`: the same key, the same case. 26 characters.

    Keyed with the deployment's secret: observers know the id, and must not be able to try persons and keys against it.
    """
    key = hashlib.blake2b(secret, digest_size=32, person=b"case id").digest()
    digest = hashlib.blake2b(f"{person}\0{idempotency_key}".encode(), key=key, digest_size=16).digest()
    return b32encode(digest).decode().rstrip("=").lower()


def opened(
    wish: OpenCase,
    presenter: Person,
    room: str,
    now_ms: int,
    find: Finder = found,
    *,
    minutes: Minutes = MINUTES,
) -> Opened:
    """The first event's body. `minutes`: of Manchester's colours, as they are here.

    Raises `Refused` where a needed part is empty or the whole too large, where vital signs cannot be or a triage does
    not fit them; `IdentifiersFound` as for a command.
    """
    wording.check(wish)
    _check_asked(wish, now_ms)
    return Opened(
        not_identifying=passed(texts_in(wish, CASE_WRITTEN), wish.not_identifying, find),
        case=Case(
            id=room,
            title=wish.title,
            acuity=wish.acuity,
            specialties=wish.specialties,
            languages=wish.languages or ["en"],
            age_band=wish.age_band,
            sex=wish.sex,
            situation=wish.situation,
            background=wish.background,
            assessment=wish.assessment,
            request=wish.request,
            vitals=wish.vitals,
            vitals_at=(wish.vitals_at or now_ms) if wish.vitals else None,
            triage=_triage(wish, minutes),
            resources=wish.resources,
            template=wish.template,
            opened_at=now_ms,
            presenter=presenter.id,
            reach=wish.reach or default_reach(wish.acuity, presenter),
            observers=_switch(wish),
            status="open",
            linked_to=wish.linked_to,
            institution=presenter.institution or None,
            network=presenter.network or None,
        ),
    )


def _check_asked(wish: OpenCase, now_ms: int) -> None:
    vitals.check(wish.vitals)
    resources.check(wish.resources)
    if wish.vitals_at is not None:
        check_taken(wish.vitals_at, now_ms)
    if wish.template is not None:
        templates.check(wish.template)


def _triage(wish: OpenCase, minutes: Minutes) -> AnyTriage | None:
    if wish.triage is None:
        return None
    return judged(wish.triage, by_name(wish.vitals), wish.age_band, minutes)


def default_reach(acuity: Acuity, presenter: Person) -> Reach:
    """`stat` asks the world; anything else the presenter's network, where they have one."""
    return "network" if presenter.network and acuity != "stat" else "world"


def _switch(wish: OpenCase) -> ObserverSwitch:
    """`stat` cases are closed to observers until the presenter opens them; others are delayed by a minute."""
    wanted = wish.observers or ("off" if wish.acuity == "stat" else "delayed")
    asked = wanted if isinstance(wanted, SwitchRequest) else SwitchRequest(wanted)
    return switch_of(asked)
