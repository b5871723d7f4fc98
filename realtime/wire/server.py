"""The frames that the server sends."""

from typing import Any, Final, Literal

import msgspec

from realtime.presence.roster import Here
from realtime.rooms.card import Change, Help
from realtime.rooms.case import Case
from realtime.rooms.command import Acuity, PostKind
from realtime.rooms.identifiers.gate import Place
from realtime.rooms.notices import NoticeEnd, NoticeKind
from realtime.rooms.people import By, Mode, Person
from realtime.rooms.refusals import ErrorCode
from realtime.rooms.wordless import wordless
from realtime.wire.frame import Frame

EVENTS_BYTES: Final = 32_768
ADVICE: Final = "Peer advice. The treating clinician decides."

LeftCode = Literal["asked", "removed", "observers_off", "withdrawn", "agreement_ended"]


class Me(msgspec.Struct, frozen=True):
    """Who the server takes this connection for."""

    person: str
    handle: str
    role: str
    specialty: str
    tier: int


def me(person: Person) -> Me:
    """What `person` is told of themselves."""
    return Me(person.id, person.handle, person.role, person.specialty, person.tier)


class Limits(msgspec.Struct, frozen=True):
    """What one may send: a frame, a text, and to one room, over all connections, a second on average."""

    frame_bytes: int
    text_chars: int
    commands_per_s: int


class Welcome(Frame, frozen=True, kw_only=True, tag="welcome"):
    """Always the first frame. `connection`: with what the frames of an event stream are posted; a secret."""

    me: Me
    node: str
    time: int
    heartbeat_s: int
    limits: Limits
    connection: str | None = None


class MeNow(Frame, frozen=True, kw_only=True, tag="me"):
    """Who one is has changed while connected: the tier, and the role that goes with it. It replaces `welcome`'s."""

    me: Me


class Count(msgspec.Struct, frozen=True):
    """How many open cases ask for this specialty (the first that they name) at this acuity."""

    specialty: str
    acuity: Acuity
    cases: int


class Counts(Frame, frozen=True, kw_only=True, tag="counts"):
    """All open cases as counts, to watchers below T2: of most cases they are told nothing else."""

    counts: list[Count]


class ObserversHere(msgspec.Struct, frozen=True):
    """How observers see this room, and how many of which kind of institution do."""

    mode: str
    delay_s: int
    total: int
    kinds: dict[str, int]


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event as it stands in `events` and `joined`: the `event` frame without `t` and `room`."""

    __repr__ = wordless

    seq: int
    check: str
    id: str
    at: int
    by: By
    kind: str
    body: Any
    target: str | None = None


class Joined(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="joined"):
    """A seat was taken. `resumed`: what follows continues the client's log; else `state` and `events` replace it."""

    re: str
    room: str
    seq: int
    check: str
    role: str
    as_: Mode = msgspec.field(name="as")
    case: Case
    roster: list[Here]
    viewers: int
    observers: ObserversHere
    resumed: bool
    advice: str
    state: dict[str, Any] | None = None
    events: list[Any]


class CaughtUp(Frame, frozen=True, kw_only=True, tag="caught_up"):
    """All that this room had when the seat was taken has been sent; what follows is live."""

    room: str
    seq: int


class Left(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="left"):
    """The seat is gone."""

    re: str | None = None
    room: str
    code: LeftCode


class Ack(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="ack"):
    """Committed to disk, at `seq` of the room. Of what makes no event (`watch`, `step_up`): done."""

    re: str
    room: str | None = None
    seq: int | None = None
    at: int | None = None
    duplicate: bool = False


class EventFrame(Frame, frozen=True, kw_only=True, tag="event"):
    """An event of a room, as its reader may see it. `target`: of which poll a ballot is whose `body` is withheld."""

    room: str
    seq: int
    check: str
    id: str
    at: int
    by: By
    kind: str
    body: Any
    target: str | None = None


class Events(Frame, frozen=True, kw_only=True, tag="events"):
    """Several events at once, in order, without holes."""

    room: str
    events: list[Any]


