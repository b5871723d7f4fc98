"""The frames of `curbside.v1`: msgspec structs, one set for both encodings. Limits and hostile bytes end here."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, get_args

import msgspec

from realtime.errors import BadFrame, NotAFrame
from realtime.presence.roster import Here
from realtime.rooms.card import Change
from realtime.rooms.commands import AnyCommand, Command, PostKind, Word
from realtime.rooms.events import Case
from realtime.rooms.people import By, Id, Mode, Person, RoomId
from realtime.rooms.refusals import ErrorCode
from realtime.rooms.wordless import wordless

FRAME_BYTES: Final = 65_536
TEXT_CHARS: Final = 8_000
DEPTH: Final = 8
MOST_CONTAINERS: Final = 1_000
EVENTS_BYTES: Final = 32_768
ADVICE: Final = "Peer advice. The treating clinician decides."

Encoding = Literal["msgpack", "json"]
SUBPROTOCOLS: Final[dict[str, Encoding]] = {"curbside.v1.msgpack": "msgpack", "curbside.v1.json": "json"}

LeftCode = Literal["asked", "removed", "observers_off", "withdrawn", "agreement_ended"]

# No further than a JavaScript number is exact; it fits every database's integer.
Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Number = Annotated[int, msgspec.Meta(ge=-(2**53 - 1), le=2**53 - 1)]


class Frame(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="t"):
    """One WebSocket message: a map whose key `t` names its kind."""

    __repr__ = wordless


# Client to server. Commands that make events stand in realtime/rooms/commands.py.


class Join(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="join"):
    """Take a seat in a room, from (`after`, `check`) on where this log has that position."""

    id: Id
    room: RoomId
    as_: Literal["contribute", "follow"] | None = msgspec.field(default=None, name="as")
    after: Seq | None = None
    check: Word | None = None


class StepUp(Frame, frozen=True, kw_only=True, tag="step_up"):
    """From viewer to contributor, on the same connection; nothing is sent again."""

    id: Id
    room: RoomId


class Leave(Frame, frozen=True, kw_only=True, tag="leave"):
    """Give the seat back."""

    id: Id
    room: RoomId


class Watch(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="watch"):
    """Follow the live worklist: `case` frames from now on, of these specialties and languages (all unless named)."""

    id: Id
    specialties: Annotated[list[Word], msgspec.Meta(max_length=50)] = []
    languages: Annotated[list[Word], msgspec.Meta(max_length=50)] = []


class Unwatch(Frame, frozen=True, kw_only=True, tag="unwatch"):
    """End `watch`."""

    id: Id


class Typing(Frame, frozen=True, kw_only=True, tag="typing"):
    """Say that one is typing; renewed at least every 6 s."""

    room: RoomId
    on: bool


class Seen(Frame, frozen=True, kw_only=True, tag="seen"):
    """Say up to where one has read."""

    room: RoomId
    seq: Seq


class Ping(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="ping"):
    """Say that one is there."""

    n: Number | None = None


ClientFrame = Join | StepUp | Leave | Watch | Unwatch | Typing | Seen | Ping | AnyCommand


# Server to client.


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
    """What one connection may send."""

    frame_bytes: int
    text_chars: int
    commands_per_s: int


class Welcome(Frame, frozen=True, kw_only=True, tag="welcome"):
    """Always the first frame."""

    me: Me
    node: str
    time: int
    heartbeat_s: int
    limits: Limits


class MeNow(Frame, frozen=True, kw_only=True, tag="me"):
    """Who one is has changed while connected: the tier, and the role that goes with it. It replaces `welcome`'s."""

    me: Me


class Count(msgspec.Struct, frozen=True):
    """How many open cases ask for this specialty (the first that they name) at this acuity."""

    specialty: str
    acuity: str
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


class Entry(msgspec.Struct, frozen=True):
    """An event as it stands in `events` and `joined`: the `event` frame without `t` and `room`."""

    __repr__ = wordless

    seq: int
    check: str
    id: str
    at: int
    by: By
    kind: str
    body: Any


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
    """An event of a room, as its reader may see it."""

    room: str
    seq: int
    check: str
    id: str
    at: int
    by: By
    kind: str
    body: Any


class Events(Frame, frozen=True, kw_only=True, tag="events"):
    """Several events at once, in order, without holes."""

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
    here: list[Here] = []
    gone: list[str] = []
    viewers: int
    observers: ObserversHere
    seen: dict[str, int] = {}
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
    """A line of the worklist. `waiting`: nobody but the presenter has posted. `here`: contributors present."""

    room: str
    change: Change
    title: str
    acuity: str
    specialties: list[str]
    languages: list[str]
    opened_at: int
    waiting: bool
    here: int


