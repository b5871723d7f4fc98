"""Writes docs/protocol.md, docs/acuity.md and docs/wire.schema.json from the code: `python -m scripts.wire_docs`."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, get_args

from msgspec import inspect

from realtime.rooms.asking.resources import Resource
from realtime.rooms.card import Change, Help
from realtime.rooms.case import Case, ObserverSwitch
from realtime.rooms.command import (
    ActState,
    Acuity,
    Evidence,
    EvidenceType,
    FlagReason,
    ObserverMode,
    PageAnswer,
    PostKind,
    Reach,
    Stance,
    Verdict,
    WhyOver,
)
from realtime.rooms.commands import Flag
from realtime.rooms.events import BODIES, PollResult
from realtime.rooms.opening import OpenCase
from realtime.rooms.opinions.diagnosis import Code as Icd10
from realtime.rooms.opinions.diagnosis import Diagnosis
from realtime.rooms.paging.page import PageState
from realtime.rooms.people import By, Mode
from realtime.rooms.purposes import InstitutionKind, Purpose
from realtime.rooms.refusals import ErrorCode, Refusal
from realtime.rooms.roles import RULES
from realtime.rooms.triage.triage import AnyTriage, Version
from realtime.rooms.vitals.vital import Code, UnitCode, Vital
from realtime.wire.client import (
    Award,
    ClientFrame,
    Join,
    Leave,
    Noticed,
    Ping,
    Seen,
    StepUp,
    Typing,
    Unwatch,
    Watch,
)
from realtime.wire.encoding import DEPTH, MOST_CONTAINERS
from realtime.wire.frame import FRAME_BYTES, POST_BYTES, TEXT_CHARS
from realtime.wire.server import EVENTS_BYTES, Entry, Joined, LeftCode, Limits, Me, ObserversHere, ServerFrame
from scripts.acuity_docs import acuity
from scripts.wire_schema import (
    ACT,
    HAND_OVER,
    OPINIONS,
    PAGE,
    PAGE_ANSWER,
    PINNED,
    PLANNED,
    POLL,
    POOLED,
    QUESTION,
    RING,
    STATE,
    Schema,
    schema,
)

DOCS: Final = Path(__file__).parent.parent / "docs"
TEMPLATE: Final = Path(__file__).parent / "protocol.template.md"

WHO: Final[dict[type, str]] = {
    Join: "all who may enter",
    StepUp: "viewers",
    Leave: "all",
    Watch: "all",
    Unwatch: "all",
    Typing: "contributors",
    Seen: "contributors",
    Noticed: "whom it was for",
    Flag: "all; to the room's eyes physicians and moderators",
    Ping: "all",
    Award: "observers whose institution has a budget",
}
STANDINGS: Final = {
    "contributor": "contributors",
    "physician": "physicians",
    "moderator": "moderators",
    "presenter": "presenter",
    "lead": "lead",
    "author": "author of the post",
    "opener": "who opened the poll",
    "rung": "whom the page rings",
}
ERRORS: Final[dict[ErrorCode, str]] = {
    "bad_frame": "A frame that is not valid; `message` names the field. Bytes that are no frame at all: close 4400.",
    "unknown_kind": "This server takes no frame of that kind.",
    "too_large": "More text than a case takes.",
    "unauthenticated": "Over HTTP: who are you?",
    "second_factor": "Over HTTP: a code of your authenticator app is wanted too, or one has to be set up first.",
    "proof_needed": "Over HTTP: prove again who you are, at `/api/sessions/current/proof`, then send the same again.",
    "forbidden": "You may not do this here.",
    "not_found": "There is no such case, or you may not enter it: the two look the same.",
    "not_joined": "You have no seat in this room.",
    "room_closed": "The consult is over.",
    "conflict": "This `id` stands for another command already.",
    "invalid": "The room cannot take this as it is now.",
    "identifiers_found": "The text could identify the patient: edit the `spans`, or confirm them.",
    "rate_limited": "Too much at once: wait `retry_after_ms`, then send the same `id` again.",
    "unavailable": "It cannot be put on record just now: wait `retry_after_ms`, then send the same `id` again.",
}
CLOSES: Final[dict[int, str]] = {
    1000: "Done.",
    1002: "What came is no WebSocket protocol.",
    1007: "Text that is not UTF-8.",
    1009: f"A message over {FRAME_BYTES:,} bytes.",
    1011: "Our fault. Come back.",
    1012: "Come back, to this or another node: after `bye.retry_after_ms` where a `bye` came.",
    4400: "Not a frame: bytes that are no map with `t`.",
    4401: "The sign-in has expired or was ended. Sign in again.",
    4403: "Access was withdrawn. Do not come back.",
    4408: "Too slow to read. Come back and resume.",
    4429: "Over the rate limit for too long. Come back slower.",
}
# In the order that the code gives them: `inspect` sorts the words of a Literal.
WORDS: Final = {
    frozenset(get_args(words)): get_args(words)
    for words in (
        ActState,
        Acuity,
        Change,
        ErrorCode,
        EvidenceType,
        FlagReason,
        InstitutionKind,
        LeftCode,
        Mode,
        ObserverMode,
        Help,
        PageAnswer,
        PageState,
        PostKind,
        Purpose,
        Reach,
        Stance,
        Verdict,
        WhyOver,
    )
}
PATTERNS: Final = {
    pattern: name
    for kind, name in ((Code, "name"), (UnitCode, "unit"), (Icd10, "ICD-10 code"), (Version, "text ≤ 20"))
    if isinstance(info := inspect.type_info(kind), inspect.StrType) and (pattern := info.pattern)
}
OBJECTS: Final = (
    *(By, OpenCase, Case, Vital, *get_args(AnyTriage), Resource),
    *(ObserverSwitch, ObserversHere, Evidence, PollResult, Diagnosis, Me, Limits, Entry),
)


def main() -> None:
    """Write the files."""
    for name, text in files().items():
        (DOCS / name).write_text(text)


def files() -> dict[str, str]:
    """What stands in each file."""
    return {
        "wire.schema.json": json.dumps(schema(), indent=1) + "\n",
        "protocol.md": protocol(),
        "acuity.md": acuity(),
    }


def protocol() -> str:
    """The reference: the template with its tables filled in."""
    tables = {
        "client": table(("t", "fields", "who", ""), map(client_row, get_args(ClientFrame))),
        "server": table(("t", "fields", ""), map(server_row, get_args(ServerFrame))),
        "events": table(("kind", "body", ""), (event_row(kind, body) for kind, body in BODIES.items())),
        "objects": table(("object", "fields", ""), object_rows()),
        "errors": table(("code", "means", "said when"), map(error_row, get_args(ErrorCode))),
        "closes": table(("code", "means"), ((str(code), said) for code, said in CLOSES.items())),
        "frame_bytes": f"{FRAME_BYTES // 1024} KiB",
        "post_bytes": f"{POST_BYTES // 1024} KiB",
        "events_bytes": f"{EVENTS_BYTES // 1024} KiB",
        "text_chars": f"{TEXT_CHARS:,}",
        "depth": str(DEPTH),
        "containers": f"{MOST_CONTAINERS:,}",
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: tables[found[1]], TEMPLATE.read_text())


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def client_row(frame: type) -> tuple[str, ...]:
    """One frame that clients send."""
    return code(tag(frame)), fields(frame), who(frame), said(frame)


def server_row(frame: type) -> tuple[str, ...]:
    """One frame that the server sends."""
    shown = fields(
        frame, {"state": "State", "events": "list of Entry"} if frame is Joined else {"events": "list of Entry"}
    )
    return code(tag(frame)), shown, said(frame)


def event_row(kind: str, body: type) -> tuple[str, ...]:
    """One kind of event."""
    return code(kind), fields(body), said(body)


def object_rows() -> Iterable[tuple[str, ...]]:
    """What stands inside frames."""
    here = inspect.type_info(Joined)
    assert isinstance(here, inspect.StructType)
    roster = next(field.type for field in here.fields if field.name == "roster")
    assert isinstance(roster, inspect.ListType)
    assert isinstance(roster.item_type, inspect.StructType)
    for kind in (*OBJECTS, roster.item_type.cls):
        yield kind.__name__, fields(kind), said(kind)
    for described in (
        STATE,
        PINNED,
        PLANNED,
        ACT,
        QUESTION,
        HAND_OVER,
        OPINIONS,
        POOLED,
        POLL,
        PAGE,
        RING,
        PAGE_ANSWER,
    ):
        yield described["title"], described_fields(described), described["description"]


def error_row(error: ErrorCode) -> tuple[str, ...]:
    """One error code, with the sentences that may come with it."""
    sentences = [refusal.message for refusal in Refusal if refusal.code == error]
    return code(error), ERRORS[error], " · ".join(sentences)


def who(frame: type) -> str:
    """Who may send a frame: by the table of rules where it is a command."""
    if frame in WHO:
        return WHO[frame]
    rule = RULES[frame]
    return ", ".join(word for standing, word in STANDINGS.items() if standing in rule.any_of)


def fields(struct: type, instead: dict[str, str] | None = None) -> str:
    """The fields of a struct with their types; what may be absent has a question mark."""
    info = inspect.type_info(struct)
    assert isinstance(info, inspect.StructType)
    always = not struct.__struct_config__.omit_defaults and struct in get_args(ServerFrame)  # type: ignore[attr-defined]
    shown = [f"`{info.tag_field}` {info.tag}"] if struct in get_args(AnyTriage) else []
    for field in info.fields:
        mark = "" if field.required or always else "?"
        named = (instead or {}).get(field.name) or type_name(field.type)
        shown.append(f"`{field.encode_name}{mark}` {named}".rstrip())
    return ", ".join(shown)


def described_fields(described: Schema) -> str:
    """The fields of an object that is a schema here."""
    names = (name if name in described["required"] else f"{name}?" for name in described["properties"])
    return ", ".join(map(code, names))


def type_name(kind: inspect.Type) -> str:
    """A type in a few words: what the schema says at length."""
    match kind:
        case inspect.StrType(max_length=int(most)):
            return f"text ≤ {most:,}"
        case inspect.StrType(pattern=str(pattern)):
            return PATTERNS.get(pattern) or ("id" if "36" in pattern else "event id")
        case inspect.LiteralType(values=values):
            return " | ".join(map(str, WORDS.get(frozenset(values), values)))
        case inspect.IntType():
            return "integer"
        case inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "true | false"
        case inspect.ListType(item_type=item, max_length=most):
            return f"list of {type_name(item) or 'texts'}" + (f", at most {most}" if most else "")
        case inspect.DictType(key_type=key, value_type=value):
            return f"map of {type_name(key) or 'texts'} to {type_name(value)}"
        case inspect.StructType(cls=cls):
            return cls.__name__
        case inspect.UnionType(types=types):
            return " | ".join(name for one in types if (name := type_name(one)))
    return ""


def tag(frame: type) -> str:
    """A frame's `t`."""
    config: Any = frame.__struct_config__  # type: ignore[attr-defined]
    return str(config.tag)


def said(struct: type) -> str:
    """A docstring on one line."""
    return re.sub(r"\s+", " ", struct.__doc__ or "").strip()


def code(text: str) -> str:
    """`text` as code."""
    return f"`{text}`"


if __name__ == "__main__":
    main()
