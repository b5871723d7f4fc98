"""The JSON Schema of all frames, read off the structs of `realtime/wire/` and `realtime/rooms/events.py`."""

import re
from typing import Any, Final, get_args

import msgspec

from realtime.rooms.command import ActState, PageAnswer, Verdict
from realtime.rooms.events import BODIES, Amended, Opined, PollVoted, Posted
from realtime.rooms.follow_up import QUESTIONS
from realtime.rooms.paging.page import PageState
from realtime.wire.client import ClientFrame
from realtime.wire.server import Entry, ServerFrame

Schema = dict[str, Any]

DIGEST: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
RETRACTABLE: Final = (Posted, Amended)
BLIND: Final = (Opined, PollVoted)
WITHHELD: Final[Schema] = {
    "title": "WithheldBody",
    "description": "The copy of a body that its reader may not see yet: of one size, whatever the body says.",
    "type": "object",
    "properties": {"withheld": {"const": True}},
    "required": ["withheld"],
}
ENTRIES: Final[Schema] = {"type": "array", "items": {"$ref": "#/$defs/Entry"}}

# What `realtime.rooms.copies.state_copy` gives; it is a map and not a struct, so its shape is stated here.
PINNED: Final[Schema] = {
    "title": "PinnedPost",
    "description": "A pinned post as it is now. `agree`, `disagree`: how many hold that stance on its present text. "
    "`refuted_by`: the event that refutes it, an outcome or a post. "
    "`shortened`: only the beginning of a text that would have filled the frame.",
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "seq": {"type": "integer"},
        "by": {"type": "string"},
        "kind": {"type": "string"},
        "text": {"type": "string"},
        "agree": {"type": "integer"},
        "disagree": {"type": "integer"},
        "refuted_by": {"type": "string"},
        "shortened": {"const": True},
    },
    "required": ["id", "seq", "by", "kind", "text", "agree", "disagree"],
}
READING: Final[Schema] = {
    "type": "array",
    "prefixItems": [{"type": "integer"}, {"type": "number"}, {"type": "string"}],
    "items": False,
}
PAGE_ANSWER: Final[Schema] = {
    "title": "PageAnswered",
    "description": "What one whom a page rang has answered, and when.",
    "type": "object",
    "properties": {
        "person": {"type": "string"},
        "answer": {"enum": sorted(get_args(PageAnswer))},
        "at": {"type": "integer"},
    },
    "required": ["person", "answer", "at"],
}
RING: Final[Schema] = {
    "title": "Ring",
    "description": "A tier that has rung: whom, since when and until when.",
    "type": "object",
    "properties": {
        "tier": {"type": "integer"},
        "at": {"type": "integer"},
        "deadline_at": {"type": "integer"},
        "people": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["tier", "at", "deadline_at", "people"],
}
PAGE: Final[Schema] = {
    "title": "PageNow",
    "description": "A page as it is now. `ringing`: somebody is waited for. `answered`: somebody has taken it. `over`: "
    "all tiers have rung and nobody took it. `replaced`: the case has become more urgent and is paged anew.",
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "at": {"type": "integer"},
        "by": {"type": "string"},
        "specialty": {"type": "string"},
        "person": {"type": "string"},
        "state": {"enum": sorted(get_args(PageState))},
        "rings": {"type": "array", "items": {"$ref": "#/$defs/Ring"}},
        "answers": {"type": "array", "items": {"$ref": "#/$defs/PageAnswered"}},
    },
    "required": ["id", "at", "by", "state", "rings", "answers"],
}
AUTHOR: Final[Schema] = {"author": {"$ref": "#/$defs/By"}}
ACT: Final[Schema] = {
    "title": "ActNow",
    "description": "What became of a recommendation: its `state`, by whom and when. `version`: of the text that was "
    "accepted. `done`: the version that was done last, 0 where none was. `seq`: of the event that first took it up.",
    "type": "object",
    "properties": {
        "state": {"enum": sorted(get_args(ActState))},
        "by": {"$ref": "#/$defs/By"},
        "at": {"type": "integer"},
        "version": {"type": "integer"},
        "done": {"type": "integer"},
        "seq": {"type": "integer"},
        "read_back": {"type": "string"},
        "reason": {"type": "string"},
    },
    "required": ["state", "by", "at", "version", "done", "seq"],
}
PLANNED: Final[Schema] = {
    "title": "PlannedPost",
    "description": "A recommendation on the plan, as a pinned post is told. `version`: of its present text.",
    "type": "object",
    "properties": PINNED["properties"]
    | AUTHOR
    | {
        "version": {"type": "integer"},
        "contradicts": {"type": "string"},
        "retracted": {"const": True},
        "act": {"$ref": "#/$defs/ActNow"},
    },
    "required": [*PINNED["required"], "author", "version", "act"],
}
QUESTION: Final[Schema] = {
    "title": "OpenQuestion",
    "description": "A question that waits for the answer of `to`, as a pinned post is told.",
    "type": "object",
    "properties": PINNED["properties"] | AUTHOR | {"to": {"type": "string"}},
    "required": [*PINNED["required"], "author", "to"],
}
HAND_OVER: Final[Schema] = {
    "title": "HandOverNow",
    "description": "Who was asked by `by` to take the case over and has not answered yet. `id`: the `page` to answer.",
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "person", "by", "note")},
    "required": ["id", "person", "by"],
}
POOLED: Final[Schema] = {
    "title": "PooledDiagnosis",
    "description": "A diagnosis as all together find it likely. `named`: so many named it, and found it `low` to "
    "`high` likely.",
    "type": "object",
    "properties": {
        "dx": {"type": "string"},
        "code": {"type": "string"},
        **{name: {"type": "number"} for name in ("probability", "low", "high")},
        "named": {"type": "integer"},
    },
    "required": ["dx", "probability", "named", "low", "high"],
}
OPINIONS: Final[Schema] = {
    "title": "OpinionsNow",
    "description": "How many have said what they think it is, the first 30 of them, and once all may read it the "
    "likeliest five of what they think together; `of`: so many were pooled. `opened`: the `seq` since which all may.",
    "type": "object",
    "properties": {
        "given": {"type": "integer"},
        "people": {"type": "array", "items": {"type": "string"}},
        "opened": {"type": "integer"},
        "pool": {
            "type": "object",
            "properties": {
                "of": {"type": "integer"},
                "diagnoses": {"type": "array", "items": {"$ref": "#/$defs/PooledDiagnosis"}},
                "something_else": {"type": "number"},
            },
            "required": ["of", "diagnoses", "something_else"],
        },
    },
    "required": ["given", "people"],
}
POLL: Final[Schema] = {
    "title": "PollNow",
    "description": "A poll as it is now. `ballots`, of an open one: who has voted, and the places of the options that "
    "they chose, none where the reader may not see that. `voters`, `counts`, of one that is over: how many voted, and "
    "how many chose each option. `shortened`: only the beginnings of texts that would have filled the frame.",
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "seq": {"type": "integer"},
        "at": {"type": "integer"},
        "by": {"$ref": "#/$defs/By"},
        "question": {"type": "string"},
        "options": {"type": "array", "items": {"type": "string"}},
        "multiple": {"type": "boolean"},
        "open": {"type": "boolean"},
        "ballots": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer"}}},
        "voters": {"type": "integer"},
        "counts": {"type": "array", "items": {"type": "integer"}},
        "shortened": {"const": True},
    },
    "required": ["id", "seq", "at", "by", "question", "options", "multiple", "open"],
}
STATE: Final[Schema] = {
    "title": "State",
    "description": "The folded room without its posts, but for the pinned ones, the plan and open questions. "
    "Observers get no `invited`, `removed`. `pages`: the newest five. `paged_at`, `answered_at`: since when people are "
    "asked for, and somebody else is here. `vitals`: by name the last twelve of each that were told, "
    "`[taken_at, value, unit]`.",
    "type": "object",
    "properties": {
        "status": {"type": "string"},
        "presenter": {"type": "string"},
        "reach": {"type": "string"},
        "observers": {"$ref": "#/$defs/ObserverSwitch"},
        "waiting": {"type": "boolean"},
        "posts": {"type": "integer"},
        "pinned": {"type": "array", "items": {"$ref": "#/$defs/PinnedPost"}},
        "plan": {"type": "array", "items": {"$ref": "#/$defs/PlannedPost"}},
        "questions": {"type": "array", "items": {"$ref": "#/$defs/OpenQuestion"}},
        "polls": {"type": "array", "items": {"$ref": "#/$defs/PollNow"}},
        "lead": {"type": "string"},
        "hand_over": {"$ref": "#/$defs/HandOverNow"},
        "opinions": {"$ref": "#/$defs/OpinionsNow"},
        "sealed_upto": {"type": "integer"},
        "pages": {"type": "array", "items": {"$ref": "#/$defs/PageNow"}},
        "paged_at": {"type": "integer"},
        "answered_at": {"type": "integer"},
        "vitals": {"type": "object", "additionalProperties": {"type": "array", "items": READING}},
        "outcome": {"enum": sorted(get_args(Verdict))},
        "outcome_known": {"type": "array", "items": {"enum": list(QUESTIONS)}},
        "invited": {"type": "array", "items": {"type": "string"}},
        "removed": {"type": "array", "items": {"type": "string"}},
    },
    "required": [
        "status",
        "presenter",
        "reach",
        "observers",
        "waiting",
        "posts",
        "pinned",
        "plan",
        "questions",
        "sealed_upto",
        "vitals",
    ],
}


