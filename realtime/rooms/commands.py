"""What contributors ask of a room: commands, imperative, each with its author's `id`."""

from typing import Annotated, Literal

import msgspec

from realtime.rooms.command import (
    ActState,
    Acuity,
    Command,
    Delay,
    EvidenceList,
    FlagReason,
    Kinds,
    Note,
    ObserverMode,
    PageAnswer,
    PictureName,
    PollChoices,
    PollOptions,
    PollQuestion,
    PostKind,
    Purposes,
    Reach,
    Short,
    Stance,
    Target,
    Targets,
    Text,
    Verdict,
    Word,
    WordsOrNot,
)
from realtime.rooms.identifiers.gate import Confirmations
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.people import PersonId
from realtime.rooms.vitals.vital import MOST_VITALS, Time, Vital


class Post(Command, frozen=True, kw_only=True, omit_defaults=True, tag="post"):
    """Say something to the room.

    `not_identifying`, here and in other commands: what its author has confirmed to identify nobody, as the words of a
    span or as the span `[from, to, rule]` that `identifiers_found` named. `trial_data`: it has
    data of a trial that is not public, so observers are not shown it.
    """

    text: Text
    kind: PostKind = "comment"
    reply_to: Target | None = None
    contradicts: Target | None = None
    to: PersonId | None = None
    evidence: EvidenceList = []
    images: Annotated[list[PictureName], msgspec.Meta(max_length=4)] = []
    lang: Word | None = None
    not_identifying: Confirmations = []
    trial_data: bool = False


class Amend(Command, frozen=True, kw_only=True, omit_defaults=True, tag="amend"):
    """Put another text, or other evidence, in the place of one's own.

    Corroborations of the earlier text no longer count. `evidence`: what it rests on now; as before unless said.
    """

    target: Target
    text: Text
    evidence: EvidenceList | None = None
    not_identifying: Confirmations = []


class Retract(Command, frozen=True, kw_only=True, omit_defaults=True, tag="retract"):
    """Take a post back: it keeps its place and loses its text."""

    target: Target
    reason: Note
    not_identifying: Confirmations = []


class Withhold(Command, frozen=True, kw_only=True, omit_defaults=True, tag="withhold"):
    """Keep a post from observers from now on: it has data of a trial that is not public."""

    target: Target
    reason: Literal["trial_data"] = "trial_data"


class Corroborate(Command, frozen=True, kw_only=True, omit_defaults=True, tag="corroborate"):
    """Take a stance on another's post as its text is now, or withdraw the one held. The last one counts."""

    target: Target
    stance: Stance
    note: Note | None = None
    evidence: EvidenceList = []
    not_identifying: Confirmations = []


class Release(Command, frozen=True, kw_only=True, omit_defaults=True, tag="release"):
    """Say, having looked at them, that the pictures of a post identify nobody: observers may see them from now on."""

    target: Target


class Pin(Command, frozen=True, kw_only=True, omit_defaults=True, tag="pin"):
    """Keep a post in everybody's sight; at most 20 are."""

    target: Target


class Unpin(Command, frozen=True, kw_only=True, omit_defaults=True, tag="unpin"):
    """End `pin`."""

    target: Target


class Act(Command, frozen=True, kw_only=True, omit_defaults=True, tag="act"):
    """Say what becomes of a recommendation: from `accepted` on it is on the plan, where at most seven are open.

    `accepted` in a `stat` case has a `read_back`, which says what is to be done; `cannot` has a `reason`.
    """

    target: Target
    state: ActState
    read_back: Note | None = None
    reason: Note | None = None
    not_identifying: Confirmations = []


class PollOpen(Command, frozen=True, kw_only=True, omit_defaults=True, tag="poll_open"):
    """Ask the room a question with two to ten options, one of which is to be chosen, or with `multiple` any.

    At most five polls are open. The command's `id` is the poll's.
    """

    question: PollQuestion
    options: PollOptions
    multiple: bool = False
    not_identifying: Confirmations = []


class PollVote(Command, frozen=True, kw_only=True, omit_defaults=True, tag="poll_vote"):
    """Give one's ballot: the places of the options that one chooses, from 0. The last one counts, until the close."""

    target: Target
    choices: PollChoices


class PollClose(Command, frozen=True, kw_only=True, omit_defaults=True, tag="poll_close"):
    """End a poll: its results are everybody's from now on, and it takes no more ballots."""

    target: Target


class HandOver(Command, frozen=True, kw_only=True, omit_defaults=True, tag="hand_over"):
    """Ask a person to take the case over; they are its presenter once they accept. The last one asked counts.

    To name the presenter takes the question back.
    """

    person: PersonId
    note: Note | None = None
    not_identifying: Confirmations = []


class Lead(Command, frozen=True, kw_only=True, omit_defaults=True, tag="lead"):
    """Let a person keep the plan beside the presenter. To name the presenter ends it."""

    person: PersonId
    reason: Note | None = None