class Disclosed(Frame, frozen=True, kw_only=True, tag="disclosed"):
    """Events whose bodies were `{withheld: true}` when they came, with what they say: this reader may know it now.

    After one's own answer, when all may read them, and after `joined`; some may come twice, or be older than `joined`
    reaches.
    """

    room: str
    events: list[Any]


class Ahead(Frame, frozen=True, kw_only=True, tag="ahead"):
    """Events that a brief seat is told at once, with the posts that they are of; their places are in `events` frames.

    Like a signal it may be dropped: each comes in order on the seat beside which this one stands.
    """

    room: str
    events: list[Any]


class TypingNow(Frame, frozen=True, kw_only=True, tag="typing"):
    """Someone began or ended typing. To contributors only."""

    room: str
    who: str
    on: bool


class Presence(Frame, frozen=True, kw_only=True, omit_defaults=False, tag="presence"):
    """Who came and went since the last one; viewers and observers get the counts only. `as_of` is Unix ms."""

    room: str
    here: list[Here] = msgspec.field(default_factory=list)
    gone: list[str] = msgspec.field(default_factory=list)
    viewers: int
    observers: ObserversHere
    seen: dict[str, int] = msgspec.field(default_factory=dict)
    as_of: int


class Provisional(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="provisional"):
    """What somebody says while nothing can be put on record: this is not, and may never be. To contributors only.

    It is renewed while its author tries, and the event with the same `id` takes its place. `gone`: it was refused or
    taken back, and has no text any more. After 60 s without renewal take it for never recorded.
    """

    room: str
    id: str
    by: By
    kind: PostKind
    text: str
    gone: bool = False


class CaseFrame(Frame, frozen=True, kw_only=True, tag="case"):
    """A line of the worklist. `waiting`: nobody but the presenter has posted. `here`: contributors present.

    `help`: whether the case has somebody, people are being asked for, or it has nobody; since `help_at`.
    """

    room: str
    change: Change
    title: str
    acuity: str
    specialties: list[str]
    languages: list[str]
    opened_at: int
    waiting: bool
    here: int
    help: Help
    help_at: int


class NoticeFrame(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="notice"):
    """For one person, on all their connections, until one of them answers `noticed`. No clinical content.

    `ended`: it need not be looked at any more. Then it comes once more with why, to be taken away.
    """

    notice: str
    kind: NoticeKind
    text: str
    at: int
    room: str | None = None
    page: str | None = None
    acuity: str | None = None
    deadline_at: int | None = None
    ended: NoticeEnd | None = None


class NoticeSeen(Frame, frozen=True, kw_only=True, tag="notice_seen"):
    """Somebody has looked at this notice of theirs, on whichever device: the others need not ring any longer."""

    notice: str


class Health(Frame, frozen=True, kw_only=True, tag="health"):
    """Whether the journal and the backplane can be reached: when that changes, and after `welcome` if one is away."""

    journal: Literal["ok", "away"]
    backplane: Literal["ok", "away"]


class Error(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="error"):
    """A command was refused; nothing has changed.

    `spans` (code points) with `identifiers_found`: what to edit or confirm in `field` of the command, `text` unless
    named.
    """

    re: str | None = None
    code: ErrorCode
    message: str
    retry_after_ms: int | None = None
    spans: tuple[Place, ...] = ()
    field: str | None = None


class Pong(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="pong"):
    """The answer to `ping`."""

    n: int | None = None
    time: int


class Bye(Frame, frozen=True, kw_only=True, tag="bye"):
    """This node is going: come back after `retry_after_ms`, drawn at random for each connection."""

    code: int
    retry_after_ms: int


ServerFrame = (
    Welcome
    | Joined
    | CaughtUp
    | Left
    | Ack
    | EventFrame
    | Events
    | Disclosed
    | Ahead
    | TypingNow
    | Presence
    | Provisional
    | CaseFrame
    | Counts
    | MeNow
    | NoticeFrame
    | NoticeSeen
    | Health
    | Error
    | Pong
    | Bye
)