def schema() -> Schema:
    """The whole schema, JSON Schema 2020-12. `$defs` has one definition for each frame, body and object."""
    (client, server, _, *_), found = msgspec.json.schema_components(
        [ClientFrame, ServerFrame, Entry, *BODIES.values()], ref_template="#/$defs/{name}"
    )
    _always_sent(found)
    found |= {"ClientFrame": _without_discriminator(client), "ServerFrame": _without_discriminator(server)}
    parts = (
        STATE,
        PINNED,
        PLANNED,
        ACT,
        QUESTION,
        HAND_OVER,
        PAGE,
        RING,
        PAGE_ANSWER,
        OPINIONS,
        POOLED,
        POLL,
        WITHHELD,
    )
    found |= {part["title"]: part for part in parts}
    found |= {f"Retracted{body.__name__}": _retracted(found[body.__name__]) for body in RETRACTABLE}
    found |= {f"Withheld{body.__name__}": _withheld(found[body.__name__]) for body in RETRACTABLE}
    for name in ("EventFrame", "Entry"):
        found[name]["properties"]["body"] = {"type": "object"}
        found[name]["allOf"] = [_of_kind(kind, body.__name__) for kind, body in BODIES.items()]
    found["Joined"]["properties"] |= {"state": {"$ref": "#/$defs/State"}, "events": ENTRIES}
    for frame in ("Events", "Disclosed"):
        found[frame]["properties"] |= {"events": ENTRIES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "curbside.v1",
        "description": "One frame, as the map that a WebSocket message holds in either encoding. See protocol.md.",
        "anyOf": [{"$ref": "#/$defs/ClientFrame"}, {"$ref": "#/$defs/ServerFrame"}],
        "$defs": {name: _one_line(found[name]) for name in sorted(found)},
    }