class Invite(Command, frozen=True, kw_only=True, omit_defaults=True, tag="invite"):
    """Let a person in, whatever the reach of the case, also after they were removed."""

    person: PersonId
    reason: Note | None = None


class Remove(Command, frozen=True, kw_only=True, omit_defaults=True, tag="remove"):
    """Send a person out and keep them out."""

    person: PersonId
    reason: Note | None = None
    not_identifying: Confirmations = []


class Widen(Command, frozen=True, kw_only=True, omit_defaults=True, tag="widen"):
    """Let more physicians in: team, institution, network, world. Never fewer."""

    reach: Reach


class Observers(Command, frozen=True, kw_only=True, omit_defaults=True, tag="observers"):
    """Set how observers see the room. `delay_s` is for `delayed`; 60 unless said.

    `allow_kinds`, `allow_purposes`: only institutions of these kinds, with one of these purposes; all unless given.
    """

    mode: ObserverMode
    delay_s: Delay | None = None
    allow_kinds: Kinds | None = None
    allow_purposes: Purposes | None = None


class Page(Command, frozen=True, kw_only=True, omit_defaults=True, tag="page"):
    """Ask for more people: of a specialty, or one person; without either, of the case's own specialties once more.

    Whom it rings is found when it rings. The command's `id` is the page's.
    """

    specialty: Word | None = None
    person: PersonId | None = None
    note: Note | None = None
    not_identifying: Confirmations = []


class Respond(Command, frozen=True, kw_only=True, omit_defaults=True, tag="respond"):
    """Answer a page, or a `hand_over`, whose id is the `page` then.

    A `stat` case is accepted by reading back its situation, a case that is handed over always; who declines a page says
    why.
    """

    page: Target
    answer: PageAnswer
    read_back: Note | None = None
    reason: Note | None = None
    not_identifying: Confirmations = []


class Vitals(Command, frozen=True, kw_only=True, omit_defaults=True, tag="vitals"):
    """Say what was measured at `taken_at` (Unix ms; not in the future, at most a week ago). Each name once."""

    taken_at: Time
    values: Annotated[list[Vital], msgspec.Meta(min_length=1, max_length=MOST_VITALS)]


class Revise(Command, frozen=True, kw_only=True, omit_defaults=True, tag="revise"):
    """Say parts of the case anew: what is given takes the place of what was. The log keeps both."""

    acuity: Acuity | None = None
    specialties: Annotated[list[Word], msgspec.Meta(max_length=20)] | None = None
    background: Text | None = None
    assessment: Text | None = None
    request: Text | None = None
    not_identifying: Confirmations = []


class Close(Command, frozen=True, kw_only=True, omit_defaults=True, tag="close"):
    """End the consult. The room is sealed, and takes nothing more but outcomes."""

    disposition: Short
    summary: Text
    not_identifying: Confirmations = []


class Outcome(Command, frozen=True, kw_only=True, omit_defaults=True, tag="outcome"):
    """Say how the case turned out, at any time, also after the close; the last one counts.

    `verdict`: of the working assessment. `supports`, `contradicts`: posts that turned out right, or wrong.
    """

    verdict: Verdict
    diagnosis: Note | None = None
    how_known: Note | None = None
    advice_used: WordsOrNot | None = None
    state_24h: Note | None = None
    state_7d: Note | None = None
    harm: WordsOrNot | None = None
    supports: Targets = []
    contradicts: Targets = []
    not_identifying: Confirmations = []


class Opine(Command, frozen=True, kw_only=True, omit_defaults=True, tag="opine"):
    """Say what one thinks it is, and how likely each is; together at most 1. One reads the others' after that.

    The last one before the reveal counts. After it one still may, and it stands beside the pool as a late one.
    """

    differential: Annotated[list[Diagnosis], msgspec.Meta(min_length=1, max_length=10)]
    not_identifying: Confirmations = []


class Reveal(Command, frozen=True, kw_only=True, omit_defaults=True, tag="reveal"):
    """Let everybody read what each thinks it is. By itself this happens some time after the first has said it."""


class Flag(Command, frozen=True, kw_only=True, omit_defaults=True, tag="flag"):
    """Tell the moderators of a post. A verified contributor's `danger` or `identifying` also warns the room of it."""

    target: Target
    reason: FlagReason
    note: Note | None = None


AnyCommand = (
    Post
    | Amend
    | Retract
    | Withhold
    | Corroborate
    | Release
    | Pin
    | Unpin
    | Act
    | PollOpen
    | PollVote
    | PollClose
    | HandOver
    | Lead
    | Invite
    | Remove
    | Widen
    | Observers
    | Page
    | Respond
    | Vitals
    | Revise
    | Close
    | Outcome
    | Opine
    | Reveal
    | Flag
)
