"""When what people think it is is shown to all without anybody's doing. Pure, on a time that is an argument."""

from realtime.rooms.acuity import Behaviours
from realtime.rooms.body import Body
from realtime.rooms.events import Revealed
from realtime.rooms.paging.ids import named
from realtime.rooms.room import Room


def reveal_at(room: Room, behaviours: Behaviours) -> int | None:
    """When that is, Unix ms: so long after the first has said it. None while nobody has, or only the presenter does."""
    since, after_s = room.card.opined_at, behaviours[room.card.case.acuity].reveal_after_s
    return since + 1_000 * after_s if since is not None and after_s and room.card.open else None


def revealed(room: Room, behaviours: Behaviours, now_ms: int) -> list[tuple[str, Body]]:
    """What the server says of that in `room` now, under its id."""
    at = reveal_at(room, behaviours)
    return [(named("revealed", room.card.case.id), Revealed())] if at is not None and at <= now_ms else []
