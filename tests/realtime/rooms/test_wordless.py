from typing import Any

import msgspec
import pytest

from realtime.rooms.chain import EMPTY, recorded
from realtime.rooms.command import Evidence
from realtime.rooms.commands import Close, Corroborate, Post
from realtime.rooms.events import Event, Posted
from realtime.rooms.fold import fold
from realtime.wire.server import Entry, EventFrame, Events
from tests.builders import AT, ROOM, Seat, after, ana, ask, opened_room, opening, salts, wish
from tests.samples import BODY_SAMPLES

WORDS = "Juan Perez, bed 12"
CONFIRMED: Any = {"not_identifying": ["Juan Perez", "bed 12"]}
FREE_TEXT = ("text", "note", "reason", "disposition", "summary", "ref", "title", "situation", "lang")


def speaking(body: Any) -> Any:
    """`body` with a patient's words in every field that takes free text."""
    if hasattr(body, "case"):
        return msgspec.structs.replace(body, case=speaking(body.case))
    taken = {name: WORDS for name in FREE_TEXT if isinstance(getattr(body, name, None), str)}
    return msgspec.structs.replace(body, **taken)


POSTED = Posted(text=WORDS, kind="comment", evidence=[Evidence("url", WORDS)], images=[])
EVENT = Event(2, "e2", AT, ana.by, POSTED)


@pytest.mark.parametrize(
    "value",
    [
        ask(Post, text=WORDS, evidence=[Evidence("url", WORDS)]),
        ask(Corroborate, target="e2", stance="agree", note=WORDS),
        ask(Close, disposition=WORDS, summary=WORDS),
        wish(title=WORDS, situation=WORDS, background=WORDS),
        Evidence("url", WORDS),
        opening(title=WORDS, **CONFIRMED),
        EVENT,
        recorded(ROOM, EMPTY, EVENT, salts(2)),
        opened_room(title=WORDS, request=WORDS, **CONFIRMED),
        after(opened_room(), Seat(ana), ask(Post, text=WORDS, **CONFIRMED)),
        after(opened_room(), Seat(ana), ask(Post, text=WORDS, **CONFIRMED)).posts["e2"],
        EventFrame(room=ROOM, seq=2, check="0", id="e2", at=AT, by=ana.by, kind="post", body={"text": WORDS}),
        Events(room=ROOM, events=[{"text": WORDS}]),
        Entry(2, "0", "e2", AT, ana.by, "post", msgspec.Raw(WORDS.encode())),
        *map(speaking, BODY_SAMPLES),
    ],
)
def test_no_repr_shows_what_was_written(value: Any) -> None:
    assert WORDS not in repr(value) + str(value)
    assert type(value).__name__ in repr(value)


def test_names_and_places_are_shown() -> None:
    assert repr(ask(Post, text=WORDS, **CONFIRMED)) == "Post(id='c', room='case1', kind='comment')"
    assert repr(fold(opened_room(), EVENT).posts["e2"]) == "Post(id='e2', seq=2, by='ana', kind='comment')"
