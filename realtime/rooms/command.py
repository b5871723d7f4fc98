"""A command: a wish for one room, and the fields that commands share with their bounds."""

from typing import Annotated, Literal

import msgspec

from realtime.rooms.people import Id, RoomId
from realtime.rooms.purposes import InstitutionKind, Purpose
from realtime.rooms.wordless import wordless

Text = Annotated[str, msgspec.Meta(max_length=8_000)]
Note = Annotated[str, msgspec.Meta(max_length=2_000)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Word = Annotated[str, msgspec.Meta(max_length=64)]
Target = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$(?!\n)")]
PictureName = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$(?!\n)")]

PostKind = Literal["comment", "question", "finding", "recommendation"]
Stance = Literal["agree", "disagree", "withdraw"]
ObserverMode = Literal["off", "delayed", "live"]
Reach = Literal["team", "institution", "network", "world"]
Acuity = Literal["stat", "asap", "urgent", "routine"]
EvidenceType = Literal["pmid", "pmcid", "doi", "nct", "url", "guideline", "experience"]
Kinds = Annotated[list[InstitutionKind], msgspec.Meta(max_length=5)]
Purposes = Annotated[list[Purpose], msgspec.Meta(max_length=7)]
Delay = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
FlagReason = Literal["danger", "identifying", "adverse_event", "spam"]
PageAnswer = Literal["accept", "decline"]
WhyOver = Literal["lapsed", "declined", "nobody"]
"""Why a tier of a page is over: nobody answered in time, all declined, or there was nobody to ring."""
Verdict = Literal["confirmed", "refuted", "unknown"]
ActState = Literal["accepted", "doing", "done", "cannot", "stopped"]
WordsOrNot = bool | Note
"""Yes, no, or how in words."""
Targets = Annotated[list[Target], msgspec.Meta(max_length=50)]
PollQuestion = Annotated[str, msgspec.Meta(max_length=300)]
PollOptions = Annotated[list[Annotated[str, msgspec.Meta(max_length=120)]], msgspec.Meta(min_length=2, max_length=10)]
PollChoices = Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=9)]], msgspec.Meta(min_length=1, max_length=10)]
"""Places in the options of a poll, from 0."""


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a claim rests on. `level` is one of `scheme` (CEBM 2011 unless named) for its `question_type`."""

    __repr__ = wordless

    type: EvidenceType
    ref: Annotated[str, msgspec.Meta(max_length=500)]
    level: Word | None = None
    scheme: Word | None = None
    question_type: Word | None = None


EvidenceList = Annotated[list[Evidence], msgspec.Meta(max_length=20)]


class Command(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="t"):
    """A wish of one contributor for one room. `id` is the author's own name for it: the idempotency key."""

    __repr__ = wordless

    id: Id
    room: RoomId