class Health(Frame, frozen=True, kw_only=True, tag="health"):
    """Whether the journal and the backplane can be reached: when that changes, and after `welcome` if one is away."""

    journal: Literal["ok", "away"]
    backplane: Literal["ok", "away"]


class Error(Frame, frozen=True, kw_only=True, omit_defaults=True, tag="error"):
    """A command was refused; nothing has changed."""

    re: str | None = None
    code: ErrorCode
    message: str
    retry_after_ms: int | None = None


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
    | TypingNow
    | Presence
    | Provisional
    | CaseFrame
    | Counts
    | MeNow
    | Health
    | Error
    | Pong
    | Bye
)

KNOWN: Final = frozenset(str(frame.__struct_config__.tag) for frame in get_args(ClientFrame))

_encoders: Final[dict[Encoding, Callable[[Any], bytes]]] = {
    "msgpack": msgspec.msgpack.Encoder().encode,
    "json": msgspec.json.Encoder().encode,
}
_decoders: Final[dict[Encoding, Callable[[bytes], ClientFrame]]] = {
    "msgpack": msgspec.msgpack.Decoder(ClientFrame).decode,
    "json": msgspec.json.Decoder(ClientFrame).decode,
}
_untyped: Final[dict[Encoding, Callable[[bytes], Any]]] = {
    "msgpack": msgspec.msgpack.Decoder().decode,
    "json": msgspec.json.Decoder().decode,
}
_word: Final = re.compile(r"[a-z_]{1,40}")
_quoted_value: Final = re.compile(r"^(Invalid (?:enum )?value) .*(?= - at )", re.DOTALL)
_openers: Final[dict[Encoding, bytes]] = {
    "msgpack": bytes([*range(0x80, 0xA0), 0xDC, 0xDD, 0xDE, 0xDF]),
    "json": b"[{",
}


def encode(frame: Frame | Command, encoding: Encoding) -> bytes:
    """One frame as the payload of one WebSocket message."""
    return _encoders[encoding](frame)


def decode(data: bytes, encoding: Encoding) -> ClientFrame:
    """The frame in `data`. Raises `NotAFrame` or `BadFrame`, never anything else."""
    try:
        frame = _decoders[encoding](data)
        overgrown = _overgrown(data, encoding)
    except Exception as error:  # hostile bytes have more ways to fail than a list of ours would hold
        raise _refused(data, encoding, _unquoted(str(error))) from None
    if overgrown:
        limits = f"nest at most {DEPTH} deep and hold at most {MOST_CONTAINERS:,} lists and maps"
        raise BadFrame(f"Frames {limits}. Send a flatter one.", re=getattr(frame, "id", None))
    return frame


def _refused(data: bytes, encoding: Encoding, why: str) -> Exception:
    try:
        value = _untyped[encoding](data)
    except Exception:
        return NotAFrame("That is no frame: send a map with `t`.")
    if not isinstance(value, dict) or not isinstance(value.get("t"), str):
        return NotAFrame("That is no frame: send a map with `t`.")
    name = value.get("id")
    own_id = name if isinstance(name, str) and 0 < len(name) <= 36 else None
    kind = value["t"]
    if kind in KNOWN:
        return BadFrame(f"That `{kind}` is not valid: {why}.", own_id)
    shown = f"`{kind}`" if _word.fullmatch(kind) else "such frame"
    return BadFrame(f"This server takes no {shown}. See the protocol for what it takes.", own_id, "unknown_kind")


def _unquoted(why: str) -> str:
    """`why` without the value that was not valid: it may be a patient's, and as long as the frame."""
    return _quoted_value.sub(r"\1", why)


def _overgrown(data: bytes, encoding: Encoding) -> bool:
    """Whether a frame nests too deep or holds too many containers.

    Counting the bytes that may open one is enough for nearly every frame; only the rest is taken apart, and no
    further than the limits reach: walking 65,000 empty lists would hold the loop up for longer than a commit.
    """
    if len(data) - len(data.translate(None, _openers[encoding])) <= DEPTH:
        return False
    depth, seen, level = 0, 0, _containers([_untyped[encoding](data)])
    while level:
        depth, seen = depth + 1, seen + len(level)
        if depth > DEPTH or seen > MOST_CONTAINERS:
            return True
        level = [child for node in level for child in _containers(node)]
    return False


def _containers(node: Any) -> list[Any]:
    children = node.values() if isinstance(node, dict) else node
    return [child for child in children if type(child) is list or type(child) is dict]
