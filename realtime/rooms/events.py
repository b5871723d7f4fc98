"""Facts of a room, past tense: their bodies, and the event that carries one at its place in the log."""

from typing import Final

import msgspec

from realtime.rooms.body import Body
from realtime.rooms.case import Case
from realtime.rooms.command import (
    ActState,
    Acuity,
    Evidence,
    FlagReason,
    ObserverMode,
    PageAnswer,
    PostKind,
    Reach,
    Stance,
    Verdict,
    WhyOver,
)
from realtime.rooms.identifiers.gate import Confirmed
from realtime.rooms.interests.interest import Stated
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import By
from realtime.rooms.pictures import Picture
from realtime.rooms.purposes import InstitutionKind, Purpose
from realtime.rooms.vitals.vital import Vital


class RevealedAward(msgspec.Struct, frozen=True, gc=False):
    """An award as all may know it: SHA-256, 64 hex digits, of what it is, with a nonce."""

    commitment: str


class Opened(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The case, and with it the room. Always the first event."""

    case: Case
    not_identifying: list[Confirmed] = []


class Posted(Body, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody said. The event's `id` is the post's. `pictures`: what `images` names, in that order.

    `trial_data`: observers are not shown it. `interests`: of its author, as they were then, at most five.
    """

    text: str
    kind: PostKind
    reply_to: str | None = None
    contradicts: str | None = None
    to: str | None = None
    evidence: list[Evidence]
    images: list[str]
    pictures: list[Picture] = []
    lang: str | None = None
    not_identifying: list[Confirmed] = []
    trial_data: bool = False
    interests: list[Stated] = []


class Amended(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Text or evidence of post `target` are others now. `evidence`: all of it; without it what there was stays.

    `same_text`: the text is what it was, so that what others hold of it stands.
    """

    target: str
    text: str
    evidence: list[Evidence] | None = None
    same_text: bool = False
    not_identifying: list[Confirmed] = []


class Retracted(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The text of post `target` was taken back. Copies sent from then on have its digest instead."""

    target: str
    reason: str
    not_identifying: list[Confirmed] = []


class Withheld(Body, frozen=True, kw_only=True):
    """Post `target` is kept from observers. Their copies from then on have no text of it."""

    target: str
    reason: str


class Corroborated(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The author's stance on post `target`, in place of the one they held. `interests`: theirs, as they were then.

    `weight`: what their word weighs there (docs/credibility.md), 0 to 1, where that was known. `same_house`: they are
    of the same institution as the author of the post, where both are of one.
    """

    target: str
    stance: Stance
    note: str | None = None
    evidence: list[Evidence]
    weight: float | None = None
    same_house: bool | None = None
    not_identifying: list[Confirmed] = []
    interests: list[Stated] = []


class Released(Body, frozen=True, kw_only=True):
    """The author of this event has looked at the pictures of post `target`: observers may see them."""

    target: str
    pictures: list[Picture]


class Pinned(Body, frozen=True, kw_only=True):
    """Post `target` is pinned."""

    target: str


class Unpinned(Body, frozen=True, kw_only=True):
    """Post `target` is pinned no longer."""

    target: str


class Acted(Body, frozen=True, kw_only=True, omit_defaults=True):
    """What became of recommendation `target`, whose text was `version` when it was accepted: 1, and 1 more with each
    amendment.
    """

    target: str
    state: ActState
    version: int
    read_back: str | None = None
    reason: str | None = None
    not_identifying: list[Confirmed] = []


class PollOpened(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The room is asked a question with options. The event's `id` is the poll's."""

    question: str
    options: list[str]
    multiple: bool = False
    not_identifying: list[Confirmed] = []


class PollVoted(Body, frozen=True, kw_only=True):
    """The author's ballot in poll `target`, in place of the one they gave: places of options from 0, in order."""

    target: str
    choices: list[int]


class PollClosed(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Poll `target` takes no more ballots. `voters`: how many voted, `counts`: how many chose each option.

    Observers are told no numbers where fewer than eleven voted.
    """

    target: str
    voters: int | None = None
    counts: list[int] = []


class PollResult(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a poll came to that ended with its room, as `poll_closed` says it."""

    target: str
    voters: int
    counts: list[int]


class HandOverAsked(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A person was asked to take the case over. The presenter's own name: nobody is asked any more."""

    person: str
    note: str | None = None
    not_identifying: list[Confirmed] = []


class HandedOver(Body, frozen=True, kw_only=True):
    """A person is the presenter from now on; who was may still enter."""

    person: str


class Led(Body, frozen=True, kw_only=True):
    """A person keeps the plan beside the presenter. The presenter's own name: nobody does."""

    person: str


class Invited(Body, frozen=True, kw_only=True):
    """A person may enter whatever the reach."""

    person: str


class Removed(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A person may not enter any more."""

    person: str
    reason: str | None = None
    not_identifying: list[Confirmed] = []


class Widened(Body, frozen=True, kw_only=True):
    """More physicians may enter."""

    reach: Reach


class ObserversChanged(Body, frozen=True, kw_only=True, omit_defaults=True):
    """How observers see the room from now on, and which, where not all."""

    mode: ObserverMode
    delay_s: int
    allow_kinds: list[InstitutionKind] | None = None
    allow_purposes: list[Purpose] | None = None


class VitalsAdded(Body, frozen=True, kw_only=True):
    """What was measured at `taken_at`, Unix ms; observers are told when it was said instead."""

    taken_at: int
    values: list[Vital]


class Revised(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Parts of the case are others now."""

    acuity: Acuity | None = None
    specialties: list[str] | None = None
    background: str | None = None
    assessment: str | None = None
    request: str | None = None
    not_identifying: list[Confirmed] = []


class Opined(Body, frozen=True, kw_only=True, omit_defaults=True):
    """What its author thinks it is, the likeliest first or not; the rest up to 1 is something else.

    Given blind: copies for whom may not read it yet have `{withheld: true}` in its place. `weight`: what it weighs in
    the pool (docs/credibility.md), 0.05 to 3; without it 1, for too little is known of its author.
    """

    differential: list[Diagnosis]
    weight: float | None = None
    not_identifying: list[Confirmed] = []


class Revealed(Body, frozen=True, kw_only=True):
    """All may read what each thinks it is, from now on."""


class Warned(Body, frozen=True, kw_only=True):
    """Its author takes post `target`, as its text is now, for a danger, or for something that identifies a patient."""

    target: str
    reason: FlagReason


class Collapsed(Body, frozen=True, kw_only=True):
    """Post `target` is folded away: two warned of it, or a moderator. Who wants to see it opens it."""

    target: str
    reason: FlagReason


class Paged(Body, frozen=True, kw_only=True, omit_defaults=True):
    """A tier of a page rings these `people` until `deadline_at` (Unix ms).

    Tier 0 is somebody's wish for a page, and rings nobody. `specialty`, `person`: who is wanted, where that is said.
    """

    page: str
    tier: int
    specialty: str | None = None
    person: str | None = None
    note: str | None = None
    people: list[str] = []
    deadline_at: int
    not_identifying: list[Confirmed] = []


class Responded(Body, frozen=True, kw_only=True, omit_defaults=True):
    """Whom a page rings, or a hand-over asks, has answered. `read_back`: the situation as they have understood it."""

    page: str
    answer: PageAnswer
    read_back: str | None = None
    reason: str | None = None
    not_identifying: list[Confirmed] = []


class Escalated(Body, frozen=True, kw_only=True):
    """A tier of a page is over and nobody has taken it. The next one, if there is one, is `paged` with this."""

    page: str
    tier: int
    why: WhyOver


class Closed(Body, frozen=True, kw_only=True, omit_defaults=True):
    """The consult is over. Only outcomes and seals follow. `polls`: what those came to that were open."""

    disposition: str
    summary: str
    polls: list[PollResult] = []
    not_identifying: list[Confirmed] = []


class AwardsRevealed(Body, frozen=True, kw_only=True):
    """What observers awarded in this room, in one event, right after `closed`. Where nothing was awarded there is none.

    `awards`: the commitments of the sealed awards, in the order of their ledger. Authors and payers read theirs, with
    amounts and nonces, at `GET /api/cases/{id}/awards`: to anybody else the log tells how many there are.
    """

    awards: list[RevealedAward]


class OutcomeGiven(Body, frozen=True, kw_only=True, omit_defaults=True):
    """How the case turned out, as its presenter knows it by now. The last one counts.

    `advice_used`, `harm`: yes, no, or how in words.
    """

    verdict: Verdict
    diagnosis: str | None = None
    how_known: str | None = None
    advice_used: bool | str | None = None
    state_24h: str | None = None
    state_7d: str | None = None
    harm: bool | str | None = None
    supports: list[str]
    contradicts: list[str]
    not_identifying: list[Confirmed] = []


class Sealed(Body, frozen=True, kw_only=True):
    """The log up to `upto`, from where the seal before it ends, is archived under the Merkle root `root` (hex)."""

    upto: int
    root: str
    key_id: str


BODIES: Final[dict[str, type[Body]]] = {
    "opened": Opened,
    "post": Posted,
    "amended": Amended,
    "retracted": Retracted,
    "withheld": Withheld,
    "corroborated": Corroborated,
    "released": Released,
    "pinned": Pinned,
    "unpinned": Unpinned,
    "acted": Acted,
    "poll_opened": PollOpened,
    "poll_voted": PollVoted,
    "poll_closed": PollClosed,
    "hand_over_asked": HandOverAsked,
    "handed_over": HandedOver,
    "led": Led,
    "invited": Invited,
    "removed": Removed,
    "widened": Widened,
    "observers_changed": ObserversChanged,
    "paged": Paged,
    "responded": Responded,
    "escalated": Escalated,
    "vitals_added": VitalsAdded,
    "revised": Revised,
    "opined": Opined,
    "revealed": Revealed,
    "warned": Warned,
    "collapsed": Collapsed,
    "closed": Closed,
    "awards_revealed": AwardsRevealed,
    "outcome": OutcomeGiven,
    "sealed": Sealed,
}
KINDS: Final[dict[type[Body], str]] = {body: kind for kind, body in BODIES.items()}


class Event(msgspec.Struct, frozen=True, gc=False):
    """A fact at its place: `seq` 1, 2, 3 … without holes, `at` in Unix ms, never going back within a room."""

    seq: int
    id: str
    at: int
    by: By
    body: Body

    @property
    def kind(self) -> str:
        """The wire's name of the body."""
        return KINDS[type(self.body)]


_encoder = msgspec.msgpack.Encoder(order="sorted")
_decoders = {kind: msgspec.msgpack.Decoder(body) for kind, body in BODIES.items()}


def canonical(value: object) -> bytes:
    """The bytes of `value` that are hashed and stored: msgpack, keys sorted."""
    return _encoder.encode(value)


def decoded(kind: str, body: bytes) -> Body:
    """The body that `canonical` wrote. Raises `msgspec.ValidationError` where it is none of this kind."""
    return _decoders[kind].decode(body)