def _always_sent(found: dict[str, Schema]) -> None:
    """A field with a default is needed none the less where the server sends defaults too."""
    for frame in get_args(ServerFrame):
        if not frame.__struct_config__.omit_defaults:
            found[frame.__name__]["required"] = list(found[frame.__name__]["properties"])


def _without_discriminator(union: Schema) -> Schema:
    return {"anyOf": union["anyOf"]}


def _retracted(body: Schema) -> Schema:
    """The copy of a body whose text was taken back."""
    properties = {name: value for name, value in body["properties"].items() if name not in _gone(body)}
    return body | {
        "title": f"Retracted{body['title']}",
        "description": f"The copy of a `{body['title']}` whose text was retracted since: its salted digest instead.",
        "properties": properties | {"retracted": {"const": True}, "digest": DIGEST},
        "required": [name for name in body["required"] if name != "text"] + ["retracted", "digest"],
    }


def _withheld(body: Schema) -> Schema:
    """The copy of a body whose text its reader may not see."""
    properties = {name: value for name, value in body["properties"].items() if name not in _gone(body)}
    return body | {
        "title": f"Withheld{body['title']}",
        "description": f"The copy of a `{body['title']}` whose text its reader may not see.",
        "properties": properties | {"withheld": {"const": True}},
        "required": [name for name in body["required"] if name != "text"] + ["withheld"],
    }


def _gone(body: Schema) -> set[str]:
    """What such a copy lacks: the text, and the evidence where the body may be without."""
    return {"text"} | ({"evidence"} - set(body["required"]))


def _of_kind(kind: str, body: str) -> Schema:
    fitting: Schema = {"$ref": f"#/$defs/{body}"}
    if BODIES[kind] in RETRACTABLE:
        copies = [{"$ref": f"#/$defs/{copy}{body}"} for copy in ("Retracted", "Withheld")]
        fitting = {"anyOf": [fitting, *copies]}
    if BODIES[kind] in BLIND:
        fitting = {"anyOf": [fitting, {"$ref": "#/$defs/WithheldBody"}]}
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"properties": {"body": fitting}},
    }


def _one_line(definition: Schema) -> Schema:
    """`definition` with its docstring's line breaks taken out."""
    said = definition.get("description")
    return definition | {"description": re.sub(r"\s+", " ", said)} if said else definition
