"""What becomes of recommendations: the plan, which at most `MOST_OPEN` head at once."""

from realtime.rooms.commands import Act
from realtime.rooms.deciding.texts import worded
from realtime.rooms.events import Acted
from realtime.rooms.plan import MOST_OPEN, WHEN_RETRACTED, may_follow
from realtime.rooms.readback import restates
from realtime.rooms.refusals import Refusal, Refused
from realtime.rooms.room import Room


def act(room: Room, command: Act) -> Acted:
    """What becomes of a recommendation, as the state of it allows."""
    post, before = room.posts[command.target], room.acts.get(command.target)
    if post.kind != "recommendation":
        raise Refused(Refusal.NO_RECOMMENDATION)
    if post.retracted and (before is None or command.state not in WHEN_RETRACTED):
        raise Refused(Refusal.RETRACTED)
    amended = before is not None and before.version < post.version
    if not may_follow(before.state if before else None, command.state, amended=amended):
        raise Refused(Refusal.NOT_NEXT if before else Refusal.NOT_ON_PLAN)
    if command.state == "accepted" and not (before and before.open) and len(room.open_acts) >= MOST_OPEN:
        raise Refused(Refusal.PLAN_FULL)
    _check_words(room, command)
    return Acted(
        target=command.target,
        state=command.state,
        version=before.version if before and command.state != "accepted" else post.version,
        read_back=worded(command.read_back),
        reason=worded(command.reason),
    )


def _check_words(room: Room, command: Act) -> None:
    if command.state == "cannot" and not (command.reason or "").strip():
        raise Refused(Refusal.CANNOT_WHY)
    if command.state == "accepted" and room.card.case.acuity == "stat" and not restates(command.read_back or ""):
        raise Refused(Refusal.READ_BACK)
