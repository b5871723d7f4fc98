"""What events do to the plan."""

import msgspec

from realtime.rooms.events import Acted, Event
from realtime.rooms.plan import Act
from realtime.rooms.room import Room


def acted(room: Room, event: Event, body: Acted) -> Room:
    """A recommendation is on the plan in another state."""
    before = room.acts.get(body.target)
    act = Act(
        target=body.target,
        seq=before.seq if before else event.seq,
        state=body.state,
        by=event.by,
        at=event.at,
        version=body.version,
        done=_done(before, body),
        read_back=body.read_back if body.state == "accepted" or before is None else before.read_back,
        reason=body.reason,
    )
    return msgspec.structs.replace(room, acts=room.acts.set(act.target, act))


def _done(before: Act | None, body: Acted) -> int:
    if body.state == "done":
        return body.version
    if before is None or (before.state == "done" and body.state == "doing"):
        return 0
    return before.done
