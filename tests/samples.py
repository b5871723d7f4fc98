"""One of everything: bodies of each kind of event and frames of each kind, with all fields and with the needed ones."""

from typing import Final

from realtime.presence.roster import Here
from realtime.rooms.commands import Evidence
from realtime.rooms.events import (
    Amended,
    Body,
    Closed,
    Corroborated,
    Invited,
    ObserversChanged,
    Pinned,
    Posted,
    Removed,
    Retracted,
    Sealed,
    Unpinned,
    Widened,
)
from realtime.rooms.people import By
from realtime.wire import (
    ADVICE,
    FRAME_BYTES,
    TEXT_CHARS,
    Ack,
    Bye,
    CaseFrame,
    CaughtUp,
    Entry,
    Error,
    EventFrame,
    Events,
    Health,
    Joined,
    Left,
    Limits,
    Me,
    ObserversHere,
    Pong,
    Presence,
    ServerFrame,
    TypingNow,
    Welcome,
)
from tests.builders import AT, ROOM, ana, ben, opening

TRIAL: Final = Evidence("pmid", "38147337", level="2", scheme="CEBM 2011", question_type="treatment")

BODY_SAMPLES: Final[list[Body]] = [
    opening().body,
    opening(background="Two vials here.", age_band="30-39", sex="f", languages=["es"], linked_to="case0").body,
    Posted(text="Noted. \U0001f9ec", kind="comment", evidence=[], images=[]),
    Posted(
        text="Give antivenom now.",
        kind="recommendation",
        reply_to="e2",
        contradicts="e3",
        to="ben",
        evidence=[TRIAL, Evidence("experience", "40 bites")],
        images=["scan"],
        lang="en",
    ),
    Amended(target="e2", text="Give half a vial."),
    Retracted(target="e2", reason="Wrong dose."),
    Corroborated(target="e2", stance="agree", evidence=[]),
    Corroborated(target="e2", stance="disagree", note="Not in children.", evidence=[TRIAL]),
    Pinned(target="e2"),
    Unpinned(target="e2"),
    Invited(person="ben"),
    Removed(person="ben"),
    Removed(person="ben", reason="Not his case."),
    Widened(reach="world"),
    ObserversChanged(mode="delayed", delay_s=60),
    Closed(disposition="Transferred", summary="One vial, ECG normal."),
    Sealed(upto=12, root="ab" * 32, key_id="k1"),
]

CHECK: Final = "00112233aabbccdd"
CASE: Final = opening(background="Two vials here.", age_band="30-39", sex="f").body.case  # type: ignore[attr-defined]
POSTED: Final = BODY_SAMPLES[3]
ENTRY: Final = Entry(2, CHECK, "e2", AT, ana.by, "post", POSTED)
OBSERVERS: Final = ObserversHere("live", 0, 3, {"pharma": 2, "research": 1})
HERE: Final = [Here(person="ana", since=AT, handle="dr_ana", role="physician", specialty="cardiology", tier=3)]
STATE: Final = {"status": "open", "presenter": "cleo", "pinned": [], "posts": 1}

SERVER_FRAMES: Final[list[ServerFrame]] = [
    Welcome(
        me=Me("ana", "dr_ana", "physician", "cardiology", 3),
        node="n1",
        time=AT,
        heartbeat_s=6,
        limits=Limits(FRAME_BYTES, TEXT_CHARS, 20),
    ),
    Joined(
        re="j1",
        room=ROOM,
        seq=2,
        check=CHECK,
        role="physician",
        as_="contribute",
        case=CASE,
        roster=HERE,
        viewers=4,
        observers=OBSERVERS,
        resumed=False,
        advice=ADVICE,
        state=STATE,
        events=[ENTRY],
    ),
    Joined(
        re="j2",
        room=ROOM,
        seq=2,
        check=CHECK,
        role="observer",
        as_="observe",
        case=CASE,
        roster=[],
        viewers=0,
        observers=OBSERVERS,
        resumed=True,
        advice=ADVICE,
        events=[],
    ),
    CaughtUp(room=ROOM, seq=2),
    Left(re="l1", room=ROOM, code="asked"),
    Left(room=ROOM, code="removed"),
    Ack(re="c1"),
    Ack(re="c1", room=ROOM, seq=2, at=AT, duplicate=True),
    EventFrame(room=ROOM, seq=2, check=CHECK, id="e2", at=AT, by=ana.by, kind="post", body=POSTED),
    EventFrame(room=ROOM, seq=3, check=CHECK, id="s3", at=AT, by=By("system"), kind="sealed", body=BODY_SAMPLES[-1]),
    Events(room=ROOM, events=[ENTRY]),
    TypingNow(room=ROOM, who="ana", on=True),
    Presence(room=ROOM, viewers=1, observers=OBSERVERS, as_of=AT),
    Presence(room=ROOM, here=HERE, gone=["ben"], viewers=0, observers=OBSERVERS, seen={ben.id: 2}, as_of=AT),
    CaseFrame(
        room=ROOM,
        change="opened",
        title="Chest pain after a bite",
        acuity="stat",
        specialties=["cardiology"],
        languages=["es"],
        opened_at=AT,
        waiting=True,
        here=1,
    ),
    Health(journal="ok", backplane="away"),
    Error(code="bad_frame", message="That is no frame."),
    Error(re="c1", code="rate_limited", message="Slower.", retry_after_ms=500),
    Pong(time=AT),
    Pong(n=-1, time=AT),
    Bye(code=1012, retry_after_ms=700),
]
